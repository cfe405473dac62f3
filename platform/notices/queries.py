"""What the inbox and its settings read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core import paging
from core.paging import Slice
from notices.domain.digests import Cadence
from notices.kinds import Kind, Words, all_kinds, kind_of
from notices.models import Notice, Preference, PushDevice

PAGE = 20
# Beyond this the header says "99+".
COUNTED = 100


@dataclass(frozen=True)
class Choice:
    """How a person wants one kind of news.

    Args:
        mail: how soon by e-mail.
        push: whether by push message.
    """

    mail: Cadence
    push: bool


@dataclass(frozen=True)
class Line:
    """A notice in the list; without words when it may no longer be read."""

    notice: Notice
    words: Words | None


@dataclass(frozen=True)
class Inbox:
    """One page of it.

    Args:
        lines: newest first.
        page: the paging.
        newest: number of the newest notice on it; 0 on an empty one.
    """

    lines: list[Line]
    page: Slice[Notice]
    newest: int


def inbox(person: User, after: str) -> Inbox:
    """A page of the inbox: two queries and one for each kind of news on it."""
    rows = Notice.objects.filter(user=person).select_related("event")
    page = paging.page(rows, by="created", after=after, size=PAGE)
    words = words_of(page.rows, person)
    lines = [Line(notice, words.get(notice.pk)) for notice in page.rows]
    return Inbox(lines, page, max((notice.pk for notice in page.rows), default=0))


def own(person: User, number: int) -> Notice | None:
    """A notice of one's own."""
    if number >= 2**63:
        return None
    return Notice.objects.filter(user=person, pk=number).select_related("event").first()


def unread(person: User) -> int:
    """How many are new; counted up to 100. One query."""
    return Notice.objects.filter(user=person, read=None)[:COUNTED].count()


def words_of(notices: Iterable[Notice], reader: User) -> dict[int, Words]:
    """What the reader reads of these notices, by their number; one call for each kind."""
    by_kind: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.event.kind].append(notice)
    found: dict[int, Words] = {}
    for code, some in by_kind.items():
        kind = kind_of(code)
        said = kind.compose([notice.event.ref for notice in some], reader) if kind else {}
        found |= {notice.pk: said[notice.event.ref] for notice in some if notice.event.ref in said}
    return found


def choices_of(kind: Kind, people: Iterable[int]) -> dict[int, Choice]:
    """How these people want a kind of news. One query."""
    chosen: Any = Preference.objects.filter(kind=kind.code, user_id__in=list(people))
    kept = {person: _choice(kind, mail, push) for person, mail, push in chosen.values_list("user_id", "mail", "push")}
    usual = Choice(kind.cadence, kind.push)
    return {person: kept.get(person, usual) for person in people}


def all_choices_of(person: User) -> dict[str, Choice]:
    """How a person wants every kind of news. One query."""
    rows = Preference.objects.filter(user=person).values_list("kind", "mail", "push")
    kept = {code: (mail, push) for code, mail, push in rows}
    return {
        kind.code: _choice(kind, *kept[kind.code]) if kind.code in kept else Choice(kind.cadence, kind.push)
        for kind in all_kinds()
    }


def devices(person: User) -> int:
    """On how many browsers push messages are on."""
    return PushDevice.objects.filter(user=person).count()


def _choice(kind: Kind, mail: str, push: bool) -> Choice:
    # What was chosen before the kind had to arrive does not count.
    wanted = Cadence(mail)
    return Choice(wanted if wanted in kind.cadences else kind.cadence, push)
