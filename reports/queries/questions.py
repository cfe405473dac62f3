"""Questions that citizens have asked under the reports of a desk and that nobody has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from discussion.models import ThreadComment
from discussion.queries import open_questions
from reports.domain.workflow import State
from reports.models import Report
from reports.queries.desk import Units

LISTED = 50


@dataclass(frozen=True)
class Question:
    """One question that waits.

    Args:
        comment: with its author.
        report: under which it was asked.
        days: since it was asked.
        late: whether the day on which it was due has passed.
    """

    comment: ThreadComment
    report: Report
    days: int
    late: bool


def count(units: Units) -> int:
    """How many questions wait for these units; one query."""
    return _waiting(units).count()


def waiting(units: Units) -> list[Question]:
    """The questions that wait, what is due first on top, at most fifty; two queries."""
    rows = _waiting(units).select_related("author", "topic").order_by("due", "created")
    comments = list(rows[:LISTED])
    reports = Report.objects.select_related("region").in_bulk([comment.topic.object_id for comment in comments])
    today = timezone.localdate()
    return [
        Question(
            comment=comment,
            report=reports[comment.topic.object_id],
            days=(today - timezone.localdate(comment.created)).days,
            late=(comment.due or date.max) < today,
        )
        for comment in comments
        if comment.topic.object_id in reports
    ]


def _waiting(units: Units) -> QuerySet[ThreadComment]:
    mine = Report.objects.filter(unit__in=units.keys, public=True).exclude(state=State.DUPLICATE)
    return open_questions(ContentType.objects.get_for_model(Report), mine.values("pk"))
