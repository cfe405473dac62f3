from __future__ import annotations

from datetime import datetime

from core.tasks import task
from core.ticks import every_tick
from notices import services


@task("notices.deliver", priority=10)
def deliver(delivery_id: int) -> None:
    """Send one mail; safe to run twice."""
    services.deliver(delivery_id=delivery_id)


@every_tick("notices.requeue")
def requeue(now: datetime) -> int:
    """Mails that failed for now, or whose sender died."""
    return services.requeue_due(now=now)
