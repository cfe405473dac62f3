"""What is due: every app registers its jobs, `manage.py tick` runs them once a minute.

A job is idempotent and looks up by itself what is due. The row of a job is its claim: of several processes
that tick at the same time one gets it. What must not race is locked by the job's own services.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from core.models import TickJob

log = logging.getLogger("rembuk.tick")
Job = Callable[[datetime], int]
# Cron starts a little early or late; a job of every minute must not become one of every two.
SLACK = timedelta(seconds=10)
_jobs: dict[str, tuple[Job, timedelta]] = {}


def every_tick(name: str, *, minutes: int = 1) -> Callable[[Job], Job]:
    """Register a job: it gets the time now and returns how many things it did.

    Args:
        name: unique, e.g. "reports.escalate".
        minutes: how often at the most.
    """

    def register(job: Job) -> Job:
        _jobs[name] = (job, timedelta(minutes=minutes))
        return job

    return register


def run_due(now: datetime) -> dict[str, int]:
    """Run the jobs that are due and return what each did; one that fails does not stop the others."""
    done: dict[str, int] = {}
    for name, (job, pause) in _jobs.items():
        try:
            if _claim(name, now, pause):
                done[name] = job(now)
        except Exception:
            # Whatever it is (a disk, a cache, a bug): the other jobs have their own deadlines.
            log.exception("tick job failed", extra={"job": name})
    return done


def _claim(name: str, now: datetime, pause: timedelta) -> bool:
    TickJob.objects.get_or_create(name=name)
    with transaction.atomic():
        rows = TickJob.objects.all()
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        row = rows.filter(name=name).first()
        if row is None or (row.started and now - row.started < pause - SLACK):
            return False
        row.started = now
        row.save(update_fields=["started"])
        return True
