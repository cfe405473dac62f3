"""What the pages of a discussion read: the same number of queries for three comments and for ten thousand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.offices import Person
from core.paging import Slice, page
from discussion.domain.kinds import Kind
from discussion.models import Case, Following, Mute, Revision, State, ThreadComment, Topic
from support import queries as support

THREADS = 20
ON_ITEM = 5
# Of a thread in a list: its first reply and what offices answered; the rest on demand.
FIRST_REPLIES = 1
REPLIES = 50


class Sort(StrEnum):
    """In which order threads are read, as it stands in the address."""

    NEWEST = "terbaru"
    HELPFUL = "membantu"
    OLDEST = "terlama"
    OFFICES = "instansi"
    QUESTIONS = "pertanyaan"


@dataclass
class Shown:
    """A comment as this viewer sees it.

    Args:
        comment: with author and photo.
        helps: whether the viewer said that it helps.
        replies: those below it that are shown with it, official answers first.
        more: how many public replies of a thread are not shown.
        closed: whether nobody answers in its thread any more.
        revisions: what an edited one said before; on the page of its thread.
    """

    comment: ThreadComment
    helps: bool = False
    is_own: bool = False
    replies: list[Shown] = field(default_factory=list)
    more: int = 0
    revisions: list[Revision] = field(default_factory=list)
    closed: bool = False

    @property
    def key(self) -> str:
        """The key of the comment, as it stands in addresses."""
        return str(self.comment.pk)

    @property
    def thread_key(self) -> str:
        """The key of the thread, as it stands in addresses."""
        return str(self.comment.root_id or self.comment.pk)

    @property
    def anchor(self) -> str:
        """The name of its place on a page."""
        return self.comment.anchor

    @property
    def who(self) -> str:
        """Who says it, as the public reads it."""
        author = self.comment.author
        return self.comment.office or (author.nickname if author else gettext("former resident"))

    @property
    def iso(self) -> str:
        """When, for machines."""
        return self.comment.created.isoformat()

    @property
    def helps_words(self) -> str:
        """How many people it helps, in words."""
        count = self.comment.helpful
        return ngettext("helps %(count)s person", "helps %(count)s people", count) % {"count": count}

    @property
    def is_readable(self) -> bool:
        """Whether its text is shown: public, or one's own that waits or was hidden."""
        state = self.comment.state
        return state == State.PUBLIC or (self.is_own and state in (State.WAITING, State.HIDDEN))


@dataclass(frozen=True)
class Threads:
    """A page of threads."""

    topic: Topic
    sort: Sort
    shown: list[Shown]
    next_cursor: str
    is_first: bool


@dataclass(frozen=True)
class Thread:
    """One thread with a page of its replies."""

    root: Shown
    next_place: str


_PLACE = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


def topic_of(item: Model) -> Topic:
    """The topic of an item; an empty one that is not stored while nobody has written."""
    key = {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}
    return Topic.objects.filter(**key).first() or Topic(**key)


def read_sort(text: str) -> Sort:
    """The order of an address; anything else is the newest first."""
    return Sort(text) if text in set(Sort) else Sort.NEWEST


def threads(topic: Topic, viewer: Person, *, sort: Sort = Sort.NEWEST, after: str = "", size: int = THREADS) -> Threads:
    """A page of an item's threads: three queries, one more for an account.

    Args:
        topic: of the item.
        viewer: whoever reads.
        sort: in which order; OFFICES lists what offices said, QUESTIONS those without an answer.
        after: cursor.
        size: threads on a page.
    """
    if topic.pk is None:
        return Threads(topic, sort, [], "", is_first=True)
    rows = _rows().filter(topic=topic)
    if sort is Sort.OFFICES:
        rows = rows.filter(kind=Kind.ANSWER, state=State.PUBLIC)
    else:
        rows = rows.filter(_is_seen(viewer), root=None)
    if sort is Sort.QUESTIONS:
        rows = rows.filter(kind=Kind.QUESTION, answered=None)
    by = "helpful" if sort is Sort.HELPFUL else "created"
    cut: Slice[ThreadComment] = page(rows, by=by, after=after, size=size, newest_first=sort is not Sort.OLDEST)
    roots = [comment for comment in cut.rows if comment.root_id is None]
    replies = _first_replies(roots, viewer)
    everything = [*cut.rows, *(reply for its in replies.values() for reply in its)]
    seen = _as_seen(everything, viewer)
    shown = [seen[comment.pk] for comment in cut.rows]
    for one in shown:
        its = replies.get(one.comment.pk, [])
        one.replies = [seen[reply.pk] for reply in its]
        _close(one)
        one.more = max(0, one.comment.public_replies - sum(reply.state == State.PUBLIC for reply in its))
    return Threads(topic, sort, shown, cut.next_cursor, cut.is_first)


