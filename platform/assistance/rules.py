"""Who may help at a desk: whoever may verify residents there."""

from __future__ import annotations

from typing import Any

import rules

from accounts.domain.roles import covers
from accounts.models import RoleAssignment
from accounts.offices import Person
from places.models import Region
from residents.rules import verifying_office, verifying_offices


def area_of(office: RoleAssignment) -> str:
    """The code of the region in which an office helps."""
    return office.region.code if office.region else office.scope_code


def name_of(office: RoleAssignment) -> str:
    """The desk as everybody reads it, without the title of whoever sits there."""
    at = office.agency.region if office.agency else None
    return at.label if at else office.office


def helping_office(user: Person, region: Region) -> RoleAssignment | None:
    """The office in whose name the person may help somebody with a matter of a region."""
    return verifying_office(user, region)


def renewing_office(user: Person, region: Region) -> RoleAssignment | None:
    """The office that may give a new PIN for a card of a region: around it, or a part of it."""
    for office in verifying_offices(user):
        area = area_of(office)
        if covers(area, region.code) or covers(region.code, area):
            return office
    return None


@rules.predicate
def helps(user: Any, region: Region | None) -> bool:
    return bool(verifying_offices(user)) if region is None else helping_office(user, region) is not None


rules.add_perm("assistance.help", helps)
