"""Everybody who may ask for something, each signed in once, and the reports that they ask for."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from voting.models import Vote

from accounts.models import RoleAssignment
from discussion import services as discussion
from discussion.models import Case, Flag, Following, Mute, Revision, State, ThreadComment
from discussion.services import Draft
from ledger.models import Entry
from notices.links import Subscription, unsubscribe_url
from notices.models import Event, Notice, Preference, PushDevice
from oversight.models import Closure, LedgerCheck
from photos.models import Photo
from reports import services
from reports.models import Contact, Follow, Note, Report, ReportPhoto, ReportStep, Reveal
from reports.queries import maps
from residents.models import Verification
from tests.factories import accounts
from tests.factories.photos import PhotoFactory, scene
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import a_person, category, region

BACKEND = "django.contrib.auth.backends.ModelBackend"
# Django's own, whose pages are Wagtail's to test; what is ours in there has a table of its own.
STAFF = "staf/"
OFFICE_OF_SLIPI = "Petugas Taman"


@dataclass(frozen=True)
class World:
    """Five reports by the name of whose they are, and a photo of each."""

    reporter: Any
    reports: dict[str, Report]
    photos: dict[str, Photo]


def a_world() -> World:
    """Reports with titles that nobody else uses, so that a leak is seen."""
    reporter, other = a_person("Ibu Sari"), a_person("Pak Lain")
    far = region("31.75.06.1001")
    reports = {
        "public": AReport(reporter=other, title="Judul umum"),
        "hidden": AReport(email="tamu@contoh.id", phone="081298765432", title="Judul tersembunyi"),
        "secret": AReport(reporter=other, category=category("pungli"), title="Judul rahasia"),
        "own": AReport(reporter=reporter, title="Judul sendiri"),
        "elsewhere": AReport(reporter=other, region=far, lat=None, lng=None, title="Judul jauh"),
    }
    photos = {}
    for whose, report in reports.items():
        photos[whose] = PhotoFactory(image=scene(1, 64, 48), public=report.public, attached=True)
        ReportPhoto.objects.create(report=report, photo=photos[whose], use="before")
    step = reports["own"].steps.get(name="file")
    event = Event.objects.create(kind="report_own", ref=str(step.pk), subject_type="report", subject_key="x")
    Notice.objects.create(event=event, user=reporter)
    comment, _new = discussion.write(actor=other, item=reports["public"], draft=Draft("Komentar umum"))
    ThreadComment.objects.filter(pk=comment.pk).update(state=State.PUBLIC)
    accounts.officer(title=OFFICE_OF_SLIPI)
    closed = accounts.UserFactory(nickname="Pak Tutup", is_active=False)
    Closure.objects.create(user=closed, reason="abuse", words="Kata-kata yang menghina.")
    today = timezone.localdate()
    Verification.objects.create(
        user=other,
        fingerprint="0" * 64,
        pepper_version=1,
        kelurahan=region(),
        rw="06",
        over_17=True,
        method="face",
        verified_at=timezone.now(),
        expires=today + timedelta(days=700),
    )
    return World(reporter, reports, photos)


def sign_in(who: str, world: World) -> Client:
    """The browser of one of PEOPLE."""
    client = Client()
    person: Any = {
        "visitor": lambda: None,
        "holder": lambda: None,
        "citizen": lambda: a_person("Tono"),
        "reporter": lambda: world.reporter,
        "officer": accounts.officer,
        "neighbour": lambda: accounts.section_head(accounts.PALMERAH),
        "head": accounts.section_head,
        "desk": lambda: accounts.office("province_desk", "meja-provinsi"),
        "handler": lambda: accounts.office("agency_officer", "inspektorat"),
        "moderator": lambda: accounts.office("moderator", "31"),
        "facilitator": lambda: accounts.office("facilitator", "31"),
        "auditor": lambda: accounts.office("auditor", "31"),
        "admin": accounts.admin,
    }[who]()
    if person:
        client.force_login(person, backend=BACKEND)
    if who == "holder":
        opened = client.get(secret_link(world.reports["hidden"]))
        assert opened.status_code == 302
    return client


def secret_link(report: Report) -> str:
    """The reporter's own link."""
    return reverse("report_secret", args=[report.number, services.secret_of(report.client_key)])


