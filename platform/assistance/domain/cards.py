"""Numbers and PINs of cards, by which people sign in who have no e-mail address."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise

LENGTH, PIN_LENGTH = 8, 6
# So many wrong PINs, and only a desk can open the card again.
TRIES = 5
# Damm's table: notices every single wrong digit and every two neighbours that changed places.
# Source: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004.
_DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)


class PinProblem(StrEnum):
    """Why a PIN of one's own choice is refused."""

    LENGTH = "pin_length"
    SIMPLE = "pin_simple"


def check_digit(body: str) -> str:
    """The digit that a body of digits ends with."""
    row = 0
    for digit in body:
        row = int(_DAMM[row][int(digit)])
    return str(row)


def make_number(below: Callable[[int], int]) -> str:
    """A new number.

    Args:
        below: a random number below the given one, e.g. secrets.randbelow.
    """
    body = f"{below(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return body + check_digit(body)


def make_pin(below: Callable[[int], int]) -> str:
    """Six digits that nobody would try first."""
    while True:
        pin = f"{below(10**PIN_LENGTH):0{PIN_LENGTH}d}"
        if pin_problem(pin) is None:
            return pin


def tidy(typed: str) -> str:
    """What was typed, without what people put between digits."""
    return re.sub(r"[\s.\-]+", "", typed)


def is_number(number: str) -> bool:
    """Whether it can be the number of a card."""
    return bool(re.fullmatch(rf"[0-9]{{{LENGTH}}}", number)) and check_digit(number[:-1]) == number[-1]


def spoken(number: str) -> str:
    """As people read it out: "1234 5678"."""
    return f"{number[:4]} {number[4:]}"


def pin_problem(pin: str, number: str = "") -> PinProblem | None:
    """What is wrong with a PIN; None when it may be used.

    Args:
        pin: tidied.
        number: of the card, of which it may not be a part.
    """
    if not re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", pin):
        return PinProblem.LENGTH
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    if len(steps) == 1 or halves or pin in number:
        return PinProblem.SIMPLE
    return None
