"""Who may verify residents, and who may take a verification back."""

from __future__ import annotations

from typing import Any

import rules

from accounts.domain.roles import covers
from accounts.models import Role, RoleAssignment
from accounts.offices import Person, offices_of
from accounts.rules import is_auditor
from places.models import AgencyKind, Region

AT_THE_DESK = (Role.OFFICER, Role.SECTION_HEAD)


def verifying_offices(user: Person) -> list[RoleAssignment]:
    """The offices by which a person verifies: at the desk of a kelurahan, or as facilitator of a region."""
    return [office for office in offices_of(user) if _region_of(office)]


def verifying_office(user: Person, kelurahan: Region) -> RoleAssignment | None:
    """The office in whose name the person may verify residents of a kelurahan; None when there is none."""
    return next((office for office in verifying_offices(user) if covers(_region_of(office), kelurahan.code)), None)


def _region_of(office: RoleAssignment) -> str:
    if office.role == Role.FACILITATOR:
        return office.region.code if office.region else ""
    at_desk = office.role in AT_THE_DESK and office.agency and office.agency.kind == AgencyKind.KELURAHAN_OFFICE
    return office.scope_code if at_desk else ""


def revokes(office: RoleAssignment) -> bool:
    """Whether an office takes verifications back: the section head of a kelurahan, and admins in their region."""
    return office.role == Role.ADMIN or (office.role == Role.SECTION_HEAD and bool(_region_of(office)))


def revoking_office(user: Person, kelurahan: Region) -> RoleAssignment | None:
    """The office in whose name the person may take a verification back; None when there is none."""
    return next(
        (office for office in offices_of(user) if revokes(office) and covers(office.scope_code, kelurahan.code)), None
    )


@rules.predicate
def verifies(user: Any, kelurahan: Region | None) -> bool:
    offices = verifying_offices(user)
    return bool(offices) if kelurahan is None else verifying_office(user, kelurahan) is not None


@rules.predicate
def takes_back(user: Any, kelurahan: Region | None) -> bool:
    return kelurahan is not None and revoking_office(user, kelurahan) is not None


rules.add_perm("residents.verify", verifies)
rules.add_perm("residents.revoke", takes_back)
rules.add_perm("residents.view_verification", is_auditor)
