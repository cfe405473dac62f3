"""Who may do what with accounts and offices, and the predicates that higher apps build on.

A predicate takes the person, and the object where it needs one. The helpers are plain functions
that answer for today.
"""

from __future__ import annotations

from typing import Any

import rules

from accounts.domain.roles import Office, covers, may_give
from accounts.models import Role, RoleAssignment
from accounts.offices import Person, office_at, offices_of, staff_standing
from places.models import Region


def office_value(assignment: RoleAssignment) -> Office:
    """An assignment as the domain sees it."""
    return Office(role=assignment.role, agency=assignment.agency_id, region=assignment.scope_code)


def holds_role_at_unit(user: Person, agency_id: int | None, *roles: str) -> bool:
    """Whether the person holds one of the roles (any without) at the unit today."""
    return agency_id is not None and office_at(user, agency_id, *roles) is not None


def holds_role(user: Person, *roles: str) -> bool:
    """Whether the person holds one of the roles anywhere today."""
    return any(office.role in roles for office in offices_of(user))


def holds_role_in_region(user: Person, region: Region | str | None, *roles: str) -> bool:
    """Whether the person holds one of the roles for the region or for a larger one around it today.

    Args:
        user: whoever asks.
        region: a region or its official code; None and "" are in nobody's region.
        roles: roles of a region, e.g. Role.MODERATOR.
    """
    code = region.code if isinstance(region, Region) else region or ""
    return any(
        office.region is not None and office.role in roles and covers(office.region.code, code)
        for office in offices_of(user)
    )


def appointing_office(user: Person, wanted: Office) -> RoleAssignment | None:
    """The office in whose name the person may fill or end the wanted one; None when there is none."""
    return next((held for held in offices_of(user) if may_give(office_value(held), wanted)), None)


def may_manage(user: Person, wanted: Office) -> bool:
    """Whether the person may fill or end an office: superusers, and whoever the domain names."""
    return rules_all(user) or appointing_office(user, wanted) is not None


def rules_all(user: Person) -> bool:
    """Whether the person is a superuser whose second step of signing in is in order."""
    return bool(getattr(user, "is_superuser", False)) and not staff_standing(user).rests


def rules_city(user: Person) -> bool:
    """Whether the person is an admin of the whole city, or a superuser."""
    city = any(held.role == Role.ADMIN and "." not in office_value(held).region for held in offices_of(user))
    return city or rules_all(user)


def _signed_in(user: Person) -> bool:
    return user.is_authenticated and user.is_active


def holds(*roles: str) -> Any:
    """A predicate: the person holds one of the roles anywhere today."""
    return rules.predicate(lambda user: holds_role(user, *roles), name=f"holds:{','.join(roles)}")


is_signed_in = rules.predicate(_signed_in, name="is_signed_in")
is_superuser = rules.predicate(rules_all, name="is_superuser")
is_admin = holds(Role.ADMIN) | is_superuser
is_auditor = holds(Role.AUDITOR)
is_section_head = holds(Role.SECTION_HEAD)
appoints = is_admin | is_section_head
manages_assignment = rules.predicate(
    lambda user, assignment: appoints(user) if assignment is None else may_manage(user, office_value(assignment)),
    name="manages_assignment",
)

# Names that Wagtail asks for: the staff area opens for those who have something to do in it.
rules.add_perm("wagtailadmin.access_admin", is_signed_in & (appoints | is_auditor))
rules.add_perm("accounts.view_roleassignment", appoints | is_auditor)
rules.add_perm("accounts.add_roleassignment", appoints)
rules.add_perm("accounts.change_roleassignment", manages_assignment)
# Agencies and holidays lie below accounts, so their permissions are given here.
for _table in ("agency", "holiday"):
    for _verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"places.{_verb}_{_table}", is_admin)
# The names of icons are looked up there.
rules.add_perm("design.read_style_guide", is_admin)
# Wagtail's own pages about users, which show addresses, have no address on this site (config.urls).
rules.add_perm("accounts.view_user", is_admin | is_auditor)
