"""What piles up and has to go: ended sessions, tasks that have run."""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command

from core.ticks import every_tick


@every_tick("core.housekeeping", minutes=60)
def tidy_up(now: datetime) -> int:
    """Clear ended sessions and results of tasks; the commands do not say how many."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
    return 0
