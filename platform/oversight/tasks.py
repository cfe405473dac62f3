"""Work of the background, and what tick does."""

from __future__ import annotations

from datetime import datetime

from core.tasks import task
from core.ticks import every_tick
from oversight import news
from oversight.services import checking, closing


@task("oversight.check")
def check(check_id: int) -> None:
    """Recompute the whole ledger."""
    checking.run_check(check_id=check_id)


@every_tick("oversight.open_due", minutes=10)
def open_due(now: datetime) -> int:
    """Accounts that were closed for a time open again."""
    return closing.open_due(now=now)


@every_tick("oversight.tell_reviews", minutes=60)
def tell_reviews(now: datetime) -> int:
    """Whoever appoints hears thirty days before an office has stood unreviewed for a year."""
    return news.tell_due(now=now)
