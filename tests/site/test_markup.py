"""R8: whatever people write, everywhere they can write, is shown as text and never as markup."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import RoleAssignment, User
from assistance import services as assistance
from assistance.models import Card
from discussion import services as discussion
from discussion.domain.cases import Decision, Reason
from discussion.domain.kinds import Kind as Talk
from discussion.models import ThreadComment
from discussion.services import Draft, Verdict
from notices.services import send_digests
from oversight.services import closing
from pages.models import Bilingual
from photos.domain.limits import MAX_BYTES
from places import services as places
from places.models import Agency
from reports import services
from reports.domain.workflow import STEPS
from reports.models import Category, CategoryGroup, ReplyTemplate, Report
from reports.services import Inputs
from residents import services as residents
from tests.factories import accounts
from tests.factories.photos import PhotoFactory, an_upload
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, a_person, category, slipi
from tests.site.addresses import REPORT, SITE
from tests.site.fields import is_free_text, names_to_write, texts_without
from tests.site.pages import PROBE, faults, faults_of
from tests.site.people import BACKEND, World, a_world, link_of, secret_link, sign_in

pytestmark = pytest.mark.django_db

ELEMENT = f"<{PROBE}>"
# Out of an attribute, an element, a script, a comment, a template; then what is merely unusual.
PAYLOADS = [
    f"""'"></title></textarea></script>--><{PROBE} onload={PROBE}(1)>""",
    f"""' {PROBE}='1' onerror="{PROBE}(1)" x=\"""",
    f"javascript:{PROBE}(1)",
    f"{{{{ 7|add:7 }}}}{{% debug %}}<c-{PROBE} />&lt;{PROBE}&gt;",
    f"\u202e\u2066{PROBE} terbalik\u2069 \ufeff\u200b",
    f"\u2028</script><svg/onload={PROBE}()>\u0085",
    f"🧹👩‍🔧🇮🇩 {PROBE} ẓ̴̌a̸͝l̷͠g̷̈ŏ̴",
    f"Baris satu\r\nBcc: {PROBE}@contoh.id\r\n\r\n<{PROBE}>",
]
WIDE = PAYLOADS[0]
SHOWN = Verdict(Decision.SHOWN)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def readers(people: Slipi) -> dict[str, Client]:
    return {
        "visitor": Client(),
        "reporter": signed_in(people.reporter),
        "head": signed_in(people.head),
        "desk": signed_in(people.desk),
    }


def wrong_with(client: Client, link: str, *, strict: bool = True, **asked: Any) -> list[str]:
    return [f"{link}: {fault}" for fault in faults_of(client.get(link, **asked), strict=strict)]


def cut(text: str, length: int) -> str:
    """A text that fits; where the payload would be cut in the middle, a shorter one stands in front."""
    return text if len(text) <= length else f"""'"><{PROBE} x>{text}"""[:length]


# --- The tables that admins write --------------------------------------------------------------
def names_with_markup() -> None:
    """Names that stand on every page: category, group, agency, holiday, template, titles of officers, pages."""
    RoleAssignment.objects.update(title=cut(WIDE, 80))
    for page in (model for model in apps.get_models() if issubclass(model, Bilingual)):
        columns = [column for column in page._meta.local_concrete_fields if is_free_text(column)]
        page._default_manager.update(**{column.name: cut(WIDE, column.max_length or 400) for column in columns})
    Page.objects.update(title=cut(WIDE, 255))
    name = {"name_id": cut(WIDE, 80), "name_en": cut(WIDE, 80)}
    CategoryGroup.objects.update(**name)
    Category.objects.filter(slug="saluran-kali").update(**name, keywords=f"{WIDE}\nmampet")
    Agency.objects.filter(code__in=["kelurahan-3173071002", "sda", "sda-3173", "pln", "meja-provinsi"]).update(
        **name, short_name=cut(WIDE, 40), contact=cut(WIDE, 80)
    )
    places.save_holiday(actor=None, date=timezone.localdate(), **name)
    ReplyTemplate.objects.create(title=cut(WIDE, 80), text=f"{WIDE} [isi]")
    CategoryGroup.objects.all()[0].save()