def link_of(name: str, world: World, whose: str = "public") -> str:
    """The address of that name, for the report."""
    report, photo = world.reports[whose], world.photos[whose]
    args: dict[str, Callable[[], list[Any]]] = {
        "page_picture": lambda: ["images/tidak-ada.jpg"],
        "places:kelurahan": lambda: ["31.73.07.1002"],
        "notices_unsubscribe": lambda: [unsubscribe_url(Subscription("report", f"{report.pk}:guest")).split("/")[-2]],
        "security_remove": lambda: [1],
        "security_disconnect": lambda: [1],
        "security_connect": lambda: ["google"],
        "security_social": lambda: ["google"],
        "security_end_device": lambda: [999_999],
        "privacy_withdraw": lambda: ["terms"],
        "notices_open": lambda: [Notice.objects.latest("pk").pk],
        "notices_read": lambda: [Notice.objects.latest("pk").pk],
        "residents_revoke": lambda: [Verification.objects.get().pk],
        "offices_confirm": lambda: [RoleAssignment.objects.get(title=OFFICE_OF_SLIPI).pk],
        "offices_end": lambda: [RoleAssignment.objects.get(title=OFFICE_OF_SLIPI).pk],
        "closures_close": lambda: [Closure.objects.get().user_id],
        "closures_reopen": lambda: [Closure.objects.get().pk],
        "counter_ticket": lambda: [1],
        "counter_print_ticket": lambda: [1],
        "report_map_background": lambda: [maps.background_version()],
        "wagtailcore_authenticate_with_password": lambda: [1, 2],
        "wagtail_serve": lambda: [""],
        "moderation": list,
        "moderation_log": list,
        "moderation_case": lambda: [getattr(Case.objects.first(), "pk", 0)],
        "report_secret": lambda: [report.number, services.secret_of(report.client_key)],
        "desk_step": lambda: [report.number, "reply"],
        "ledger:chain": lambda: ["laporan", report.number],
        "photos:size": lambda: [photo.pk, "besar"],
        "photos:discard": lambda: [photo.pk],
        "photos:status": lambda: [photo.pk],
    }
    if name in args:
        return reverse(name, args=args[name]())
    if name.startswith(("discussion", "comment_")):
        of_one = (
            [] if name in ("discussion", "discussion_follow") else [getattr(ThreadComment.objects.first(), "pk", 0)]
        )
        return reverse(name, args=["laporan", report.number, *of_one])
    by_number = name.startswith(("report_", "desk_")) and name not in PLAIN
    return reverse(name, args=[report.number] if by_number else [])


PLAIN = {
    *("report_list", "report_map", "report_map_points", "report_file", "report_file_for", "report_support_for"),
    *("desk_reveals", "desk_routing", "desk_questions"),
}
FIELDS: dict[str, dict[str, Any]] = {
    "discussion": {"text": "Ada kabar?", "kind": "information"},
    "comment_edit": {"text": "Komentar lain"},
    "comment_helpful": {"on": "1"},
    "comment_flag": {"reason": "insult"},
    "moderation_case": {"decision": "shown"},
    "desk_step": {"text": "Kami ke sana besok pagi, terima kasih.", "seen": "1"},
    "desk_note": {"text": "Sudah ditelepon."},
    "desk_reveal": {"reason_to_reveal": "Patokan tidak jelas, perlu bertanya."},
    "report_support": {"on": "1"},
    "report_follow": {"on": "1"},
    "report_reopen": {"text": "Masih mampet di sebelah kiri."},
    "report_answer": {"text": "Di sebelah kiri pos."},
    "notices_read_all": {"until": "1"},
    "set_language": {"language": "en", "next": "/"},
    "account_login": {"email": "bukan alamat"},
    "photos:upload": {"batch": uuid.uuid4(), "client_key": uuid.uuid4()},
    "photos:recall": {"batch": uuid.uuid4()},
}


def state_of_things() -> tuple[Any, ...]:
    """What nobody may change who is refused."""
    tables = (
        Preference,
        PushDevice,
        Verification,
        Closure,
        LedgerCheck,
        RoleAssignment,
        ReportStep,
        Note,
        Reveal,
        Entry,
        Follow,
        ThreadComment,
        Revision,
        Following,
        Case,
        Flag,
        Mute,
        Contact,
        Vote,
        ReportPhoto,
        Photo,
    )
    rows = list(Report.objects.order_by("pk").values_list("pk", "state", "confirmed", "public", "steps_taken"))
    unread = Notice.objects.filter(read=None).count()
    return (unread, *(table._default_manager.count() for table in tables), rows)


def names(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "", space: str = ""
) -> dict[str, list[str]]:
    """Every address of the site by its name, with its routes; the staff area's under its own."""
    found: dict[str, list[str]] = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            for name, routes in names(pattern.url_patterns, route, inside).items():
                found.setdefault(name, []).extend(routes)
        else:
            found.setdefault(f"{space}{pattern.name}", []).append(route)
    return found
