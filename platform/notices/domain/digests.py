"""When digests are due: every day at 07.00 in Jakarta, every week on Monday at 07.00."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from notices.domain.quiet import JAKARTA, MORNING


class Cadence(StrEnum):
    """How soon news comes by e-mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


DIGESTS = (Cadence.DAILY, Cadence.WEEKLY)


def last_due(cadence: Cadence, now: datetime) -> datetime:
    """When the newest digest of this kind was due: the last 07.00, or the last Monday 07.00, not after now.

    Raises:
        ValueError: not a cadence of digests.
    """
    if cadence not in DIGESTS:
        raise ValueError(f"no digest: {cadence}")
    local = now.astimezone(JAKARTA)
    due = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if cadence == Cadence.WEEKLY:
        due -= timedelta(days=due.weekday())
    if due > local:
        due -= timedelta(days=7 if cadence == Cadence.WEEKLY else 1)
    return due
