"""Why a report can be refused; each reason tells the citizen what to do next."""

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


# What was refused for these is no longer shown in public.
HIDING_REASONS = frozenset({Reason.IMPROPER.value})