def whole_life(people: Slipi, report: Report, text: str) -> Report:
    """Every step that bears words."""

    def take(actor: Any, name: str, **inputs: Any) -> None:
        services.take_step(actor=actor, report=report, name=name, inputs=Inputs(**inputs))
        report.refresh_from_db()

    take(people.head, "validate", reason="seen")
    take(people.head, "assign", unit=report.unit, text=text)
    take(people.officer, "ask", text=f"Di mana? {text}")
    take(people.reporter, "answer", text=f"Di sana. {text}")
    take(people.officer, "start", text=text)
    take(people.officer, "reply", text=f"Segera. {text}")
    talk(people, report, text)
    services.add_note(actor=people.officer, report=report, text=text)
    services.reveal_contact(actor=people.officer, report=report, reason=f"Bertanya dulu. {text}")
    take(people.officer, "declare_done", text=f"Selesai. {text}", photos=[PhotoFactory()])
    return report


def talk(people: Slipi, report: Report, text: str) -> None:
    """A question with everything in it, edited; the office answers, somebody else is named."""
    asked, _new = discussion.write(actor=people.reporter, item=report, draft=Draft(f"Tanya. {text}", Talk.QUESTION))
    discussion.decide(actor=accounts.office("moderator", "31"), case=asked.cases.get(), verdict=SHOWN)
    asked.refresh_from_db()
    discussion.edit(actor=people.reporter, comment=asked, text=f"Bertanya. {text}")
    draft = Draft(f"Jawab @{people.reporter.nickname}. {text}", above=asked, for_office=True)
    discussion.write(actor=people.officer, item=report, draft=draft)


def moderated(people: Slipi, report: Report, text: str) -> list[str]:
    """Hidden with a reason, appealed with a plea; what is wrong with the pages of it."""
    said, _new = discussion.write(actor=people.reporter, item=report, draft=Draft(f"Cerita. {text}"))
    moderator, second = accounts.office("moderator", "31"), accounts.office("moderator", "31")
    why = Verdict(Decision.HIDDEN, Reason.INSULT, f"Tolong tanpa menghina siapa pun. {text}"[:500])
    discussion.decide(actor=moderator, case=said.cases.get(), verdict=why)
    place = f"/bincang/laporan/{report.number}/{said.pk}/"
    wrong = wrong_with(signed_in(people.reporter), f"{place}banding/")
    case = discussion.appeal(actor=people.reporter, comment=said, plea=f"Tidak ada yang dihina. {text}")
    links = {
        "/moderasi/": second,
        f"/moderasi/{case.pk}/": second,
        place: people.reporter,
        "/moderasi/catatan/": second,
    }
    return wrong + [fault for link, reader in links.items() for fault in wrong_with(signed_in(reader), link)]


def shown_at(report: Report) -> list[str]:
    return [
        *("/", "/laporan/", "/laporan/?cari=Baris", "/laporan/peta/", "/laporan/peta/titik.json", "/lapor/"),
        *(f"/laporan/{report.number}/", f"/bukti/laporan/{report.number}/", "/manifest.webmanifest", "/luring/"),
        *(f"/bukti/laporan/{report.number}/?format=json", "/tempat/31.73.07.1002/", "/sw.js"),
        f"/bincang/laporan/{report.number}/",
        f"/bincang/laporan/{report.number}/{ThreadComment.objects.earliest('created').pk}/",
        *("/bantuan/", "/bantuan/melapor/", "/cara-kerja/", "/berita/", "/berita/rembuk-dibuka/", "/kabar/"),
    ]


# Markup by itself, what is merely unusual in one, and line ends.
LIVES = [PAYLOADS[0], PAYLOADS[1], " ".join(PAYLOADS[2:7]), PAYLOADS[7]]


