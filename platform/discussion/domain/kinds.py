"""What a comment can be, and how long it may be."""

from __future__ import annotations

from enum import StrEnum

LONGEST = 2_000
SHORTEST = 2
# An objection that gives no reason cannot be met.
SHORTEST_OBJECTION = 20
# How deep replies are shown; an answer to the deepest one stands beside it.
DEEPEST = 2


class Kind(StrEnum):
    """Why somebody writes."""

    INFORMATION = "information"
    SOLUTION = "solution"
    SUPPORT = "support"
    OBJECTION = "objection"
    QUESTION = "question"
    THANKS = "thanks"
    # Of an office, in its own name.
    ANSWER = "answer"


OF_CITIZENS = tuple(kind for kind in Kind if kind is not Kind.ANSWER)
# A question is asked of the office, so it begins a thread.
BEGINS_A_THREAD = frozenset({Kind.QUESTION})


def shortest(kind: Kind) -> int:
    """How many characters a comment of a kind has at least."""
    return SHORTEST_OBJECTION if kind is Kind.OBJECTION else SHORTEST
