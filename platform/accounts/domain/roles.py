"""Who may give which office to whom. Regions are known by their official code ("31.73.07.1001")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OFFICER, SECTION_HEAD, AGENCY_OFFICER = "officer", "section_head", "agency_officer"
PROVINCE_DESK, ADMIN, FACILITATOR, MODERATOR, AUDITOR = (
    "province_desk",
    "admin",
    "facilitator",
    "moderator",
    "auditor",
)
_OFFICES = frozenset({"kelurahan_office", "kecamatan_office", "kota_office"})
_AGENCIES = frozenset({"dinas", "suku_dinas"})
# Which kind of unit can hold which role.
KINDS: dict[str, frozenset[str]] = {
    OFFICER: _OFFICES,
    SECTION_HEAD: _OFFICES | _AGENCIES,
    AGENCY_OFFICER: _AGENCIES | {"outside"},
    PROVINCE_DESK: frozenset({"province_desk"}),
}
# What a section head may give in its own unit.
OWN_STAFF = frozenset({OFFICER, AGENCY_OFFICER})


@dataclass(frozen=True)
class Office:
    """An office as the rules see it.

    Args:
        role: one of the names above.
        agency: key of the unit; None for an office of a region.
        region: official code of the region, or of the unit's region; "" for none.
    """

    role: str
    agency: int | None
    region: str


def covers(outer: str, inner: str) -> bool:
    """Whether a region holds another one or is it: the code of the smaller begins with that of the larger."""
    return bool(outer) and (inner == outer or inner.startswith(f"{outer}."))


def may_give(held: Office, wanted: Office) -> bool:
    """Whether somebody who holds one office may appoint to another.

    An admin appoints in the admin's region and below (units without a region belong to the
    province, whose code is the only one without a dot); a section head appoints the staff of
    its own unit.
    """
    if held.role == ADMIN:
        return covers(held.region, wanted.region) if wanted.region else "." not in held.region
    return held.role == SECTION_HEAD and wanted.role in OWN_STAFF and held.agency == wanted.agency


def overlap(starts: date, ends: date | None, other_starts: date, other_ends: date | None) -> bool:
    """Whether two half-open spans of days share a day; None means without end."""
    return (other_ends is None or starts < other_ends) and (ends is None or other_starts < ends)
