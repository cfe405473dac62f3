"""Who lives and works in the demo, besides the cast of accounts.demo."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts import services as accounts
from accounts.demo import BEGIN
from accounts.models import Role, RoleAssignment, User
from places.models import Agency
from places.queries import agency_by_code, holidays, office_of, province_desk, sub_agency
from reports.demo.history import World
from reports.demo.texts import CITIZENS, FAMILY_NAMES, GIVEN_NAMES
from reports.models import Report
from reports.queries.filing import suggestion_for
from reports.rules import HANDLING, heads_unit

FIELD = {"kelurahan_office": "Petugas Sarana", "kecamatan_office": "Petugas Sarana", "kota_office": "Petugas Sarana"}


class Town:
    """The offices of the demo, filled as stories need them.

    Args:
        founder: who appoints.
    """

    def __init__(self, founder: User) -> None:
        self.founder = founder
        self.offices: dict[int, list[RoleAssignment]] = {}
        self.names = (f"{given} {family}" for family in FAMILY_NAMES for given in GIVEN_NAMES)
        held = RoleAssignment.objects.filter(agency__isnull=False, role__in=HANDLING)
        for office in held.select_related("agency", "user"):
            self.offices.setdefault(office.agency_id or 0, []).append(office)

    def world(self, now: datetime | None = None) -> World:
        """The town as stories see it."""
        return World(
            agency=self.agency,
            head=self.head,
            officer=self.officer,
            desk=province_desk(),
            free=holidays(),
            now=now or timezone.now(),
        )

    def agency(self, name: str, report: Report) -> Agency:
        """A unit by its part in a story; see World."""
        kind, _, code = name.partition(":")
        if kind == "own":
            return report.category.handler or office_of(report.region)
        if kind == "kecamatan" and report.region.parent:
            return office_of(report.region.parent)
        if kind == "target":
            return suggestion_for(report).agency
        if kind == "dinas":
            found = suggestion_for(report).agency
            return found.parent if found.kind == "suku_dinas" and found.parent else found
        if kind == "sub":
            return sub_agency(agency_by_code(code) if code else report.unit, report.region)
        return agency_by_code(name)

    def head(self, unit: Agency) -> RoleAssignment:
        """Who decides at a unit."""
        found = next((office for office in self.offices.get(unit.pk, []) if heads_unit(office)), None)
        if found:
            return found
        of_area = unit.kind in FIELD
        return self._appoint(unit, Role.SECTION_HEAD, "Kasi Ekbang" if of_area else "Kepala Seksi")

    def officer(self, unit: Agency) -> RoleAssignment:
        """Who does the work at a unit."""
        works = {Role.OFFICER, Role.AGENCY_OFFICER, Role.PROVINCE_DESK}
        found = next((office for office in self.offices.get(unit.pk, []) if office.role in works), None)
        if found:
            return found
        role = Role.OFFICER if unit.kind in FIELD else Role.AGENCY_OFFICER
        return self._appoint(unit, role, FIELD.get(unit.kind, "Petugas Lapangan"))

    def _appoint(self, unit: Agency, role: str, title: str) -> RoleAssignment:
        # Without an address nobody can sign in as them; the cast is for that.
        person = User.objects.create_user(None, nickname=next(self.names))
        office = accounts.appoint(actor=self.founder, user=person, role=role, title=title, agency=unit, starts=BEGIN)
        self.offices.setdefault(unit.pk, []).append(office)
        return office


def citizens() -> list[User]:
    """People of the city who report, support and follow; without an address."""
    return [User.objects.create_user(None, nickname=name) for name in CITIZENS]


def founder() -> User:
    """The account that appointed the cast, open in this process alone."""
    found = User.objects.get(is_superuser=True, is_active=False)
    found.is_active = True
    return found
