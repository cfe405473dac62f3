"""What tick does for residents."""

from __future__ import annotations

from datetime import datetime

from core.ticks import every_tick
from residents import services


@every_tick("residents.expire", minutes=30)
def expire(now: datetime) -> int:
    """Verifications end after 24 months; the person is told."""
    return services.expire(now=now)
