"""What tick does for accounts."""

from __future__ import annotations

from datetime import datetime

from accounts import services
from core.ticks import every_tick


@every_tick("accounts.staff_groups", minutes=5)
def staff_groups(now: datetime) -> int:
    """Page rights end with the office."""
    return services.sync_staff_groups(now=now)


@every_tick("accounts.remove_unconfirmed", minutes=60)
def remove_unconfirmed(now: datetime) -> int:
    """Addresses that were typed but never confirmed are forgotten."""
    return services.remove_unconfirmed(now=now)
