"""The table of steps: what it promises, and that the database keeps the same table."""

from __future__ import annotations

import importlib

import pytest
from django.db import DatabaseError, transaction

from reports.domain.workflow import (
    CLOSED,
    COLOURS,
    DONE,
    OPEN,
    RESUMABLE,
    STATE_AT,
    STEPS,
    TABLE,
    Colour,
    Need,
    State,
    Who,
    legal_moves,
    steps_from,
    target_of,
    targets_of,
)
from reports.models import Report
from reports.models.report import STATE_LABELS
from reports.queries.lifeline import STEP_TITLES
from reports.services.effects import EFFECTS
from reports.services.needs import CHECKS
from tests.factories.reports import ReportFactory


def test_every_state_has_a_colour_a_label_and_a_kind() -> None:
    assert set(COLOURS) == set(State) == set(STATE_LABELS)
    assert set(State) == OPEN | DONE | CLOSED
    assert not OPEN & DONE
    assert not OPEN & CLOSED


def test_every_state_can_be_reached_and_no_open_one_is_a_dead_end() -> None:
    moves = legal_moves()
    assert {target for _source, target in moves} | {State.RECEIVED} == set(State)
    assert all(any(source == state for source, _target in moves) for state in OPEN)


def test_nothing_follows_on_a_closed_report() -> None:
    assert all(steps_from(state) == () for state in CLOSED)


def test_only_a_citizen_makes_it_done_for_good() -> None:
    assert {step.who for step in TABLE if State.CONFIRMED in targets_of(step)} == {Who.REPORTER}


def test_whoever_takes_something_away_from_a_citizen_says_why() -> None:
    for name in ("refuse", "forward", "reject_proof", "pass_to_desk", "hand_over"):
        assert Need.TEXT in STEPS[name].needs


def test_declaring_done_needs_a_public_text_and_a_photo() -> None:
    assert set(STEPS["declare_done"].needs) == {Need.TEXT, Need.PHOTO}


def test_every_need_is_checked_every_effect_belongs_to_a_step_and_every_step_has_a_title() -> None:
    assert set(CHECKS) == set(Need)
    assert set(EFFECTS) <= set(STEPS)
    assert set(STEP_TITLES) == {"file", *STEPS}


@pytest.mark.parametrize("step", TABLE, ids=lambda step: step.name)
@pytest.mark.parametrize("state", list(State))
def test_a_step_is_possible_just_where_the_table_says(step, state) -> None:
    where = {"resume_state": State.IN_PROGRESS, "unit_kind": "suku_dinas"}
    if state in step.sources:
        assert target_of(step, state, **where) in targets_of(step) | {state}
    else:
        with pytest.raises(ValueError, match="not possible"):
            target_of(step, state, **where)


def test_an_answer_goes_back_to_where_the_question_came_from() -> None:
    for state in RESUMABLE:
        assert target_of(STEPS["answer"], State.NEEDS_ANSWER, resume_state=state) == state
    with pytest.raises(ValueError, match="nothing to resume"):
        target_of(STEPS["answer"], State.NEEDS_ANSWER, resume_state=State.CONFIRMED)


@pytest.mark.parametrize(("kind", "state"), STATE_AT.items())
def test_the_unit_decides_the_state_after_a_hand_over(kind, state) -> None:
    assert target_of(STEPS["hand_over"], State.ASSIGNED, unit_kind=kind) == state


def test_the_third_hand_over_goes_to_the_province_desk() -> None:
    hand_over = STEPS["hand_over"]
    assert target_of(hand_over, State.ASSIGNED, unit_kind="dinas", hand_overs=1) == State.AT_AGENCY
    assert target_of(hand_over, State.ASSIGNED, unit_kind="dinas", hand_overs=2) == State.AT_DESK


def test_nothing_is_handed_over_to_an_outside_owner() -> None:
    with pytest.raises(ValueError, match="outside"):
        target_of(STEPS["hand_over"], State.ASSIGNED, unit_kind="outside")


def test_the_migration_holds_the_same_moves_as_the_table() -> None:
    migration = importlib.import_module("reports.migrations.0002_only_legal_moves")
    assert {(State(source), State(target)) for source, target in migration.LEGAL_MOVES} == legal_moves()


@pytest.mark.django_db
@pytest.mark.parametrize("target", [State.ASSIGNED, State.REOPENED, State.SCHEDULED])
def test_the_database_refuses_a_move_that_the_table_does_not_hold(target) -> None:
    report = ReportFactory()
    with pytest.raises(DatabaseError, match="illegal step"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state=target, colour=COLOURS[target])
    report.refresh_from_db()
    assert report.state == State.RECEIVED


@pytest.mark.django_db
def test_the_database_refuses_a_colour_that_is_not_the_states() -> None:
    report = ReportFactory()
    with pytest.raises(DatabaseError, match="report_colour_follows_state"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(colour=Colour.GREEN)


@pytest.mark.django_db
def test_the_database_refuses_done_without_proof() -> None:
    report = ReportFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state="confirmed", colour="green")
