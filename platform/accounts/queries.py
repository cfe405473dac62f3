"""What pages read about people and their offices."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Role, RoleAssignment, User
from accounts.offices import Person, forget_offices, has_desk, office_at, offices_of, units_of

__all__ = [
    "Person",
    "assignments_visible_to",
    "forget_offices",
    "has_desk",
    "office_at",
    "offices_of",
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


def people() -> QuerySet[User]:
    """All accounts, newest first."""
    return User.objects.order_by("-joined", "-pk")
