"""Keyset paging: the next page costs the same however deep the reader is."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import IntegerField, Model, Q, QuerySet

M = TypeVar("M", bound=Model)
# What fits a column of the database; years that stay years in every time zone.
MOST = 2**63
YEARS = range(1970, 2201)


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


def encode(value: datetime | int, pk: int) -> str:
    """A cursor that stands behind the row with this sort key."""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return urlsafe_b64encode(f"{text}|{pk}".encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime | int, int] | None:
    """The sort key of a cursor; None when it is not one of ours (then the first page is shown)."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        first, pk = text.split("|")
        value = _value(first)
        return (value, int(pk)) if 0 <= int(pk) < MOST else None
    except (ValueError, UnicodeDecodeError):
        return None


def _value(text: str) -> datetime | int:
    if text.isascii() and text.isdecimal() and int(text) < MOST:
        return int(text)
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo or moment.year not in YEARS:
        raise ValueError("not a moment of ours")
    return moment


def page(rows: QuerySet[M], *, by: str, after: str, size: int, newest_first: bool = True) -> Slice[M]:
    """Cut a page from rows ordered by (`by`, pk).

    Args:
        rows: the whole list, unordered.
        by: name of the column that orders it: a moment or a whole number.
        after: the cursor from the address; anything unreadable means the first page.
        size: rows on a page.
        newest_first: the largest first; False for the smallest.
    """
    key = decode(after) if after else None
    if key and isinstance(key[0], int) != isinstance(rows.model._meta.get_field(by), IntegerField):
        key = None
    sign, beyond = ("-", "lt") if newest_first else ("", "gt")
    if key:
        value, pk = key
        rows = rows.filter(Q(**{f"{by}__{beyond}": value}) | Q(**{by: value, f"pk__{beyond}": pk}))
    found: list[Any] = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    shown = found[:size]
    last = encode(getattr(shown[-1], by), shown[-1].pk) if len(found) > size else ""
    return Slice(rows=shown, next_cursor=last, is_first=key is None)
