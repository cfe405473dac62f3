from __future__ import annotations

from datetime import datetime

from core.tasks import task
from core.ticks import every_tick
from notices import services


@task("notices.deliver", priority=10)
def deliver(delivery_ids: list[int] | int) -> None:
    """Send some messages; safe to run twice."""
    for delivery_id in [delivery_ids] if isinstance(delivery_ids, int) else delivery_ids:
        services.deliver(delivery_id=delivery_id)


@task("notices.fan_out")
def fan_out(event_id: int) -> None:
    """Put an event into inboxes; safe to run twice."""
    services.fan_out(event_id=event_id)


@every_tick("notices.requeue")
def requeue(now: datetime) -> int:
    """Messages that wait for the morning, failed for now, or whose sender died."""
    return services.requeue_due(now=now)


@every_tick("notices.tell_lost", minutes=5)
def tell_lost(now: datetime) -> int:
    """Events whose task was lost: the process died between the commit and the end."""
    lost = services.lost_events(now=now)
    for event_id in lost:
        services.fan_out(event_id=event_id)
    return len(lost)


@every_tick("notices.digests")
def send_digests(now: datetime) -> int:
    """The digests of the day and the week."""
    return services.send_digests(now=now)


@every_tick("notices.forget", minutes=60)
def forget(now: datetime) -> int:
    """Notices go after a year."""
    return services.forget_old(now=now)