@pytest.mark.parametrize("payload", LIVES, ids=range(4))
def test_a_report_full_of_markup_is_text_everywhere(payload: str, django_capture_on_commit_callbacks: Any) -> None:
    people, follower = slipi(), a_person("Pengikut")
    User.objects.filter(pk=people.reporter.pk).update(nickname=cut(payload, 40), name=cut(payload, 120))
    people.reporter.refresh_from_db()
    if payload == WIDE:
        names_with_markup()
    with django_capture_on_commit_callbacks(execute=True):
        report = AReport(
            reporter=people.reporter,
            title=cut(payload, 120),
            description=payload * 4,
            landmark=cut(payload, 160),
            category=category(),
        )
        services.set_follow(actor=follower, report=report, on=True)
        whole_life(people, report, payload)
    wrong = moderated(people, report, payload) + [
        fault for client in readers(people).values() for link in shown_at(report) for fault in wrong_with(client, link)
    ]
    head = signed_in(people.head)
    desk = [f"/meja/{report.number}/?langkah={step}" for step in ("accept_proof", "reply", "move_pin", "recategorise")]
    wrong += [fault for link in ("/meja/", "/meja/ke-mana/", *desk) for fault in wrong_with(head, link)]
    wrong += wrong_with(signed_in(accounts.office("auditor", "31")), "/meja/audit/")
    assert wrong == []
    assert head.get(f"/laporan/{report.number}/gambar.png")["Content-Type"] == "image/png"
    with django_capture_on_commit_callbacks(execute=True):
        assert send_digests(now=timezone.now() + timedelta(days=1)) > 0
    assert mail_is_clean() > 3


def mail_is_clean() -> int:
    """No mail has a header or markup out of what somebody wrote. Returns how many there were."""
    for message in mail.outbox:
        whole = message.message()
        assert message.subject == " ".join(message.subject.split())
        assert "Bcc" not in whole
        assert len(message.recipients()) == 1
        assert PROBE not in str(whole["To"]) + str(whole["From"]) + str(whole["List-Unsubscribe"])
        # A mail has styles of its own, as mail programs ask for.
        assert faults(str(message.alternatives[0][0]), strict=False) == []
    return len(mail.outbox)


def a_resident_with_markup(person: User) -> list[str]:
    """Verified by an office and taken back for a reason, both with markup; what is wrong with the pages."""
    desk = accounts.officer(title=cut(WIDE, 80))
    held = residents.verify(actor=desk, user=person, nik="3173071708900001", kelurahan=accounts.region(), rw="6")
    head = accounts.section_head(title=cut(WIDE, 80))
    links = {"/warga/daftar/": head, f"/warga/daftar/{held.pk}/cabut/": head, "/warga/": person, "/warga/meja/": desk}
    wrong = [fault for link, reader in links.items() for fault in wrong_with(signed_in(reader), link)]
    residents.revoke(actor=head, verification=held, reason=WIDE)
    wrong += helped_with_markup(accounts.office("facilitator", "31", title=cut(WIDE, 80)))
    return wrong + wrong_with(signed_in(person), "/warga/")


def a_closed_account_with_markup() -> list[str]:
    """Closed by an office with markup in its title, for a reason with markup; what is wrong with the pages."""
    laras, person = accounts.admin(title=cut(WIDE, 80)), accounts.UserFactory(nickname=cut(WIDE, 38))
    links = [f"/pengawasan/akun/{person.pk}/tutup/", "/pengawasan/akun/?q=a", "/jabatan/", "/audit/", "/boleh/"]
    wrong = [fault for link in links for fault in wrong_with(signed_in(laras), link)]
    closing.close_account(actor=laras, person=person, reason="abuse", words=cut(WIDE, 500))
    return wrong + [fault for link in links[1:] for fault in wrong_with(signed_in(laras), link)]


def helped_with_markup(desk: User) -> list[str]:
    """A card made by a facilitator whose title is markup; what is wrong with the pages about it."""
    assistance.open_with_card(actor=desk, language="id", client_key=uuid.uuid4())
    card = Card.objects.get()
    links = {"/loket/": desk, "/loket/kartu/": desk, "/akun/kartu/": card.user, "/akun/data/": card.user}
    return [fault for link, reader in links.items() for fault in wrong_with(signed_in(reader), link)]


# Columns that hold no words of people: what machines make or look up, and what is one of a list.
MADE_BY_MACHINES = re.compile(
    r"ledger\.|notices\.|photos\.|core\.|places\.(Region|BoundaryVersion)\.|.*\.(code|slug|number|\w*digest|password|skeleton)$"
    r"|reports\.Category\.(emergency|icon)$|reports\.Report\.(language|resume_state|rt|rw)$"
    r"|reports\.ReportStep\.(name|source|target|reason)$|reports\.Contact\.phone$"
    r"|discussion\.Case\.(region|decision|first_decision)$|discussion\.Flag\.kelurahan$"
    r"|discussion\.ThreadComment\.(kind|state|language|mark)$|django_comments\.|django_comments_xtd\."
    r"|residents\.\w+\.(fingerprint|rw|method|end)$|oversight\.LedgerCheck\.|security\.Device\."
    r"|assistance\.Card\.pin_hash$|assistance\.Help\.(subject_type|subject_id)$|privacy\.Consent\.(kind|version)$"
)


