"""Taking a step: the table decides whether, one effect a step says what changes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.queries import offices_of
from core.actions import require
from core.errors import CHANGED_MEANWHILE, DomainError
from places.models import Agency
from reports import errors
from reports.domain.workflow import STEPS, State, Step, Who, target_of
from reports.models import PhotoUse, Report, ReportStep
from reports.rules import action_of, offices_at_unit
from reports.services import common, effects, needs
from reports.services.needs import Inputs

PHOTO_USES = {"declare_done": PhotoUse.AFTER, "answer": PhotoUse.ANSWER, "reopen": PhotoUse.STILL}


@transaction.atomic
def take_step(
    *, actor: User | None, report: Report, name: str, inputs: Inputs | None = None, secret: str = ""
) -> ReportStep:
    """Take a step of the table.

    Args:
        actor: who acts; None for a guest with the secret of the report, and for the clock.
        report: which one.
        name: of the step.
        inputs: what comes with it.
        secret: token of the reporter's own link.

    Returns:
        The step on the life-line. A confirmation sent twice is the first one.

    Raises:
        DomainError: the step is not possible, not this person's, or something is missing. Nothing changes.
    """
    given = inputs or Inputs()
    step = STEPS[name]
    report = common.locked(report)
    _check_person(step, report, actor, secret)
    source = State(report.state)
    if name == "confirm" and source == State.CONFIRMED:
        return report.steps.filter(name="confirm").latest("seq")
    if source not in step.sources:
        raise DomainError(errors.STEP_IMPOSSIBLE, state=report.get_state_display())
    if given.seen is not None and given.seen != report.steps_taken:
        raise DomainError(CHANGED_MEANWHILE)
    needs.check(step, report, given)
    office = _office_of(step, report, actor)
    target = _target(step, report, given, source)
    effects.apply(name, report, given, actor)
    _keep_clock(step, report)
    common.set_state(report, target)
    _check_public(report, given.reason)
    taken = common.add_step(
        report,
        name=name,
        source=source,
        actor=actor,
        office=office,
        text=given.text.strip(),
        reason=given.reason,
        unit=report.unit,
        day=given.day,
        payload=_payload(given),
    )
    _keep_photos(report, taken, given)
    return taken


def _check_person(step: Step, report: Report, actor: User | None, secret: str) -> None:
    if step.who == Who.SYSTEM:
        if actor is not None or secret:
            raise DomainError(errors.STEP_NOT_YOURS, unit=report.unit.name)
        return
    holds_secret = bool(secret) and common.digest_of(secret) == report.secret_digest
    if step.who == Who.REPORTER:
        if not holds_secret:
            require(actor, action_of(step.name), report)
        if actor and actor.pk == report.declared_by_id:
            raise DomainError(errors.OWN_WORK)
        return
    require(actor, action_of(step.name), report)
    if actor and step.name == "declare_done":
        _check_declarer(report, actor)


def _check_declarer(report: Report, actor: User) -> None:
    if report.validated_by_id == actor.pk:
        raise DomainError(errors.SAME_PERSON)
    if report.reporter_id == actor.pk:
        raise DomainError(errors.OWN_WORK)


def _office_of(step: Step, report: Report, actor: User | None) -> str:
    if actor is None or step.who == Who.REPORTER:
        return ""
    offices = offices_at_unit(actor, report) or [office for office in offices_of(actor) if office.agency_id]
    return offices[0].office


def _target(step: Step, report: Report, given: Inputs, source: State) -> State:
    resume = State(report.resume_state) if report.resume_state else None
    unit = given.unit or _handler_that_takes_over(step, given)
    kind = unit.kind if unit else ""
    try:
        return target_of(step, source, resume_state=resume, unit_kind=kind, hand_overs=report.hand_overs)
    except ValueError:
        raise DomainError(errors.UNIT_WRONG, field="unit", unit=unit.name if unit else "") from None


def _handler_that_takes_over(step: Step, given: Inputs) -> Agency | None:
    """A new confidential category brings its handler with it."""
    return given.category.handler if step.name == "recategorise" and given.category else None


def _payload(given: Inputs) -> dict[str, object]:
    found: dict[str, object] = {}
    if given.reason:
        found["reason"] = given.reason
    if given.original:
        found["original"] = given.original.number
    if given.outside:
        found["outside"] = given.outside.code
    if given.photos:
        found["photos"] = [photo.sha256 for photo in given.photos]
    return found


def _keep_clock(step: Step, report: Report) -> None:
    if step.ends_first_answer and report.first_answered is None:
        report.first_answered = timezone.now()


def _check_public(report: Report, reason: str) -> None:
    public = common.should_be_public(report, reason)
    if public != report.public:
        report.public = public
        common.publish_photos(report)


def _keep_photos(report: Report, taken: ReportStep, given: Inputs) -> None:
    use = PHOTO_USES.get(taken.name)
    if use is None or not given.photos:
        return
    common.use_photos(report, given.photos, use=use, step=taken)
