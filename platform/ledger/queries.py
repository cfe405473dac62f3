"""Reading chains: one of them for its page, all of them to verify."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from itertools import groupby

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ledger.domain.chain import GENESIS, Break, Sealed, first_break
from ledger.models import Chain, Entry

CHUNK = 2000
SAME_SUBJECT = {"subject_type": OuterRef("subject_type"), "subject_id": OuterRef("subject_id")}


@dataclass(frozen=True)
class ChainView:
    """A subject's chain and whether it holds now.

    Args:
        entries: oldest first.
        head: the hash it ends with.
        broken: the first place where it does not hold.
    """

    entries: list[Entry]
    head: str
    broken: Break | None


@dataclass(frozen=True)
class Verified:
    """What verifying found of one subject."""

    subject_type: str
    subject_id: str
    entries: int
    broken: Break | None


def chain_of(subject_type: str, subject_id: str) -> ChainView | None:
    """The chain of one subject, checked: two queries; None when nothing was ever recorded."""
    end = Chain.objects.filter(subject_type=subject_type, subject_id=subject_id).first()
    entries = list(Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("seq"))
    if end is None and not entries:
        return None
    length, head = (end.length, end.head) if end else (0, GENESIS)
    return ChainView(entries, head, first_break((entry.sealed() for entry in entries), length, head))


def verify(subject_type: str = "", subject_id: str = "") -> Iterator[Verified]:
    """Check every chain, or those of one kind, or one; memory does not grow with the ledger.

    Entries and ends of chains come in one query, so that what is written meanwhile breaks nothing.

    Args:
        subject_type: only this kind.
        subject_id: only this subject of the kind.
    """
    wanted = {name: value for name, value in (("subject_type", subject_type), ("subject_id", subject_id)) if value}
    # Chains of which not even the first entry is left.
    empty = Chain.objects.filter(**wanted).filter(~Exists(Entry.objects.filter(**SAME_SUBJECT)), length__gt=0)
    for end in empty.iterator(chunk_size=CHUNK):
        yield Verified(end.subject_type, end.subject_id, 0, first_break((), end.length, end.head))
    ends = Chain.objects.filter(**SAME_SUBJECT)
    rows = Entry.objects.filter(**wanted).annotate(
        chain_length=Coalesce(Subquery(ends.values("length")), 0),
        chain_head=Subquery(ends.values("head")),
    )
    ordered = rows.order_by("subject_type", "subject_id", "seq").iterator(chunk_size=CHUNK)
    for (kind, key), group in groupby(ordered, key=lambda entry: (entry.subject_type, entry.subject_id)):
        yield _verified(kind, key, group)


def _verified(kind: str, key: str, group: Iterator[Entry]) -> Verified:
    first = next(group)
    count = 0

    def sealed() -> Iterator[Sealed]:
        nonlocal count
        for entry in joined([first], group):
            count += 1
            yield entry.sealed()

    broken = first_break(sealed(), first.chain_length, first.chain_head or GENESIS)  # type: ignore[attr-defined]  # annotated
    return Verified(kind, key, count + sum(1 for _ in group), broken)