def test_every_text_that_is_kept_is_among_those_that_are_tried() -> None:
    people = slipi()
    names_with_markup()
    odd = f'"<{PROBE}>"@contoh.id'
    User.objects.filter(pk=people.reporter.pk).update(nickname=cut(WIDE, 40), name=cut(WIDE, 120), email=odd)
    report = AReport(reporter=people.reporter, title=cut(WIDE, 120), description=WIDE, landmark=WIDE)
    whole_life(people, report, WIDE)
    Report.objects.filter(pk=report.pk).update(via=WIDE)
    assert wrong_with(Client(), f"/laporan/{report.number}/") == []
    guest, client, officer = AReport(email=odd), Client(), signed_in(people.officer)
    assert client.get(secret_link(guest)).status_code == 302
    assert wrong_with(client, f"/laporan/{guest.number}/kode/") == []
    assert wrong_with(signed_in(people.reporter), "/akun/") == []
    for told in (report, guest):
        shown = officer.post(f"/meja/{told.number}/kontak/", {"reason_to_reveal": "Patokan tidak jelas."}, follow=True)
        assert PROBE in shown.content.decode()
        assert list(faults_of(shown)) == []
    assert a_resident_with_markup(people.reporter) == []
    assert moderated(people, report, WIDE) == []
    assert a_closed_account_with_markup() == []
    untried = {column for column in texts_without(PROBE) if not MADE_BY_MACHINES.match(column)}
    assert untried == set()


def test_a_payload_is_really_shown() -> None:
    """The check above would be worth nothing if the words were left out."""
    people = slipi()
    report = whole_life(people, AReport(reporter=people.reporter, title=WIDE[:120], landmark=WIDE), WIDE)
    escaped = f"&lt;{PROBE}"
    for link, at_least in {f"/laporan/{report.number}/": 6, "/laporan/": 1}.items():
        assert Client().get(link).content.decode().count(escaped) >= at_least, link
    assert signed_in(people.head).get(f"/meja/{report.number}/").content.decode().count(escaped) >= 8
    assert faults(f"<p>{WIDE}</p>") != []
    assert faults('<p style="x">') != []


@pytest.fixture
def world() -> World:
    return a_world()


# --- Forms that come back -----------------------------------------------------------------------
def posted_to(world: World, *, steps: bool) -> list[str]:
    """Every address of the site that takes something, for the public report; with every step of the desk."""
    takes = [name for name, (_get, post) in SITE.items() if "o" in post]
    takes += [name for name, cases in REPORT.items() if any("o" in post for _get, post in cases.values())]
    number = world.reports["public"].number
    links = [link_of(name, world) for name in takes if name != "account_logout"]
    return links + [reverse("desk_step", args=[number, name]) for name in STEPS if steps]


@pytest.mark.parametrize(
    ("who", "payload"),
    [*((who, WIDE + PAYLOADS[1]) for who in ("head", "reporter", "visitor")), ("visitor", WIDE * 100)],
    ids=["head", "reporter", "visitor", "very long"],
)
def test_forms_that_are_refused_show_what_was_typed_as_text(who: str, payload: str, world: World) -> None:
    client, wrong = sign_in(who, world), []
    before = list(Report.objects.order_by("pk").values_list("title", "description", "state"))
    everything = dict.fromkeys(sorted(names_to_write()), payload)
    for link in posted_to(world, steps=who == "head"):
        cache.clear()
        answer = client.post(link, everything)
        wrong += [f"{link}: {fault}" for fault in faults_of(answer)]
        fragment = client.post(link, {"text": payload}, headers={"HX-Request": "true"})
        wrong += [f"{link} (htmx): {fault}" for fault in faults_of(fragment)]
    assert wrong == []
    assert list(Report.objects.order_by("pk").values_list("title", "description", "state")) == before
    # A form that is older than its session shows everything that was typed.
    strict = Client(enforce_csrf_checks=True)
    for link in ("/lapor/", "/akun/masuk/"):
        typed = strict.post(link, everything, headers={"origin": "http://testserver"})
        assert typed.status_code == 403
        assert list(faults_of(typed)) == []
        assert "&lt;" in typed.content.decode() or "<" not in payload


