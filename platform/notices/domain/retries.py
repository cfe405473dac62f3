"""When a mail that did not get out is tried again."""

from __future__ import annotations

from datetime import timedelta

MOST_ATTEMPTS = 5
# A sender that says nothing for this long is taken for dead.
SILENCE = timedelta(minutes=10)
_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts; None when it was the last."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]
