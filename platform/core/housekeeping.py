"""What piles up and has to go: ended sessions, tasks that have run."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from core import retention
from core.ticks import every_tick

JOB = "core.housekeeping"
retention.keep(
    "sessions",
    what=_("Being signed in"),
    period=timedelta(seconds=settings.SESSION_COOKIE_AGE),
    then=_("after you signed in, or until you sign out"),
    job=JOB,
)
TASK_DAYS = 14
retention.keep(
    "tasks",
    what=_("Work of the background: numbers and codes"),
    period=timedelta(days=TASK_DAYS),
    then=_("after it ran"),
    job=JOB,
)


@every_tick(JOB, minutes=60)
def tidy_up(now: datetime) -> int:
    """Clear ended sessions and results of tasks; the commands do not say how many."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", min_age_days=TASK_DAYS, verbosity=0)
    return 0
