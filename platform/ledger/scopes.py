"""Whose entries the viewer of the ledger shows to whom: every app says which of its subjects lie in a region.

scopes.register("report", _("Report"), within=numbers_in, hidden=confidential_numbers)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from core.errors import Sentence

# Regions of whoever sees all of the city.
WHOLE_CITY = ("",)
# The keys of subjects, as text: a query of one column.
Keys = Callable[[], Any]


@dataclass(frozen=True)
class Scope:
    """A kind of subject in the ledger.

    Args:
        name: subject_type of its entries.
        label: as people call it.
        within: keys of those in the region of an official code; None where subjects lie in no region.
        hidden: keys of those that no viewer is shown; None where there are none.
        of_offices: whether offices alone act on it; where citizens do, too, who acted without an office is not named.
    """

    name: str
    label: Sentence
    within: Callable[[str], Any] | None
    hidden: Keys | None
    of_offices: bool


_scopes: dict[str, Scope] = {}


def register(
    name: str,
    label: Sentence,
    *,
    within: Callable[[str], Any] | None = None,
    hidden: Keys | None = None,
    of_offices: bool = False,
) -> None:
    """Let entries of a kind be looked through."""
    _scopes[name] = Scope(name, label, within, hidden, of_offices)


def every() -> list[Scope]:
    """All kinds, in the order of registration."""
    return list(_scopes.values())


def label_of(name: str) -> str:
    """How people call a kind; its code when nobody registered it."""
    return str(_scopes[name].label) if name in _scopes else name


def of_offices_alone() -> frozenset[str]:
    """The kinds on which offices alone act."""
    return frozenset(scope.name for scope in _scopes.values() if scope.of_offices)


def shown_to(regions: Iterable[str]) -> Q:
    """The entries that somebody sees who watches over these regions; of a kind that nobody registered, none.

    Args:
        regions: official codes; one without a dot is the whole city.
    """
    codes = list(regions)
    is_city = any("." not in code for code in codes)
    # Denied twice: SQLite would take the index of kinds and sort all of the ledger.
    shown = ~Q(~Q(subject_type__in=list(_scopes))) if is_city else Q(pk__in=())
    for scope in _scopes.values():
        for code in codes:
            if scope.within and not is_city:
                shown |= Q(subject_type=scope.name, subject_id__in=scope.within(code))
    for scope in _scopes.values():
        if scope.hidden:
            shown &= ~Q(subject_type=scope.name, subject_id__in=scope.hidden())
    return shown
