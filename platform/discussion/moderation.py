"""What the pages of moderation read: the queue, one case, and the public log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import User
from accounts.offices import units_of
from core.paging import Slice, page
from discussion import subjects
from discussion.domain import cases
from discussion.domain.cases import Decision, Reason
from discussion.models import REASON_LABELS, Case, State, ThreadComment
from discussion.rules import judge_of, moderating_offices
from discussion.services.cases import concerned

IN_QUEUE = 50
IN_LOG = 30
MONTHS = 12


@dataclass(frozen=True)
class Queue:
    """The open cases that a moderator may decide, what presses most first.

    Args:
        rows: at most fifty.
        more: how many others wait.
    """

    rows: list[Case]
    more: int


@dataclass(frozen=True)
class Opened:
    """One case with all that a moderator needs.

    Args:
        case: with its comment.
        item_title: what is talked about.
        item_url: its page.
        before: the comment that it answers.
        flags: how many for which reason.
        record: of the author: comments that are public, and that were hidden.
        may_judge: whether this moderator may decide.
    """

    case: Case
    item_title: str
    item_url: str
    before: ThreadComment | None
    flags: list[tuple[Any, int]]
    record: dict[str, int]
    may_judge: bool


@dataclass(frozen=True)
class Month:
    """Figures of one month for the public."""

    month: date
    decided: int
    hidden: int
    appealed: int
    restored: int


def open_cases(user: User) -> Queue:
    """The queue of a moderator: two queries."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by=user)
    own = (
        Q(comment__author=user)
        | Q(comment__above__author=user)
        | Q(comment__state=State.WITHDRAWN)
        | Q(comment__unit__in=units_of(user))
        | Q(comment__raised_flags__user=user)
    )
    decided = Q(first_by=user) | Q(appeals__decided_by=user) | Q(appeals__first_by=user)
    rows = _of_regions(user).filter(free, decided=None).exclude(own | decided).select_related("comment__author")
    found = list(rows.order_by("-priority", "opened")[: IN_QUEUE + 1])
    waiting = rows.count() if len(found) > IN_QUEUE else len(found)
    return Queue(found[:IN_QUEUE], waiting - min(len(found), IN_QUEUE))


def case_of(user: User, pk: int) -> Opened | None:
    """One case, open or decided; None outside the moderator's regions."""
    rows = _of_regions(user).select_related(
        "comment__author", "comment__above__author", "comment__photo", "comment__topic__content_type", "appeals"
    )
    case = rows.filter(pk=pk).first()
    if case is None:
        return None
    topic = case.comment.topic
    subject, item = subjects.of_type(topic.content_type), subjects.item_of(topic.content_type, topic.object_id)
    counted = Counter(case.comment.raised_flags.values_list("reason", flat=True))
    written = ThreadComment.objects.filter(author=case.comment.author_id) if case.comment.author_id else None
    states = dict(written.values_list("state").annotate(Count("pk"))) if written is not None else {}
    return Opened(
        case=case,
        item_title=subject.title(item) if subject and item else "",
        item_url=subject.url(item) if subject and item else "",
        before=case.comment.above,
        flags=[(REASON_LABELS[Reason(reason)], count) for reason, count in counted.most_common()],
        record={"public": states.get(State.PUBLIC, 0), "hidden": states.get(State.HIDDEN, 0)},
        may_judge=cases.may_judge(judge_of(user), concerned(case)),
    )


def log(*, after: str) -> Slice[Case]:
    """What moderators decided, newest first, for everybody: codes and days, no text and no people."""
    rows = Case.objects.exclude(decided=None).select_related("comment__topic__content_type", "appeals")
    return page(rows, by="decided", after=after, size=IN_LOG)


def months() -> list[Month]:
    """Figures of the last twelve months that have some, newest first; one query."""
    hidden, appealed = Q(decision=Decision.HIDDEN), Q(appeals__isnull=False)
    rows = (
        Case.objects.exclude(decided=None)
        .annotate(month=TruncMonth("decided"))
        .values("month")
        .annotate(
            all=Count("pk"),
            hidden=Count("pk", filter=hidden),
            appealed=Count("pk", filter=appealed),
            restored=Count("pk", filter=appealed & ~hidden),
        )
        .order_by("-month")[:MONTHS]
    )
    return [
        Month(timezone.localtime(row["month"]).date(), row["all"], row["hidden"], row["appealed"], row["restored"])
        for row in rows
    ]


def _of_regions(user: User) -> QuerySet[Case]:
    mine = Q(pk__in=())
    for office in moderating_offices(user):
        code = office.region.code if office.region else ""
        if "." not in code:
            return Case.objects.all()
        mine |= Q(region=code) | Q(region__startswith=f"{code}.")
    return Case.objects.filter(mine)