def thread(root: ThreadComment, viewer: Person, *, after: str = "") -> Thread:
    """One thread in its order, a page of replies at a time: two queries, one more for an account.

    Args:
        root: the first comment.
        viewer: whoever reads.
        after: "branch.place" of the last reply that was shown; anything unreadable is the first page.
    """
    rows = _rows().filter(_is_seen(viewer), root=root)
    if match := _PLACE.fullmatch(after):
        branch, place = int(match[1]), int(match[2])
        rows = rows.filter(Q(branch__gt=branch) | Q(branch=branch, place__gt=place))
    found = list(rows.order_by("branch", "place")[: REPLIES + 1])
    cut = found[:REPLIES]
    seen = _as_seen([root, *cut], viewer)
    for revision in Revision.objects.filter(comment__in=seen).order_by("written", "pk"):
        seen[revision.comment_id].revisions.append(revision)
    shown = seen[root.pk]
    shown.replies = [seen[reply.pk] for reply in cut]
    _close(shown)
    return Thread(shown, f"{cut[-1].branch}.{cut[-1].place}" if len(found) > REPLIES else "")


def before(reply: ThreadComment) -> str:
    """The part of an address that opens a thread where a reply stands; "" where that is its first page."""
    earlier = Q(branch__lt=reply.branch) | Q(branch=reply.branch, place__lt=reply.place)
    stands_after = ThreadComment.objects.filter(earlier, root=reply.root_id).count()
    return f"?sesudah={reply.branch}.{reply.place - 1}" if stands_after >= REPLIES else ""


def comment_of(topic: Topic, pk: int, viewer: Person) -> ThreadComment | None:
    """A comment of an item that the viewer may read; None for all others."""
    return _rows().filter(_is_seen(viewer), topic=topic, pk=pk).first() if topic.pk else None


def open_questions(kind: ContentType, items: QuerySet[Any, Any]) -> QuerySet[ThreadComment]:
    """Questions that wait for an answer under these items, for the desk of their offices.

    Args:
        kind: of the items.
        items: a query of their keys.
    """
    rows = ThreadComment.objects.filter(kind=Kind.QUESTION, answered=None, state=State.PUBLIC)
    return rows.filter(topic__content_type=kind, topic__object_id__in=items)


def last_decision(comment: ThreadComment) -> Case | None:
    """What moderators decided last about a comment."""
    return Case.objects.filter(comment=comment).exclude(decided=None).order_by("-decided").first()


def muted_until(person: User) -> datetime | None:
    """Until when somebody may not write; None for everybody else."""
    now = timezone.now()
    return Mute.objects.filter(user=person, until__gt=now).order_by("-until").values_list("until", flat=True).first()


def follows(topic: Topic, viewer: Person) -> bool:
    """Whether the viewer hears of what is new there."""
    if topic.pk is None or not viewer.is_authenticated:
        return False
    return Following.objects.filter(topic=topic, user_id=viewer.pk).exists()


def _rows() -> QuerySet[ThreadComment]:
    return ThreadComment.objects.select_related("author", "photo")


def _is_seen(viewer: Person) -> Q:
    """Public ones, what others have answered (as an empty place), and one's own that wait or were hidden."""
    seen = Q(state=State.PUBLIC) | Q(state__in=[State.HIDDEN, State.WITHDRAWN], public_replies__gt=0)
    return seen | Q(state__in=[State.WAITING, State.HIDDEN], author=viewer) if isinstance(viewer, User) else seen


def _first_replies(roots: list[ThreadComment], viewer: Person) -> dict[int, list[ThreadComment]]:
    """Of each thread what offices answered to it, then the first replies; one query."""
    answered = [root.pk for root in roots if root.places_taken]
    if not answered:
        return {}
    rows = _rows().filter(_is_seen(viewer), Q(place__lte=FIRST_REPLIES) | Q(kind=Kind.ANSWER), root__in=answered)
    found: defaultdict[int, list[ThreadComment]] = defaultdict(list)
    for reply in rows.order_by("root", "branch", "place")[: THREADS * REPLIES]:
        found[reply.root_id or 0].append(reply)
    return {key: sorted(its, key=lambda reply: not _is_pinned(reply)) for key, its in found.items()}


def _close(thread: Shown) -> None:
    """Where the first comment is closed or gone, nothing in the thread can be answered."""
    root = thread.comment
    for one in (thread, *thread.replies):
        one.closed = root.root_id is None and (root.locked or root.state != State.PUBLIC)


def _is_pinned(reply: ThreadComment) -> bool:
    """What an office answered to the thread itself stands first; deeper, it stands where it answers."""
    return reply.kind == Kind.ANSWER and reply.above_id == reply.root_id


def _as_seen(comments: Iterable[ThreadComment], viewer: Any) -> dict[int, Shown]:
    listed = list(comments)
    helped = support.supported_by(viewer, listed)
    return {
        comment.pk: Shown(
            comment=comment,
            helps=comment.pk in helped,
            is_own=viewer.is_authenticated and comment.author_id == viewer.pk,
        )
        for comment in listed
    }
