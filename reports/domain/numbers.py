"""Ticket numbers: short, easy to read out, telling nothing about how many there are."""

from __future__ import annotations

import re
from collections.abc import Callable

# Without vowels, so that no word comes out, and without 0 and 1. 29 letters: a prime number, so that the
# check letter notices every single wrong letter and every two that changed places.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
LENGTH = 8
PATTERN = re.compile(rf"^[{ALPHABET}]{{{LENGTH}}}$")


def check_letter(body: str) -> str:
    """A letter by which one mistyped or swapped character is noticed (weighted sum modulo the alphabet)."""
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def make(choose: Callable[[str], str]) -> str:
    """A new number.

    Args:
        choose: picks one letter of a text at random, e.g. secrets.choice.
    """
    body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_letter(body)


def tidy(text: str) -> str:
    """What somebody typed as a number in the form it is stored: capitals, nothing in between."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def is_valid(number: str) -> bool:
    """Whether a number is well formed and its check letter is right."""
    return bool(PATTERN.match(number)) and check_letter(number[:-1]) == number[-1]


def spoken(number: str) -> str:
    """As people read it: "K7M2-9QXD"."""
    return f"{number[:4]}-{number[4:]}"
