"""For how long and between whom a verification holds."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

VALID_MONTHS = 24
# From here on the person is asked to come by again.
RENEW_FROM = timedelta(days=60)
WITNESSES = 2
# A witness may speak for so many people in so many days.
WITNESS_MOST = 5
WITNESS_DAYS = 30
REQUEST_LIVES = timedelta(days=14)


class Method(StrEnum):
    """How somebody was verified."""

    FACE_TO_FACE = "face"
    WITNESSES = "witnesses"


class End(StrEnum):
    """Why a verification no longer holds."""

    EXPIRED = "expired"
    RENEWED = "renewed"
    MOVED = "moved"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Home:
    """Where somebody lives, as far as it is kept: official code of the kelurahan, and RW ("06")."""

    kelurahan: str
    rw: str


def expires_on(verified_on: date) -> date:
    """First day on which it no longer holds: 24 months later, on the last day of shorter months."""
    year, month = divmod(verified_on.year * 12 + verified_on.month - 1 + VALID_MONTHS, 12)
    return date(year, month + 1, min(verified_on.day, monthrange(year, month + 1)[1]))


def is_due_for_renewal(expires: date, today: date) -> bool:
    """Whether the person should come by again."""
    return today >= expires - RENEW_FROM


def what_ends(before: Home, now: Home) -> End:
    """Why an older verification of the same person ends when a new one is made."""
    return End.RENEWED if before == now else End.MOVED


def may_witness(*, method: str, witness: Home, wanted: Home, spoken_lately: int) -> bool:
    """Whether a verified resident may speak for a neighbour.

    A witness was seen face to face (so that no chain of acquaintances grows), lives in the same RW, and
    has not spoken for too many people lately.

    Args:
        method: how the witness was verified.
        witness: where the witness lives.
        wanted: where the neighbour says to live.
        spoken_lately: for how many people in the last 30 days.
    """
    return method == Method.FACE_TO_FACE and witness == wanted and spoken_lately < WITNESS_MOST
