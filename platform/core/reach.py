"""How far a role reaches, and what somebody has to be: the words of the table of actions. Knows no Django."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """What an action takes of a person."""

    READER = "reader"
    ACCOUNT = "account"
    RESIDENT = "resident"


class Reach(StrEnum):
    """Where an office may do something. Each holds the one before it."""

    UNIT = "unit"  # what the own unit has
    BELOW = "below"  # also what a unit just below has
    REGION = "region"  # the own region and all in it
    ANYWHERE = "anywhere"


def within(outer: str, inner: str) -> bool:
    """Whether a region holds another one or is it, by their official codes."""
    return bool(outer) and (inner == outer or inner.startswith(f"{outer}."))
