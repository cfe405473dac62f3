"""Recomputing the whole ledger, with progress."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.actions import require
from core.errors import DomainError
from core.tasks import enqueue_on_commit
from ledger.models import Chain
from ledger.queries import Verified, verify
from oversight import errors
from oversight.models import CheckState, LedgerCheck

STEP = 200
# A task that was killed leaves its row behind.
PATIENCE = timedelta(hours=6)


@transaction.atomic
def ask_for_check(*, actor: User) -> LedgerCheck:
    """Have every chain recomputed; one at a time.

    Raises:
        DomainError: not_your_office, check_runs.
    """
    require(actor, "ledger.check")
    # The row of the person is no lock against somebody else's; an extra check does no harm.
    running = LedgerCheck.objects.filter(state__in=[CheckState.QUEUED, CheckState.RUNNING])
    if running.filter(asked__gt=timezone.now() - PATIENCE).exists():
        raise DomainError(errors.CHECK_RUNS)
    made = LedgerCheck.objects.create(asked_by=actor)
    enqueue_on_commit("oversight.check", made.pk)
    return made


def run_check(*, check_id: int) -> bool:
    """Recompute, unless somebody else does; for the task.

    Returns:
        Whether it was done by this call.
    """
    rows = LedgerCheck.objects.filter(pk=check_id)
    if not rows.filter(state=CheckState.QUEUED).update(state=CheckState.RUNNING, total=Chain.objects.count()):
        return False
    done = broken = 0
    first = ""
    try:
        for one in verify():
            done += 1
            if one.broken is not None:
                broken, first = broken + 1, first or _name(one)
            if done % STEP == 0:
                rows.update(done=done, broken=broken, first_broken=first)
    except Exception:
        # Whoever asked must see that it failed; the queue logs why.
        rows.update(state=CheckState.FAILED, finished=timezone.now())
        raise
    rows.update(
        state=CheckState.DONE, done=done, total=done, broken=broken, first_broken=first, finished=timezone.now()
    )
    return True


def _name(one: Verified) -> str:
    return f"{one.subject_type} {one.subject_id}"[:90]
