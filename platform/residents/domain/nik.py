"""The number on an Indonesian identity card (NIK): its form, and what it says about age.

Sixteen digits: province, kota and kecamatan of first registration (2 + 2 + 2), day, month and year
of birth (2 + 2 + 2; 40 is added to the day for women), and a serial number of the day (4).
Source: Law 23/2006 on population administration, article 13, and Presidential Regulation 96/2018.
The number is never kept: it is read, fingerprinted and forgotten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LENGTH = 16
ADULT = 17
OLDEST = 115
WOMEN_ADD = 40
# Codes of the provinces by the Ministry of Home Affairs.
PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)}
)
_BETWEEN = re.compile(r"[\s.\-]+")


class NikProblem(StrEnum):
    """Why a number cannot be a NIK."""

    LENGTH = "nik_length"
    PROVINCE = "nik_province"
    DATE = "nik_date"
    SERIAL = "nik_serial"


class NotANik(ValueError):  # noqa: N818  reads better at the place where it is raised
    """The typed text cannot be a NIK. The exception never holds what was typed."""

    def __init__(self, problem: NikProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Nik:
    """A number that can be one.

    Args:
        digits: the sixteen digits; left out of every printed form.
        born: possible birthdays, latest first; two when the two-digit year fits both centuries.
    """

    digits: str = field(repr=False)
    born: tuple[date, ...] = field(repr=False)

    @property
    def century_unknown(self) -> bool:
        """Whether this may be a child, or somebody of a hundred."""
        return len(self.born) > 1

    def is_adult(self, today: date, *, of_a_hundred: bool = False) -> bool:
        """Whether the holder is 17 or older, the age of a first identity card and of a vote.

        Args:
            today: the day in question.
            of_a_hundred: what whoever sees the person says when the year fits both centuries.
        """
        birthday = self.born[-1] if of_a_hundred else self.born[0]
        return age_on(birthday, today) >= ADULT


def read(typed: str, *, today: date) -> Nik:
    """Read what somebody typed from a card.

    Args:
        typed: digits; spaces, dots and hyphens between them are forgiven.
        today: nobody is born later.

    Raises:
        NotANik: it cannot be a NIK; the problem says why.
    """
    digits = _BETWEEN.sub("", typed)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise NotANik(NikProblem.LENGTH)
    if int(digits[:2]) not in PROVINCES:
        raise NotANik(NikProblem.PROVINCE)
    day, month, year = (int(digits[place : place + 2]) for place in (6, 8, 10))
    born = _birthdays(day - WOMEN_ADD if day > WOMEN_ADD else day, month, year, today)
    if not born:
        raise NotANik(NikProblem.DATE)
    if digits[12:] == "0000":
        raise NotANik(NikProblem.SERIAL)
    return Nik(digits, born)


def age_on(birthday: date, today: date) -> int:
    """Completed years."""
    return today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day))


def _birthdays(day: int, month: int, year: int, today: date) -> tuple[date, ...]:
    found = []
    for century in (2000, 1900):
        try:
            birthday = date(century + year, month, day)
        except ValueError:
            continue
        if 0 <= age_on(birthday, today) <= OLDEST:
            found.append(birthday)
    return tuple(found)
