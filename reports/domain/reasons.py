"""Why a report is refused, each with what the citizen can do next; and how an office knows that it is true."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes of refusal."""

    NOT_FOUND = "not_found"
    INCOMPLETE = "incomplete"
    PRIVATE_MATTER = "private_matter"
    NEXT_BUDGET = "next_budget"
    NO_PROBLEM = "no_problem"
    IMPROPER = "improper"


class Basis(StrEnum):
    """How an office knows that the problem exists; everybody reads it."""

    SEEN = "seen"  # somebody of the office was there
    PHOTO = "photo"  # the citizen's photo leaves no doubt
    KNOWN = "known"  # the office knew of it before


# What was refused for these is no longer shown in public.
HIDING_REASONS = frozenset({Reason.IMPROPER.value})