@pytest.mark.parametrize("name", [f"{WIDE}.jpg", f"a\r\nX-Jahat: 1{PROBE}.jpg", f"\u202egpj.{ELEMENT}", "x" * 300])
def test_names_of_files_are_text(client: Client, name: str) -> None:
    keys = {"batch": uuid.uuid4(), "client_key": uuid.uuid4()}
    for data in (b"%PDF-1.4", b"\xff\xd8\xff broken"):
        sent = client.post("/foto/", {"file": an_upload(data, name), **keys})
        assert sent.status_code < 500
        assert list(faults_of(sent)) == []
        page = client.post("/lapor/", {"description": "Got mampet.", "photos": [an_upload(data, name)], **keys})
        assert list(faults_of(page)) == []
    good = client.post("/foto/", {"file": an_upload(name=name), **keys}, headers={"Accept": "application/json"})
    assert good.status_code == 201
    assert PROBE not in json.dumps(good.json())
    assert len(good.content) < MAX_BYTES


# --- Addresses ----------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["visitor", "head"])
def test_addresses_are_text(who: str, world: World) -> None:
    client, wrong = sign_in(who, world), []
    links = {link_of(name, world) for name, (get, _post) in SITE.items() if "o" in get}
    links |= {
        link_of(name, world) for name, cases in REPORT.items() if "o" in cases["public"][0] and "secret" not in name
    }
    everything = dict.fromkeys(sorted(names_to_write()), WIDE)
    headers = {"HX-Current-URL": f"http://testserver/?{WIDE}", "Referer": f"http://testserver/{WIDE}"}
    for link in links - {link_of("account_logout", world), link_of("report_picture", world)}:
        asked = {"data": everything, "headers": headers | {"Accept-Language": "en<x>"}}
        wrong += wrong_with(client, link, **asked)
    assert wrong == []


@pytest.mark.parametrize("payload", [*PAYLOADS[:2], "%00", "%ff%fe", "a" * 3000], ids=range(5))
def test_parts_of_addresses_are_text(payload: str, world: World) -> None:
    client = sign_in("head", world)
    client.cookies["language"] = f"<{PROBE}>"
    number = world.reports["public"].number
    links = [
        *("/{0}", "/laporan/{0}/", "/meja/{0}/", "/tempat/{0}/", "/kabar/berhenti/{0}/", "/bukti/{0}/{0}/"),
        *("/laporan/rahasia/{1}/{0}/", "/laporan/{0}/kode/", "/meja/{1}/langkah/{0}/", "/foto/{0}/status"),
        *("/laporan/peta/latar-{0}.json", "/media/{0}", "/laporan/{0}/gambar.png"),
    ]
    part = payload if payload.startswith("%") else payload.replace("/", "∕").replace("?", "？").replace("#", "＃")
    wrong = [fault for link in links for fault in wrong_with(client, link.format(part, number))]
    posted = client.post(f"/meja/{number}/langkah/{part}/", {})
    assert [*wrong, *faults_of(posted)] == []


# --- The staff area -----------------------------------------------------------------------------
def test_the_staff_area_shows_names_as_text() -> None:
    names_with_markup()
    admin = signed_in(accounts.admin())
    User.objects.filter(pk=admin.session["_auth_user_id"]).update(nickname=cut(WIDE, 40))
    accounts.office("officer", accounts.SLIPI, title=cut(WIDE, 80))
    wrong = []
    for space in (
        "agency",
        "holiday",
        "category",
        "categorygroup",
        "routingrule",
        "replytemplate",
        "offices",
        "people",
    ):
        wrong += wrong_with(admin, reverse(f"{space}:index"), strict=False)
        wrong += wrong_with(admin, reverse(f"{space}:index"), strict=False, data={"q": WIDE, "ordering": WIDE})
    rows = {"category": category(), "replytemplate": ReplyTemplate.objects.latest("pk")}
    rows |= {"categorygroup": CategoryGroup.objects.all()[0], "agency": Agency.objects.get(code="sda")}
    for space, row in rows.items():
        wrong += wrong_with(admin, reverse(f"{space}:edit", args=[row.pk]), strict=False)
    assert wrong == []
