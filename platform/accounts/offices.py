"""The offices that a person holds today: what rules and pages both ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import AGENCY_ROLES, RoleAssignment, User

Person = User | AnonymousUser
_KEPT = "_offices_of_the_day"
_SECOND_STEPS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


@dataclass(frozen=True)
class StaffStanding:
    """Whether somebody's offices are open to them today.

    Args:
        offices: what the person holds, usable or not.
        until: the first day on which the offices rest for want of a second step; None where none is asked for.
        rests: whether that day has come.
    """

    offices: tuple[RoleAssignment, ...] = ()
    until: date | None = None
    rests: bool = False


def staff_standing(user: Person) -> StaffStanding:
    """The offices of a person and whether a second step of signing in is missing; one query for each user object.

    A user object lives as long as its request; `forget_offices` drops what is kept when roles change.
    """
    if not isinstance(user, User):
        return StaffStanding()
    today = timezone.localdate()
    kept: tuple[date, StaffStanding] | None = getattr(user, _KEPT, None)
    if kept is None or kept[0] != today:
        kept = (today, _standing(user, today))
        setattr(user, _KEPT, kept)
    return kept[1]


def _standing(user: User, today: date) -> StaffStanding:
    rows = RoleAssignment.objects.active(today).filter(user=user)
    rows = rows.annotate(has_second_step=Exists(_SECOND_STEPS.filter(user_id=OuterRef("user_id"))))
    held = tuple(rows.select_related("agency__region", "region").order_by("pk"))
    if held:
        safe = all(vars(office)["has_second_step"] for office in held)
    else:
        safe = not (user.is_staff or user.is_superuser) or _SECOND_STEPS.filter(user=user).exists()
    if safe:
        return StaffStanding(held)
    since = max(timezone.localdate(user.joined), min((office.starts for office in held), default=date.min))
    until = since + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
    return StaffStanding(held, until, rests=today >= until)


def offices_of(user: Person) -> tuple[RoleAssignment, ...]:
    """The offices in which a person may act today: none while they rest for want of a second step."""
    standing = staff_standing(user)
    return () if standing.rests else standing.offices


def entrusted_to(user: User) -> list[RoleAssignment]:
    """Every office that has not ended, also one that rests or begins later: what others may do to its holder."""
    rows = RoleAssignment.objects.not_ended().filter(user=user)
    return list(rows.select_related("agency__region", "region").order_by("pk"))


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
