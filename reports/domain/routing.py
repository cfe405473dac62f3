"""Where a report goes: an ordered table of (category, region, size) -> destination."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How large the work is: small matters stay with the kelurahan."""

    SMALL = "small"
    LARGE = "large"


class Destination(StrEnum):
    """What a rule points to."""

    KELURAHAN = "kelurahan"  # the office of the kelurahan where it is
    SUB_AGENCY = "sub_agency"  # the suku dinas of the named dinas in the kota where it is
    AGENCY = "agency"  # the named agency itself
    DESK = "desk"  # the province desk sorts it
    OUTSIDE = "outside"  # the named owner outside the city government


@dataclass(frozen=True)
class Rule:
    """One row of the table; None matches everything.

    Args:
        pk: its key in the database.
        position: smaller is asked first.
        category: slug, or None.
        region: official code of a region; matches that region and all within it.
        size: or None.
        destination: what it points to.
        agency: key of the named agency where the destination needs one.
    """

    pk: int
    position: int
    category: str | None
    region: str | None
    size: Size | None
    destination: Destination
    agency: int | None = None


@dataclass(frozen=True)
class Case:
    """What is known of a report when it is routed.

    Args:
        category: slug.
        region: official code of the kelurahan, e.g. "31.73.07.1002".
        size: of the work.
    """

    category: str
    region: str
    size: Size


def specificity(rule: Rule) -> tuple[int, int, int]:
    """How specific a rule is: the longer its region, then whether it names a category, then a size."""
    return (1 if rule.category else 0, len(rule.region or ""), 1 if rule.size else 0)


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """The rules as they are asked: by position; at the same position the most specific first."""
    return sorted(rules, key=lambda rule: (rule.position, *(-part for part in specificity(rule)), rule.pk))


def within(inner: str, outer: str) -> bool:
    """Whether a region lies in another (or is it), by their official codes."""
    return inner == outer or inner.startswith(outer + ".")


def matches(rule: Rule, case: Case) -> bool:
    """Whether a rule speaks about a case."""
    return (
        rule.category in (None, case.category)
        and (rule.region is None or within(case.region, rule.region))
        and rule.size in (None, case.size)
    )


def route(rules: Sequence[Rule], case: Case) -> Rule | None:
    """The first rule that matches; None when the table says nothing (then the province desk sorts it)."""
    return next((rule for rule in in_order(rules) if matches(rule, case)), None)


def covers(wide: Rule, narrow: Rule) -> bool:
    """Whether every case of `narrow` is also a case of `wide`."""
    return (
        wide.category in (None, narrow.category)
        and (wide.region is None or (narrow.region is not None and within(narrow.region, wide.region)))
        and wide.size in (None, narrow.size)
    )


def never_match(rules: Iterable[Rule]) -> dict[int, int]:
    """Rules that can never be reached: key of the rule -> key of the earlier rule that takes all its cases."""
    ordered = in_order(rules)
    found: dict[int, int] = {}
    for index, rule in enumerate(ordered):
        earlier = next((other for other in ordered[:index] if covers(other, rule)), None)
        if earlier:
            found[rule.pk] = earlier.pk
    return found


def shadows(rules: Iterable[Rule]) -> dict[int, list[int]]:
    """The same by the rule that takes the cases: its key -> keys of those that it keeps from matching, in order."""
    found: dict[int, list[int]] = {}
    for hidden, earlier in never_match(rules).items():
        found.setdefault(earlier, []).append(hidden)
    return found
