"""The hours of the night in which nobody's phone is woken by news."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
EVENING, MORNING = 21, 7


def is_quiet(moment: datetime) -> bool:
    """Whether it is night in Jakarta: from 21.00 until just before 07.00."""
    hour = moment.astimezone(JAKARTA).hour
    return hour >= EVENING or hour < MORNING


def send_at(moment: datetime) -> datetime:
    """When news of this moment may go out: at once, or at 07.00 when it is night in Jakarta."""
    if not is_quiet(moment):
        return moment
    local = moment.astimezone(JAKARTA)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)
