"""What pages read about people and their offices."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.domain.roles import KINDS, OWN_STAFF
from accounts.models import Role, RoleAssignment, User
from accounts.offices import Person, forget_offices, has_desk, office_at, offices_of, units_of
from places.models import Agency

__all__ = [
    "Person",
    "assignments_visible_to",
    "forget_offices",
    "has_desk",
    "office_at",
    "offices_of",
    "own_staff",
    "people",
    "units_of",
]


def assignments_visible_to(viewer: Person) -> QuerySet[RoleAssignment]:
    """Offices past and present that a person may look at in the staff area.

    Admins and auditors see those of their region and of the units in it, section heads those of
    their unit, superusers all.
    """
    rows = RoleAssignment.objects.select_related("user", "agency__region", "region").order_by("-starts", "-pk")
    if isinstance(viewer, User) and viewer.is_superuser:
        return rows
    mine = Q(pk__in=())
    for office in offices_of(viewer):
        if office.role == Role.SECTION_HEAD:
            mine |= Q(agency_id=office.agency_id)
        elif office.role in (Role.ADMIN, Role.AUDITOR) and office.region:
            mine |= _inside(office.region.code)
    return rows.filter(mine)


def _inside(code: str) -> Q:
    inside = Q()
    for path in ("region__code", "agency__region__code"):
        inside |= Q(**{path: code}) | Q(**{f"{path}__startswith": f"{code}."})
    if "." not in code:
        inside |= Q(agency__isnull=False, agency__region__isnull=True)
    return inside


def own_staff(head: Person) -> tuple[list[Agency], list[str]]:
    """The units whose staff a section head fills, and the roles that there are in them."""
    units = [office.agency for office in offices_of(head) if office.role == Role.SECTION_HEAD and office.agency]
    roles = [role for role in sorted(OWN_STAFF) if any(unit.kind in KINDS[role] for unit in units)]
    return units, roles


def people() -> QuerySet[User]:
    """All accounts, newest first."""
    return User.objects.order_by("-joined", "-pk")
