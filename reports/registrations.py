"""What this app tells the apps below it: who may watch, see a photo, get which mail."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import claims
from accounts.models import RoleAssignment, User
from accounts.queries import units_of
from core import panels
from core.actions import allowed
from core.permissions import may
from core.requests import HttpRequest
from discussion import panels as discussion_panels
from discussion import subjects as discussed
from ledger import scopes, subjects
from ledger.subjects import Subject
from live import sources
from notices import composers
from photos import access
from photos.models import Photo
from places.models import Region
from reports import actions, handed_in, mails, news, personal, services
from reports.domain import numbers
from reports.domain.workflow import State
from reports.models import Report, ReportPhoto
from reports.queries import home, public
from reports.queries.lifeline import LEDGER_WORDS
from reports.rules import offices_at_unit
from reports.secrets import held


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    handed_in.register_all()
    panels.register("counter", lambda present, viewer: panels.Panel("reports/counter.html", {"present": present}))
    actions.register_all()
    news.register_all()
    sources.register("report", may_watch_report)
    sources.register("desk", may_watch_desk)
    access.register(may_see_photo)
    claims.register(claim_reports)
    composers.register("report", mails.compose)
    composers.register_unsubscriber("report", mails.stop)
    panels.register("home", home_panel)
    panels.register("kelurahan", kelurahan_panel)
    panels.register("account", work_panel)
    panels.register("report", discussion_panels.on_item)
    discussed.register(
        discussed.Subject(
            slug="laporan",
            model=Report,
            find=report_to_talk_about,
            key=lambda report: report.number,
            title=lambda report: report.title,
            url=Report.get_absolute_url,
            may_read=lambda viewer, report: report.public,
            may_write=lambda report: report.public and report.state != State.DUPLICATE,
            unit=lambda report: report.unit_id,
            region=lambda report: report.region.code,
            office_of=answering_office,
        )
    )
    scopes.register("report", _("Report"), within=numbers_in, hidden=confidential_numbers)
    subjects.register("report", slug="laporan", find=subject_of, words=LEDGER_WORDS)


def numbers_in(code: str) -> Any:
    """Numbers of the reports of a region."""
    inside = Q(region__code=code) | Q(region__code__startswith=f"{code}.")
    return Report.objects.filter(inside).order_by().values("number")


def confidential_numbers() -> Any:
    """Numbers of what was told in confidence: no viewer of the ledger is shown them."""
    return Report.objects.filter(category__confidential=True).order_by().values("number")


def claim_reports(user: User) -> None:
    """After a sign-in: the reports filed as a guest with the same address."""
    services.claim(user=user)


def report_to_talk_about(request: HttpRequest, key: str) -> Report | None:
    """A public report; others have no discussion."""
    report = public.report_by_number(key) if numbers.is_valid(key) else None
    return report if report and report.public else None


def answering_office(person: User, report: Report) -> RoleAssignment | None:
    """The office in whose name a person answers: the one that has the report now."""
    return next(iter(offices_at_unit(person, report)), None)


def may_watch_report(user: Any, number: str) -> bool:
    """Whoever may see the page may hear that it changed."""
    report = Report.objects.select_related("category", "unit").filter(number=number).first()
    return report is not None and allowed(user, "report.read", report)


def may_watch_desk(user: Any, agency_id: str) -> bool:
    """The officers of the unit."""
    return agency_id.isdigit() and allowed(user, "desk.use") and int(agency_id) in units_of(user)


def may_see_photo(viewer: Any, photo: Photo, session: SessionBase) -> bool:
    """A photo that is not public is seen by those who may see its report, by account or by the reporter's own link."""
    use = ReportPhoto.objects.select_related("report__category", "report__unit").filter(photo=photo).first()
    if use is None:
        return False
    return public.may_see(viewer, use.report, holds_secret=bool(held(session, use.report)))


def subject_of(request: HttpRequest, key: str) -> Subject | None:
    """The report whose proof is asked for, when this request may see its page."""
    number = numbers.tidy(key)
    report = public.report_by_number(number) if numbers.is_valid(number) else None
    if report is None:
        return None
    if not public.may_see(request.user, report, holds_secret=bool(held(request.session, report))):
        return None
    return Subject(report.number, report.spoken_number, report.title, report.get_absolute_url())


def home_panel(page: Any, viewer: Any) -> panels.Panel:
    """On the home page: the newest reports, one whole story, honest figures."""
    context = {"cards": home.newest(), "figures": home.figures(), "story": home.story()}
    return panels.Panel("reports/home.html", context, order=10)


def kelurahan_panel(region: Region, viewer: Any) -> panels.Panel:
    """On the page of a kelurahan: its newest reports and its figures."""
    return panels.Panel(
        "reports/kelurahan.html", {"cards": home.newest(region), "figures": home.figures(region)}, order=10
    )


def work_panel(account: Any, viewer: Any) -> panels.Panel | None:
    """On the account's page: the ways to the work of an office."""
    asked = {"desk": "desk.use", "routing": "routing.read", "reveals": "reveals.read"}
    ways = {name: allowed(viewer, code) for name, code in asked.items()}
    ways["staff"] = may(viewer, "wagtailadmin.access_admin")
    return panels.Panel("reports/account.html", ways, order=10) if any(ways.values()) else None
