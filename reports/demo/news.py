"""What stands in the inboxes of the demo's cast: the steps of their own reports and of those that they follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from accounts.models import User
from notices.models import Event, Notice
from reports import mails, news
from reports.models import Follow, ReportStep

EACH = 25
STILL_NEW = 3


def seed_news(people: Iterable[User]) -> None:
    """Put the newest steps into the inboxes; all but three of each have been read. No mail goes out."""
    events: dict[tuple[str, int], Event] = {}
    notices: defaultdict[tuple[str, int], list[Notice]] = defaultdict(list)
    for person in people:
        for place, step in enumerate(_steps_for(person)):
            mine = step.report.reporter_id == person.pk
            key = (news.kinds_of(step)[0] if mine else news.FOLLOWED, step.pk)
            events.setdefault(key, _event(key[0], step))
            read = None if place < STILL_NEW else step.at + timedelta(minutes=9)
            notices[key].append(Notice(user=person, created=step.at, read=read))
    Event.objects.bulk_create(events.values())
    for key, some in notices.items():
        for notice in some:
            notice.event = events[key]
    Notice.objects.bulk_create(notice for some in notices.values() for notice in some)


def _steps_for(person: User) -> Iterable[ReportStep]:
    followed = Follow.objects.filter(user=person).values("report")
    seen = Q(report__reporter=person) | Q(report__in=followed, report__public=True)
    steps = ReportStep.objects.filter(seen).exclude(name__in=mails.NEVER).exclude(actor=person)
    return steps.select_related("report").order_by("-at", "-pk")[:EACH]


def _event(kind: str, step: ReportStep) -> Event:
    about = {"subject_type": "report", "subject_key": step.report.number}
    return Event(kind=kind, ref=str(step.pk), at=step.at, told=step.at, **about)
