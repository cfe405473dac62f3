"""The working-day clock: Monday to Friday, without public holidays and joint leave.

Every deadline of the city is counted with it, so it is pure: the holidays are an argument.
"""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Whether offices work on a day: Monday to Friday and not a holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: frozenset[date]) -> date:
    """The working day that lies a number of working days after a day; the start does not count.

    A report of Friday with three working days is due on Wednesday; so is one of Saturday.

    Args:
        start: any day, working or not.
        days: working days to add, 0 or more; 0 gives the start itself.
        holidays: days on which no deadline runs.

    Raises:
        ValueError: days is negative.
    """
    if days < 0:
        raise ValueError("working days to add cannot be negative")
    day = start
    while days:
        day += ONE_DAY
        days -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: frozenset[date]) -> int:
    """How many working days lie in the half-open interval (start, end]: the start does not count.

    It undoes `add_working_days`: between a day and its n-th next working day lie n working days.

    Args:
        start: the earlier day.
        end: the later day.
        holidays: days that do not count.

    Returns:
        The count; negative when `end` lies before `start`.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    weekdays = weeks * 5 + sum((start + ONE_DAY * step).weekday() < SATURDAY for step in range(1, rest + 1))
    return weekdays - sum(start < day <= end and day.weekday() < SATURDAY for day in holidays)


def shift_for_pause(due: date, paused_from: date, paused_to: date, holidays: frozenset[date]) -> date:
    """The due day moved by the working days that the clock stood still.

    The day on which the pause began still counted; the day on which it ended does not: a question
    asked on Monday and answered on Wednesday moves the due day by two working days.

    Args:
        due: the due day so far.
        paused_from: day on which the clock stopped.
        paused_to: day on which it ran again; on or before `paused_from` nothing moves.
        holidays: days that do not count.
    """
    return add_working_days(due, max(0, working_days_between(paused_from, paused_to, holidays)), holidays)
