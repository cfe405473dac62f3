"""What can be handed in at a desk: higher apps say how a ticket reads, and how somebody takes it over.

matters.register("report", matter=matter_of, claim=give)
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class Matter:
    """Something that was handed in, as its ticket tells it.

    Args:
        kind: "Report".
        title: what it is about.
        number: as people read it out.
        facts: label and value of what else the ticket says.
        address: where the person follows it.
        page: the public or own page, for the screen.
        where_to_ask: the office that has it.
        client_key: of its filing, from which the code of a ticket follows.
    """

    kind: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    address: str
    page: str
    where_to_ask: str
    client_key: uuid.UUID


@dataclass(frozen=True)
class Way:
    """How one kind of matter is read and given."""

    matter: Callable[[str, bool], Matter | None]
    claim: Callable[[str, User], None]


_ways: dict[str, Way] = {}


def register(
    subject_type: str, *, matter: Callable[[str, bool], Matter | None], claim: Callable[[str, User], None]
) -> None:
    """Let a kind be handed in.

    Args:
        subject_type: as in the ledger.
        matter: of an id; the flag says whether the ticket is the only key to it.
        claim: gives it to an account, in the transaction that uses up the code.
    """
    _ways[subject_type] = Way(matter, claim)


def way_of(subject_type: str) -> Way | None:
    """How this kind is read and given."""
    return _ways.get(subject_type)
