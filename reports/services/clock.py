"""What the clock does: escalate, lapse, resume. Called by tick, safe at any time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.errors import DomainError
from places.domain.clock import working_days_between
from places.queries import holidays
from reports.domain.deadlines import ANSWER_DAYS, CONFIRMATION_DAYS
from reports.domain.workflow import OPEN, State
from reports.models import Report
from reports.services import common
from reports.services.steps import take_step

log = logging.getLogger("rembuk.clock")
ESCALATION_WORKING_DAYS = 3
REVIEW_TIME = timedelta(days=3)
AT_A_TIME = 2_000


def lapse_silent() -> int:
    """Count as "done, unconfirmed" what the reporter left unanswered for seven days; returns how many."""
    until = timezone.now() - timedelta(days=CONFIRMATION_DAYS)
    due = Report.objects.filter(state=State.DECLARED_DONE, proof__in=["clear", "accepted"], declared_at__lte=until)
    return _each(due.values_list("pk", flat=True), lambda report: take_step(actor=None, report=report, name="lapse"))


def resume_unanswered() -> int:
    """Go on with what a question has stopped for five days; returns how many."""
    until = timezone.localdate() - timedelta(days=ANSWER_DAYS)
    due = Report.objects.filter(state=State.NEEDS_ANSWER, paused_on__lt=until)
    return _each(due.values_list("pk", flat=True), lambda report: take_step(actor=None, report=report, name="resume"))


def escalate_overdue() -> int:
    """Take what is overdue one unit up, and again after every three more working days; returns how many.

    A proof that waits for a second person is overdue after three days.
    """
    today, free = timezone.localdate(), holidays()
    late = Q(due__lt=today) | Q(first_answer_due__lt=today, first_answered__isnull=True)
    unseen = Q(state=State.DECLARED_DONE, proof="in_review", declared_at__lt=timezone.now() - REVIEW_TIME)
    waiting = Report.objects.filter(late & Q(state__in=OPEN) | unseen, paused_on__isnull=True).exclude(
        escalated_to__isnull=False, escalated_to__parent__isnull=True
    )
    waiting = waiting.filter(
        Q(escalated_on__isnull=True) | Q(escalated_on__lte=today - timedelta(days=ESCALATION_WORKING_DAYS))
    ).exclude(escalated_to__isnull=True, unit__parent__isnull=True)
    return _each(
        waiting.order_by(F("due").asc()).values_list("pk", flat=True), lambda report: _escalate(report, today, free)
    )


def _each(keys: QuerySet[Report, int], act: Callable[[Report], object]) -> int:
    done = 0
    # A list: SQLite refuses to write while a cursor stands open and somebody else has written.
    for key in list(keys[:AT_A_TIME]):
        try:
            done += bool(act(Report(pk=key)))
        except DomainError:
            # Somebody was faster; what is not due any more needs nothing.
            continue
        except Exception:
            # One broken report must not stop the clock of all others.
            log.exception("the clock stumbled over a report", extra={"job": act.__qualname__})
    return done


@transaction.atomic
def _escalate(report: Report, today: date, free: frozenset[date]) -> bool:
    report = common.locked(report)
    if report.paused_on:
        return False
    if report.escalated_on and working_days_between(report.escalated_on, today, free) < ESCALATION_WORKING_DAYS:
        return False
    above = (report.escalated_to or report.unit).parent
    if above is None or not _is_late(report, today):
        return False
    report.escalated_to, report.escalated_on = above, today
    common.add_step(
        report, name="escalate", source=report.state, actor=None, office="", unit=above, payload={"above": above.code}
    )
    return True


def _is_late(report: Report, today: date) -> bool:
    if report.state == State.DECLARED_DONE:
        seen_since = report.declared_at
        return report.proof == "in_review" and seen_since is not None and seen_since < timezone.now() - REVIEW_TIME
    if State(report.state) not in OPEN:
        return False
    return report.due < today or (report.first_answered is None and report.first_answer_due < today)
