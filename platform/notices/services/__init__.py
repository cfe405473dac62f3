from __future__ import annotations

from notices.services.delivery import deliver, queue, queue_many, requeue_due, unsubscribe
from notices.services.digests import compose_digest, send_digests
from notices.services.events import compose_notice, fan_out, forget_old, lost_events, tell
from notices.services.preferences import choose, silence, stop
from notices.services.push import compose_push, subscribe_device, unsubscribe_devices
from notices.services.reading import mark_all_read, mark_read

__all__ = [
    "choose",
    "compose_digest",
    "compose_notice",
    "compose_push",
    "deliver",
    "fan_out",
    "forget_old",
    "lost_events",
    "mark_all_read",
    "mark_read",
    "queue",
    "queue_many",
    "requeue_due",
    "send_digests",
    "silence",
    "stop",
    "subscribe_device",
    "tell",
    "unsubscribe",
    "unsubscribe_devices",
]
