"""Who watches over accounts, offices and the ledger."""

from __future__ import annotations

from typing import Any

import rules

from accounts.domain.roles import covers
from accounts.models import Role, RoleAssignment, User
from accounts.offices import Person, entrusted_to, offices_of
from accounts.rules import is_admin, is_auditor, is_superuser, manages_assignment
from core import actions

# Whoever watches over an office, or is watched by nobody else.
HIGH = (Role.ADMIN, Role.AUDITOR)


def closing_office(user: Person, person: User) -> RoleAssignment | None:
    """The office in whose name the user may close the account of a person; None when there is none.

    An admin of the whole city closes any; one of a region those who are known to live there or hold office only
    there. Nobody closes the account of an admin or auditor of the own region or above.
    """
    if person.is_superuser or person.pk == user.pk:
        return None
    theirs = entrusted_to(person)
    home = actions.residency_of(person)
    places = [office.scope_code for office in theirs] + ([home.region] if home else [])
    for held in offices_of(user):
        code = held.region.code if held.region else ""
        city = bool(code) and "." not in code
        inside = bool(places) and all(covers(code, place) for place in places)
        above = any(one.role in HIGH and not _below(one.scope_code, code) for one in theirs)
        if held.role == Role.ADMIN and (city or inside) and not above:
            return held
    return None


def _below(inner: str, outer: str) -> bool:
    return inner != outer and covers(outer, inner)


@rules.predicate
def closes(user: Any, person: User | None) -> bool:
    if person is None:
        return bool(is_admin(user))
    return closing_office(user, person) is not None or (is_superuser(user) and user.pk != person.pk)


def regions_overseen(user: Person, *roles: str) -> list[str]:
    """Official codes of the regions that the person watches over by one of the roles."""
    return [office.region.code for office in offices_of(user) if office.role in roles and office.region]


rules.add_perm("oversight.close_account", closes)
rules.add_perm("oversight.read_closures", is_admin | is_auditor)
rules.add_perm("oversight.review_office", manages_assignment)
rules.add_perm("oversight.export_offices", is_admin | is_auditor)
rules.add_perm("oversight.audit", is_admin | is_auditor)
rules.add_perm("oversight.check_ledger", is_auditor | is_superuser)
