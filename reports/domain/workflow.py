"""The life of a report as one table of steps.

The table draws the diagram in the docs and the buttons on the page, is checked in the service,
stands in the database as a trigger, and parametrises the tests. Source: product.md, Reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    VALIDATED = "validated"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    AT_DESK = "at_desk"
    AT_AGENCY = "at_agency"
    AT_SUB_AGENCY = "at_sub_agency"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    NEEDS_ANSWER = "needs_answer"
    DECLARED_DONE = "declared_done"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    REOPENED = "reopened"


class Colour(StrEnum):
    """What the public sees first; always with an icon and the word."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    NEUTRAL = "neutral"


class Who(StrEnum):
    """Who may take a step; the object-level rules of the same names are in reports.rules."""

    HEAD = "head"  # section head of the unit that holds the report
    HANDLER = "handler"  # anybody with an office at that unit
    DESK = "desk"  # the province desk
    SECOND = "second"  # at that unit or its parent, but not who declared it done
    REPORTER = "reporter"  # who filed it, by account or by the secret link
    SYSTEM = "system"  # the clock


class Need(StrEnum):
    """What a step asks for besides the click."""

    TEXT = "text"  # a sentence for the public
    REASON = "reason"  # a reason code, and a sentence
    BASIS = "basis"  # how the office knows that it is true
    UNIT = "unit"  # the unit that takes over
    OUTSIDE = "outside"  # the owner outside the city government
    ORIGINAL = "original"  # the report that it repeats
    DATE = "date"  # the day of the work
    PHOTO = "photo"  # a photo taken for this report
    TEXT_OR_PHOTO = "text_or_photo"
    PLACE = "place"  # a position
    CATEGORY = "category"


# The step goes back to where it came from: an answered question resumes the state before it.
RESUME = "resume"
# The state follows from the kind of unit that takes over.
BY_UNIT = "by_unit"
# The state stays, unless a confidential category brings its own handler: then as BY_UNIT where a unit just has it.
BY_CATEGORY = "by_category"


@dataclass(frozen=True)
class Step:
    """One kind of step.

    Args:
        name: the verb in the code and in the ledger.
        sources: states in which it is possible.
        target: the state after it; None leaves the state, RESUME goes back to the state before a question,
            BY_UNIT follows from the unit that takes over, BY_CATEGORY from the handler of a confidential category.
        who: who may take it.
        needs: what must come with it.
        ends_first_answer: whether the citizen has got the first answer by it.
    """

    name: str
    sources: frozenset[State]
    target: State | str | None
    who: Who
    needs: tuple[Need, ...] = ()
    ends_first_answer: bool = True


def _step(
    name: str, sources: set[State], target: State | str | None, who: Who, *needs: Need, first: bool = True
) -> Step:
    return Step(name, frozenset(sources), target, who, needs, first)


S = State
WITH_UNIT = {S.ASSIGNED, S.AT_AGENCY, S.AT_SUB_AGENCY, S.REOPENED}
AT_WORK = WITH_UNIT | {S.SCHEDULED, S.IN_PROGRESS}
NEW = {S.RECEIVED, S.VALIDATED}
OPEN = NEW | AT_WORK | {S.AT_DESK, S.NEEDS_ANSWER}
DONE = {S.DECLARED_DONE, S.CONFIRMED, S.UNCONFIRMED}
CLOSED = {S.REFUSED, S.DUPLICATE, S.FORWARDED}

TABLE: tuple[Step, ...] = (
    _step("validate", {S.RECEIVED}, S.VALIDATED, Who.HEAD, Need.BASIS),
    _step("refuse", NEW, S.REFUSED, Who.HEAD, Need.REASON, Need.TEXT),
    _step("mark_duplicate", NEW, S.DUPLICATE, Who.HEAD, Need.ORIGINAL),
    _step("forward", NEW | {S.AT_DESK, S.AT_AGENCY}, S.FORWARDED, Who.HEAD, Need.OUTSIDE, Need.TEXT),
    _step("assign", {S.VALIDATED}, BY_UNIT, Who.HEAD, Need.UNIT),
    _step("pass_to_desk", {S.VALIDATED} | WITH_UNIT, S.AT_DESK, Who.HEAD, Need.TEXT),
    _step("send_to_agency", {S.AT_DESK}, BY_UNIT, Who.DESK, Need.UNIT),
    _step("send_to_sub_agency", {S.AT_AGENCY}, S.AT_SUB_AGENCY, Who.HEAD, Need.UNIT),
    _step("hand_over", WITH_UNIT | {S.SCHEDULED}, BY_UNIT, Who.HANDLER, Need.UNIT, Need.TEXT),
    _step("schedule", WITH_UNIT | {S.SCHEDULED}, S.SCHEDULED, Who.HANDLER, Need.DATE),
    _step("start", WITH_UNIT | {S.SCHEDULED}, S.IN_PROGRESS, Who.HANDLER),
    _step("ask", AT_WORK | {S.RECEIVED}, S.NEEDS_ANSWER, Who.HANDLER, Need.TEXT),
    _step("answer", {S.NEEDS_ANSWER}, RESUME, Who.REPORTER, Need.TEXT_OR_PHOTO, first=False),
    _step("resume", {S.NEEDS_ANSWER}, RESUME, Who.SYSTEM, first=False),
    _step("declare_done", {S.IN_PROGRESS}, S.DECLARED_DONE, Who.HANDLER, Need.TEXT, Need.PHOTO),
    _step("accept_proof", {S.DECLARED_DONE}, None, Who.SECOND, Need.TEXT, first=False),
    _step("reject_proof", {S.DECLARED_DONE}, S.IN_PROGRESS, Who.SECOND, Need.TEXT, first=False),
    _step("confirm", {S.DECLARED_DONE, S.UNCONFIRMED}, S.CONFIRMED, Who.REPORTER, first=False),
    _step("reopen", {S.DECLARED_DONE, S.UNCONFIRMED}, S.REOPENED, Who.REPORTER, Need.TEXT_OR_PHOTO, first=False),
    _step("lapse", {S.DECLARED_DONE}, S.UNCONFIRMED, Who.SYSTEM, first=False),
    _step("reply", OPEN | DONE, None, Who.HANDLER, Need.TEXT),
    _step("escalate", OPEN | {S.DECLARED_DONE}, None, Who.SYSTEM, first=False),
    _step("move_pin", OPEN, None, Who.HANDLER, Need.PLACE, first=False),
    _step("recategorise", OPEN, BY_CATEGORY, Who.HANDLER, Need.CATEGORY, first=False),
)
STEPS: dict[str, Step] = {step.name: step for step in TABLE}

