"""The offices that a person holds today: what rules and pages both ask."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import AGENCY_ROLES, RoleAssignment, User

Person = User | AnonymousUser
_KEPT = "_offices_of_the_day"


def offices_of(user: Person) -> tuple[RoleAssignment, ...]:
    """The offices a person holds today, with unit and region; one query for each user object.

    A user object lives as long as its request; `forget_offices` drops what is kept when roles change.
    """
    if not user.is_authenticated:
        return ()
    today = timezone.localdate()
    kept: tuple[date, tuple[RoleAssignment, ...]] | None = getattr(user, _KEPT, None)
    if kept is None or kept[0] != today:
        rows = RoleAssignment.objects.active(today).filter(user=user)
        rows = rows.select_related("agency__region", "region").order_by("pk")
        kept = (today, tuple(rows))
        setattr(user, _KEPT, kept)
    return kept[1]


def forget_offices(user: Person) -> None:
    """Read the offices anew the next time they are asked for."""
    user.__dict__.pop(_KEPT, None)


def units_of(user: Person) -> frozenset[int]:
    """Keys of the agencies in whose name the person may act today."""
    return frozenset(office.agency_id for office in offices_of(user) if office.agency_id is not None)


def has_desk(user: Person) -> bool:
    """Whether the person works a queue: holds an office of a unit today."""
    return any(office.role in AGENCY_ROLES for office in offices_of(user))


def office_at(user: Person, agency_id: int, *roles: str) -> RoleAssignment | None:
    """The person's office at a unit today, of one of the roles (any without); None when there is none."""
    for office in offices_of(user):
        if office.agency_id == agency_id and (not roles or office.role in roles):
            return office
    return None
