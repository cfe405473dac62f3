"""What people agree to: kinds as data, each with the version of the text that was shown.

    consents.register("push", version="2026-11", title=_("Messages on this device"), withdraw=switch_off)
    consents.agree(person, "push")

`privacy` keeps what was said; apps below it need not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from core.errors import Sentence


@dataclass(frozen=True)
class Kind:
    """Something that needs a yes.

    Args:
        name: "push".
        version: of the text; another one asks again.
        title: what it is, for the page that lists what was agreed to.
        text: the sentence that people agree to.
        withdraw: stops it for a person; None where leaving is the only way, or where it has ended by itself.
    """

    name: str
    version: str
    title: Sentence
    text: Sentence
    withdraw: Callable[[Any], object] | None = None


class Keeper(Protocol):
    """Writes down what was said; once where nothing is new."""

    def __call__(self, *, person: Any, kind: str, version: str, agreed: bool, office: str) -> None: ...


_kinds: dict[str, Kind] = {}
_keepers: list[Keeper] = []


def register(
    name: str, *, version: str, title: Sentence, text: Sentence, withdraw: Callable[[Any], object] | None = None
) -> Kind:
    """Add a kind; safe to run twice."""
    _kinds[name] = Kind(name, version, title, text, withdraw)
    return _kinds[name]


def kinds() -> dict[str, Kind]:
    """All kinds by name (a copy)."""
    return dict(_kinds)


def keep_with(keeper: Keeper) -> None:
    """Have what is said kept; called once at start."""
    _keepers[:] = [keeper]


def agree(person: Any, kind: str, *, office: str = "") -> None:
    """Somebody said yes to the newest text of a kind, inside the transaction of what begins with it.

    Args:
        person: an account.
        kind: a registered name.
        office: the desk where it was said aloud; "" for the person's own hand.
    """
    _say(person, kind, True, office)


def withdraw(person: Any, kind: str) -> None:
    """Somebody takes a yes back."""
    _say(person, kind, False, "")


def _say(person: Any, kind: str, agreed: bool, office: str) -> None:
    for keeper in _keepers:
        keeper(person=person, kind=kind, version=_kinds[kind].version, agreed=agreed, office=office)
