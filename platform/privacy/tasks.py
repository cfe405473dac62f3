"""Work of the background for people's data."""

from __future__ import annotations

from datetime import datetime

from core.tasks import task
from core.ticks import every_tick
from privacy import services


@task("privacy.build")
def build(copy_id: str) -> None:
    """Make a copy of somebody's data."""
    services.build_copy(copy_id=copy_id)


@every_tick("privacy.drop_expired", minutes=60)
def drop_expired(now: datetime) -> int:
    """Copies are removed after seven days."""
    return services.drop_expired(now=now)
