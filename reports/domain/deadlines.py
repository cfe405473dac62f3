"""The clock of a report: first answer, completion, pauses, confirmation."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from places.domain.clock import add_working_days, is_working_day, shift_for_pause

FIRST_ANSWER_WORKING_DAYS = 3
CONFIRMATION_DAYS = 7
ANSWER_DAYS = 5
EMERGENCY_WORKING_DAYS = 2
PLANNED_AHEAD_DAYS = 366


class Timeliness(StrEnum):
    """How a due date looks today."""

    PAUSED = "paused"
    AHEAD = "ahead"
    SOON = "soon"
    OVERDUE = "overdue"


class DayDoubt(StrEnum):
    """What speaks against a day on which work is planned."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    AFTER_DUE = "after_due"


def first_answer_due(received: date, days: int, holidays: frozenset[date]) -> date:
    """Last working day on which the first answer is on time; the day of receipt does not count.

    Args:
        received: day of receipt, in the city's time.
        days: working days promised by the category, three by default.
        holidays: public holidays.
    """
    return add_working_days(received, days, holidays)


def completion_due(received: date, days: int, holidays: frozenset[date]) -> date:
    """Last working day on which the work is on time.

    Args:
        received: day of receipt or of reopening.
        days: working days promised by the category; 0 (an emergency, which 112 handles) counts as two.
        holidays: public holidays.
    """
    return add_working_days(received, days or EMERGENCY_WORKING_DAYS, holidays)


def after_pause(due: date, paused: date, resumed: date, holidays: frozenset[date]) -> date:
    """The due date moved by the working days of a pause (from the day of the question to the answer's)."""
    return shift_for_pause(due, paused, resumed, holidays)


def with_other_promise(due: date, before: int, after: int, holidays: frozenset[date]) -> date:
    """The due date when the category promises another number of working days.

    Args:
        due: as it stands, pauses and reopenings in it.
        before: working days promised so far; 0 counts as two.
        after: working days promised from now on; 0 counts as two.
        holidays: public holidays.
    """
    difference = (after or EMERGENCY_WORKING_DAYS) - (before or EMERGENCY_WORKING_DAYS)
    if difference >= 0:
        return add_working_days(due, difference, holidays)
    day = due
    while difference:
        day -= timedelta(days=1)
        difference += is_working_day(day, holidays)
    return day


def latest_plannable(today: date) -> date:
    """The last day for which work can be planned: a year ahead."""
    return today + timedelta(days=PLANNED_AHEAD_DAYS)


def is_plannable(day: date, today: date) -> bool:
    """Whether work can be planned for a day: today or later, within the year."""
    return today <= day <= latest_plannable(today)


def doubts_about(day: date, due: date, today: date, holidays: frozenset[date]) -> list[DayDoubt]:
    """What speaks against a day of the work; it may be right all the same.

    Args:
        day: of the work.
        due: the day promised for the whole work; once it is over, no day is too late any more.
        today: the day of the planning.
        holidays: public holidays.
    """
    doubts = []
    if day in holidays:
        doubts.append(DayDoubt.HOLIDAY)
    elif not is_working_day(day, holidays):
        doubts.append(DayDoubt.WEEKEND)
    if today <= due < day:
        doubts.append(DayDoubt.AFTER_DUE)
    return doubts


def confirmation_until(done: date) -> date:
    """The day from which a silent reporter counts as "done, unconfirmed": seven days on."""
    return done + timedelta(days=CONFIRMATION_DAYS)


def answer_until(asked: date) -> date:
    """The day until which the reporter's answer is waited for: five days on."""
    return asked + timedelta(days=ANSWER_DAYS)


def timeliness(due: date, today: date, *, paused: bool) -> Timeliness:
    """How a due date looks: soon means today or tomorrow."""
    if paused:
        return Timeliness.PAUSED
    if due < today:
        return Timeliness.OVERDUE
    return Timeliness.SOON if due <= today + timedelta(days=1) else Timeliness.AHEAD