RESUMABLE = frozenset(AT_WORK | {S.RECEIVED})
COLOURS: dict[State, Colour] = {
    S.RECEIVED: Colour.RED,
    S.VALIDATED: Colour.RED,
    S.REOPENED: Colour.RED,
    S.REFUSED: Colour.NEUTRAL,
    S.DUPLICATE: Colour.NEUTRAL,
    S.FORWARDED: Colour.NEUTRAL,
    S.CONFIRMED: Colour.GREEN,
    S.UNCONFIRMED: Colour.GREEN,
} | dict.fromkeys(
    (AT_WORK - {S.REOPENED}) | {S.AT_DESK, S.NEEDS_ANSWER, S.DECLARED_DONE},
    Colour.YELLOW,
)

STATE_AT: dict[str, State] = {
    "kelurahan_office": S.ASSIGNED,
    "kecamatan_office": S.ASSIGNED,
    "kota_office": S.ASSIGNED,
    "dinas": S.AT_AGENCY,
    "suku_dinas": S.AT_SUB_AGENCY,
}

WITH_A_UNIT = frozenset(STATE_AT.values()) | {S.AT_DESK}

HAND_OVERS_BEFORE_DESK = 2


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that the table allows in a state, in the table's order."""
    return tuple(step for step in TABLE if state in step.sources)


def target_of(
    step: Step, state: State, *, resume_state: State | None = None, unit_kind: str = "", hand_overs: int = 0
) -> State:
    """The state after a step.

    Args:
        step: the step.
        state: the state before it.
        resume_state: where a question interrupted the work; needed by "answer" and "resume" alone.
        unit_kind: kind of the unit that takes over (places.AgencyKind); needed where a unit is.
        hand_overs: how often the report has been handed over so far.

    Raises:
        ValueError: the table does not allow the step in this state, or not to such a unit.
    """
    if state not in step.sources:
        raise ValueError(f"{step.name} is not possible in {state}")
    if step.target is None:
        return state
    if step.target == RESUME:
        if resume_state not in RESUMABLE:
            raise ValueError(f"nothing to resume: {resume_state}")
        return State(resume_state)
    if step.target == BY_CATEGORY:
        return STATE_AT[unit_kind] if unit_kind and state in WITH_A_UNIT else state
    if step.name == "send_to_sub_agency" and unit_kind != "suku_dinas":
        raise ValueError(f"{unit_kind!r} is no sub-agency")
    if step.target == BY_UNIT:
        if step.name == "hand_over" and hand_over_goes_to_desk(hand_overs):
            return State.AT_DESK
        if unit_kind not in STATE_AT:
            raise ValueError(f"{step.name} cannot go to a unit of kind {unit_kind!r}")
        return STATE_AT[unit_kind]
    return State(step.target)


def targets_of(step: Step) -> frozenset[State]:
    """Every state in which a step may end; empty when it leaves the state as it is."""
    if step.target is None:
        return frozenset()
    if step.target == BY_CATEGORY:
        return frozenset(STATE_AT.values())
    if step.target == RESUME:
        return RESUMABLE
    if step.target == BY_UNIT:
        to_desk = {State.AT_DESK} if step.name == "hand_over" else set()
        return frozenset(STATE_AT.values()) | to_desk
    return frozenset({State(step.target)})


def legal_moves() -> frozenset[tuple[State, State]]:
    """Every change of state that some step makes: what the database's trigger allows."""
    return frozenset(
        (source, target)
        for step in TABLE
        for source in step.sources
        for target in targets_of(step)
        # A new category makes no move of its own: it takes those that a hand-over takes.
        if source != target and step.target != BY_CATEGORY
    )


def hand_over_goes_to_desk(earlier: int) -> bool:
    """Whether the next hand-over goes to the province desk: the third one does.

    Args:
        earlier: how often the report has been handed over so far.
    """
    return earlier >= HAND_OVERS_BEFORE_DESK
