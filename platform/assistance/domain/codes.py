"""The code on a ticket, by which somebody later takes over what was filed for them."""

from __future__ import annotations

import re

# Without letters and digits that look alike on paper.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
LENGTH = 12


def make(seed: int) -> str:
    """The code that belongs to a number of at least 60 random bits."""
    letters = []
    for _place in range(LENGTH):
        seed, place = divmod(seed, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def tidy(typed: str) -> str:
    """Capitals without what people put between them."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper())


def is_code(code: str) -> bool:
    """Whether it can be a code."""
    return bool(re.fullmatch(rf"[{ALPHABET}]{{{LENGTH}}}", code))


def spoken(code: str) -> str:
    """As it is printed: "K7M2-9QXD-4RTB"."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))
