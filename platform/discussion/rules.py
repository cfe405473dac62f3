"""Who moderates: an office of moderator or admin for the region of the item."""

from __future__ import annotations

from typing import Any

import rules

from accounts.domain.roles import covers
from accounts.models import Role, RoleAssignment, User
from accounts.offices import Person, offices_of, units_of
from discussion.domain.cases import Judge

MODERATING = (Role.MODERATOR, Role.ADMIN)


def moderating_offices(user: Person) -> list[RoleAssignment]:
    """The offices by which a person moderates."""
    return [office for office in offices_of(user) if office.role in MODERATING and office.region]


def moderating_office(user: Person, region: str) -> RoleAssignment | None:
    """The office in whose name the person moderates in a region; "" is the whole city."""
    for office in moderating_offices(user):
        code = office.region.code if office.region else ""
        if covers(code, region) or (not region and "." not in code):
            return office
    return None


def judge_of(user: User) -> Judge:
    """A moderator as the domain sees them."""
    return Judge(user.pk, units_of(user))


@rules.predicate
def moderates(user: Any, region: str | None = None) -> bool:
    return bool(moderating_offices(user)) if region is None else moderating_office(user, region) is not None


rules.add_perm("discussion.moderate", moderates)
