"""Reports as citizens file them, and the offices of Slipi that work on them."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import factory
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from places.models import Agency, Region
from reports import services
from reports.domain import numbers
from reports.domain.workflow import COLOURS, DONE, State
from reports.models import Category, Report
from reports.services import Filing, Inputs
from tests.factories.photos import PhotoFactory

SLIPI = "31.73.07.1002"
PALMERAH = "31.73.07.1001"


def region(code: str = SLIPI) -> Region:
    """A region by its official code."""
    return Region.objects.select_related("parent__parent").get(code=code)


def category(slug: str = "saluran-kali") -> Category:
    """A category by its slug."""
    return Category.objects.select_related("handler").get(slug=slug)


def agency(code: str) -> Agency:
    """An agency by its code."""
    return Agency.objects.get(code=code)


def a_person(nickname: str, email: str | None = None) -> User:
    """An account."""
    return User.objects.create_user(email or f"{nickname.lower().replace(' ', '.')}@contoh.id", nickname=nickname)


def an_office(code: str, role: str = Role.OFFICER, title: str = "Petugas", nickname: str = "") -> User:
    """A person with an office at an agency, since long ago."""
    person = a_person(nickname or f"{role} {code}")
    RoleAssignment.objects.create(user=person, role=role, agency=agency(code), title=title, starts=date(2020, 1, 1))
    return person


@dataclass(frozen=True)
class Slipi:
    """The people around a report in Slipi."""

    head: User
    officer: User
    reporter: User
    desk: User
    sda: User
    sudin: User
    neighbour_head: User


def slipi() -> Slipi:
    """Section head and officer of Kelurahan Slipi, province desk, Dinas SDA and its sub-agency, Palmerah's head."""
    return Slipi(
        head=an_office("kelurahan-3173071002", Role.SECTION_HEAD, "Kasi Ekbang", "Bu Rina"),
        officer=an_office("kelurahan-3173071002", Role.OFFICER, "Petugas Sarana", "Joko"),
        reporter=a_person("Ibu Sari"),
        desk=an_office("meja-provinsi", Role.PROVINCE_DESK, "Biro Pemerintahan", "Bu Dewi"),
        sda=an_office("sda", Role.AGENCY_OFFICER, "Bidang Drainase", "Pak Anton"),
        sudin=an_office("sda-3173", Role.AGENCY_OFFICER, "Seksi Pemeliharaan", "Pak Agus"),
        neighbour_head=an_office("kelurahan-3173071001", Role.SECTION_HEAD, "Kasi Ekbang", "Pak Hadi"),
    )


def a_filing(**changes: Any) -> Filing:
    """What a citizen of Slipi files about a clogged drain."""
    fields: dict[str, Any] = {
        "client_key": uuid.uuid4(),
        "category": category(),
        "title": "Got mampet, air naik ke teras",
        "description": "Got di gang kami mampet, air naik ke teras tiap hujan.",
        "region": region(),
        "rt": "010",
        "rw": "02",
        "landmark": "ujung gang dekat pos RW",
        "lat": -6.193339,
        "lng": 106.798897,
    }
    return Filing(**(fields | changes))


class ReportFactory(factory.Factory):
    """A report filed through the service; `reporter` without an account means a guest with `email`."""

    class Meta:
        model = Report

    reporter = None

    @classmethod
    def _create(cls, model_class: type[Report], *args: Any, **kwargs: Any) -> Report:
        reporter = kwargs.pop("reporter")
        public = kwargs.pop("public", None)
        report, _new = services.file_report(actor=reporter, filing=a_filing(**kwargs))
        if public is not None:
            Report.objects.filter(pk=report.pk).update(public=public, confirmed=public or report.confirmed)
        return Report.objects.select_related("category", "region", "unit").get(pk=report.pk)


def declared_done(people: Slipi, report: Report) -> Report:
    """Take a received report of Slipi through the kelurahan to "declared done", with a photo of the work."""
    take = services.take_step
    take(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    take(actor=people.head, report=report, name="assign", inputs=Inputs(unit=report.unit))
    take(actor=people.officer, report=report, name="start")
    done = Inputs(text="Got sudah dikuras sampai bersih.", photos=[PhotoFactory()])
    take(actor=people.officer, report=report, name="declare_done", inputs=done)
    report.refresh_from_db()
    return report


def inserted_at(report: Report, state: str, unit: str, **fields: Any) -> Report:
    """A copy of a filed report that stands in a state at a unit, without a history.

    Inserted, as the database refuses to be moved to a state past the steps.
    """
    copy = Report.objects.get(pk=report.pk)
    copy.pk, copy._state.adding = None, True
    copy.client_key, copy.secret_digest = uuid.uuid4(), uuid.uuid4().hex
    copy.number = numbers.make(secrets.choice)
    copy.state, copy.colour, copy.unit = state, COLOURS[State(state)], agency(unit)
    if state == State.NEEDS_ANSWER:
        copy.resume_state, copy.paused_on = State.ASSIGNED.value, timezone.localdate()
    if state in DONE:
        copy.declared_at, copy.proof = timezone.now(), "in_review"
    copy.original = report if state == State.DUPLICATE else None
    copy.outside = agency("pln") if state == State.FORWARDED else None
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy
