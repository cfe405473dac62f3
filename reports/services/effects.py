"""What a step changes besides the state: one small function a step."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from core.tasks import enqueue_on_commit
from live import topics
from live.services import publish_on_commit
from places.models import Agency
from places.queries import holidays, office_of, province_desk
from reports import errors
from reports.domain import deadlines
from reports.domain.routing import Size
from reports.domain.workflow import State, hand_over_goes_to_desk
from reports.models import Report
from reports.services.needs import Inputs


def apply(name: str, report: Report, given: Inputs, actor: User | None) -> None:
    """Change the report as the step says; most steps only move it along.

    Args:
        name: of the step.
        report: locked; saved by the caller.
        given: checked.
        actor: who acts.
    """
    unit_before = report.unit
    effect = EFFECTS.get(name)
    if effect:
        effect(report, given, actor)
    if report.unit != unit_before:
        # The desk that has it from now on hears of the step itself.
        publish_on_commit(topics.desk(unit_before.pk))
        # The climb above the old unit says nothing about the new one.
        report.escalated_to, report.escalated_on = None, None


def _validate(report: Report, given: Inputs, actor: User | None) -> None:
    report.validated_by, report.validated_at = actor, timezone.now()
    if given.size in set(Size):
        report.size = given.size


def _mark_duplicate(report: Report, given: Inputs, actor: User | None) -> None:
    report.original = given.original


def _forward(report: Report, given: Inputs, actor: User | None) -> None:
    report.outside = given.outside


def _assign(report: Report, given: Inputs, actor: User | None) -> None:
    # The table has asked for the unit already.
    report.unit = given.unit or report.unit


def _pass_to_desk(report: Report, given: Inputs, actor: User | None) -> None:
    report.unit = province_desk()


def _hand_over(report: Report, given: Inputs, actor: User | None) -> None:
    before = report.unit
    if given.unit == before:
        raise DomainError(errors.UNIT_SAME, field="unit", unit=before.name)
    # `unit` of a hand-over is who took over; who gave it away stands in the step before.
    if _has_handed_over(report, before):
        raise DomainError(errors.ALREADY_HANDED_OVER, unit=before.name)
    if hand_over_goes_to_desk(report.hand_overs):
        _pass_to_desk(report, given, actor)
    else:
        report.unit = given.unit or before
    report.hand_overs += 1
    report.scheduled_for = None


def _has_handed_over(report: Report, unit: Agency) -> bool:
    holder_id: int | None = None
    for step in report.steps.order_by("seq").only("name", "unit_id"):
        if step.name == "hand_over" and holder_id == unit.pk:
            return True
        # An escalation names the unit above, which never held the report.
        holder_id = holder_id if step.name == "escalate" else step.unit_id
    return False


def _schedule(report: Report, given: Inputs, actor: User | None) -> None:
    report.scheduled_for = given.day


def _ask(report: Report, given: Inputs, actor: User | None) -> None:
    report.resume_state, report.paused_on = report.state, timezone.localdate()


def _resume(report: Report, given: Inputs, actor: User | None) -> None:
    if report.paused_on:
        days = holidays()
        today = timezone.localdate()
        report.due = deadlines.after_pause(report.due, report.paused_on, today, days)
        if report.first_answered is None:
            report.first_answer_due = deadlines.after_pause(report.first_answer_due, report.paused_on, today, days)
    report.resume_state, report.paused_on = "", None


def _declare_done(report: Report, given: Inputs, actor: User | None) -> None:
    report.declared_by, report.declared_at = actor, timezone.now()
    # Photos are hashed in a task; the check follows it (services.proofs.check_proof).
    report.proof, report.doubts = "checking", []
    enqueue_on_commit("reports.check_proof", report.pk)


def _accept_proof(report: Report, given: Inputs, actor: User | None) -> None:
    if report.proof != "in_review":
        raise DomainError(errors.STEP_IMPOSSIBLE, state=report.get_state_display())
    # The reporter's seven days start when the proof stands.
    report.proof, report.declared_at = "accepted", timezone.now()


def _reject_proof(report: Report, given: Inputs, actor: User | None) -> None:
    if report.proof != "in_review":
        raise DomainError(errors.STEP_IMPOSSIBLE, state=report.get_state_display())
    _forget_completion(report)


def _forget_completion(report: Report) -> None:
    report.declared_by, report.declared_at, report.proof, report.doubts = None, None, "", []


def _reopen(report: Report, given: Inputs, actor: User | None) -> None:
    _forget_completion(report)
    report.reopenings += 1
    report.scheduled_for = None
    report.escalated_to, report.escalated_on = None, None
    report.due = deadlines.completion_due(timezone.localdate(), report.category.days, holidays())


def _move_pin(report: Report, given: Inputs, actor: User | None) -> None:
    report.region = given.region or report.region
    if given.position:
        report.lat, report.lng = given.position
        report.accuracy = None
    if report.state == State.RECEIVED and not report.category.confidential:
        report.unit = office_of(report.region)


def _recategorise(report: Report, given: Inputs, actor: User | None) -> None:
    before, category = report.category, given.category or report.category
    report.category = category
    free = holidays()
    # By the difference alone, so that pauses and reopenings keep counting.
    report.due = deadlines.with_other_promise(report.due, before.days, category.days, free)
    if report.first_answered is None:
        promises = before.first_answer_days, category.first_answer_days
        report.first_answer_due = deadlines.with_other_promise(report.first_answer_due, *promises, free)
    if category.confidential and category.handler:
        report.unit = category.handler


EFFECTS: dict[str, Callable[[Report, Inputs, User | None], None]] = {
    "validate": _validate,
    "mark_duplicate": _mark_duplicate,
    "forward": _forward,
    "assign": _assign,
    "pass_to_desk": _pass_to_desk,
    "send_to_agency": _assign,
    "send_to_sub_agency": _assign,
    "hand_over": _hand_over,
    "schedule": _schedule,
    "ask": _ask,
    "answer": _resume,
    "resume": _resume,
    "declare_done": _declare_done,
    "accept_proof": _accept_proof,
    "reject_proof": _reject_proof,
    "reopen": _reopen,
    "move_pin": _move_pin,
    "recategorise": _recategorise,
}
