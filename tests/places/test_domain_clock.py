"""Working days, by hand and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain.clock import add_working_days, is_working_day, shift_for_pause, working_days_between

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
NO_HOLIDAYS: frozenset[date] = frozenset()
EID = frozenset(date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24))

days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
holidays = st.frozensets(days, max_size=60)


@pytest.mark.parametrize(
    ("start", "count", "off", "expected"),
    [
        (MONDAY, 0, NO_HOLIDAYS, MONDAY),
        (SATURDAY, 0, NO_HOLIDAYS, SATURDAY),
        (MONDAY, 1, NO_HOLIDAYS, TUESDAY),
        (FRIDAY, 3, NO_HOLIDAYS, WEDNESDAY),
        (SATURDAY, 3, NO_HOLIDAYS, WEDNESDAY),
        (SUNDAY, 3, NO_HOLIDAYS, WEDNESDAY),
        (FRIDAY, 3, frozenset({TUESDAY}), date(2026, 11, 26)),
        # The start is a holiday: it would not count anyway.
        (MONDAY, 1, frozenset({MONDAY}), TUESDAY),
        # Tuesday before the long Eid leave of 2026: the next working day is Wednesday of the week after.
        (date(2026, 3, 17), 1, EID, date(2026, 3, 25)),
        (date(2026, 3, 17), 2, EID, date(2026, 3, 26)),
        (MONDAY, 5, NO_HOLIDAYS, date(2026, 11, 30)),
        (MONDAY, 60, NO_HOLIDAYS, MONDAY + timedelta(weeks=12)),
    ],
)
def test_add_by_hand(start: date, count: int, off: frozenset[date], expected: date) -> None:
    assert add_working_days(start, count, off) == expected


def test_between_by_hand() -> None:
    assert working_days_between(FRIDAY, WEDNESDAY, NO_HOLIDAYS) == 3
    assert working_days_between(FRIDAY, SUNDAY, NO_HOLIDAYS) == 0
    assert working_days_between(MONDAY, MONDAY, NO_HOLIDAYS) == 0
    assert working_days_between(WEDNESDAY, MONDAY, NO_HOLIDAYS) == -2
    assert working_days_between(date(2026, 3, 17), date(2026, 3, 26), EID) == 2


def test_a_pause_moves_the_due_day_by_its_working_days() -> None:
    assert shift_for_pause(WEDNESDAY, MONDAY, WEDNESDAY, NO_HOLIDAYS) == date(2026, 11, 27)
    assert shift_for_pause(WEDNESDAY, FRIDAY, SUNDAY, NO_HOLIDAYS) == WEDNESDAY
    assert shift_for_pause(WEDNESDAY, TUESDAY, MONDAY, NO_HOLIDAYS) == WEDNESDAY


def test_nobody_counts_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(MONDAY, -1, NO_HOLIDAYS)


@given(days, st.integers(1, 80), holidays)
def test_the_result_is_a_working_day_after_the_start(start: date, count: int, off: frozenset[date]) -> None:
    due = add_working_days(start, count, off)
    assert due > start
    assert is_working_day(due, off)


@given(days, st.integers(0, 80), holidays)
def test_between_undoes_add(start: date, count: int, off: frozenset[date]) -> None:
    assert working_days_between(start, add_working_days(start, count, off), off) == count


@given(days, days, holidays)
def test_between_is_what_counting_day_by_day_gives(one: date, other: date, off: frozenset[date]) -> None:
    start, end = sorted((one, other))
    counted = sum(is_working_day(start + timedelta(step), off) for step in range(1, (end - start).days + 1))
    assert working_days_between(start, end, off) == counted


@given(days, st.integers(0, 40), st.integers(0, 40), holidays)
def test_two_steps_are_one(start: date, first: int, second: int, off: frozenset[date]) -> None:
    in_two = add_working_days(add_working_days(start, first, off), second, off)
    assert in_two == add_working_days(start, first + second, off)


@given(days, st.integers(0, 40), holidays, days)
def test_a_holiday_more_never_makes_it_sooner(start: date, count: int, off: frozenset[date], more: date) -> None:
    assert add_working_days(start, count, off | {more}) >= add_working_days(start, count, off)
