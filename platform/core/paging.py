"""Keyset paging: the next page costs the same however deep the reader is."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[M]):
    """One page of a list, newest first.

    Args:
        rows: what to show.
        next_cursor: text for `?after=`; empty on the last page.
        is_first: whether no cursor was given.
    """

    rows: list[M]
    next_cursor: str
    is_first: bool


def encode(moment: datetime, pk: int) -> str:
    """A cursor that stands behind the row with this sort key."""
    return urlsafe_b64encode(f"{moment.isoformat()}|{pk}".encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, int] | None:
    """The sort key of a cursor; None when it is not one of ours (then the first page is shown)."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, pk = text.split("|")
        parsed = datetime.fromisoformat(moment)
        return (parsed, int(pk)) if parsed.tzinfo and 0 <= int(pk) < 2**63 else None
    except (ValueError, UnicodeDecodeError):
        return None


def page(rows: QuerySet[M], *, by: str, after: str, size: int) -> Slice[M]:
    """Cut a page from rows ordered newest first by (`by`, pk).

    Args:
        rows: the whole list, unordered.
        by: name of the datetime column that orders it.
        after: the cursor from the address; anything unreadable means the first page.
        size: rows on a page.
    """
    key = decode(after) if after else None
    if key:
        moment, pk = key
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment, "pk__lt": pk}))
    found: list[Any] = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    shown = found[:size]
    last = encode(getattr(shown[-1], by), shown[-1].pk) if len(found) > size else ""
    return Slice(rows=shown, next_cursor=last, is_first=key is None)
