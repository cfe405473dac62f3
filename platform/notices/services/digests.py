"""Digests: one mail for all the news of a day or a week, to those alone who have news."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import override

from accounts.models import User
from notices import links
from notices.composers import Mail
from notices.domain.digests import DIGESTS, Cadence, last_due
from notices.domain.quiet import JAKARTA
from notices.kinds import all_kinds
from notices.models import Delivery, Notice
from notices.queries import all_choices_of, words_of
from notices.services.delivery import queue_many

BATCH = 500
# News that one mail tells; the inbox has the rest.
MOST = 50


def send_digests(*, now: datetime) -> int:
    """Queue the digests that are due; for tick, safe to run twice or side by side.

    Returns:
        How many people get one.
    """
    return sum(_send(cadence, last_due(cadence, now), now) for cadence in DIGESTS)


def compose_digest(key: str) -> Mail | None:
    """The mail of one person; None when all was read in the meantime, or is no longer wanted by e-mail.

    Args:
        key: "<cadence>:<day>:<account>".
    """
    cadence, day, number = key.split(":")
    person = User.objects.filter(pk=int(number), is_active=True).exclude(email=None).first()
    if person is None or not person.email:
        return None
    mine = Notice.objects.filter(user=person, mail=cadence, digest_on=date.fromisoformat(day), read=None)
    chosen = all_choices_of(person)
    wanted = [kind.code for kind in all_kinds() if chosen[kind.code].mail != Cadence.OFF]
    with override(person.language):
        groups, more = _groups(mine.filter(event__kind__in=wanted), person)
        if not groups:
            return None
        context = {
            "groups": groups,
            "many": sum(len(group["lines"]) for group in groups) + more,
            "more": more,
            "weekly": cadence == Cadence.WEEKLY,
            "url": links.absolute(links.inbox()),
        } | links.ways_out(person.pk)
    return Mail(person.email, person.language, "notices/digest", context, unsubscribe=f"{person.pk}:{links.ALL}")


def _send(cadence: Cadence, due: datetime, now: datetime) -> int:
    day = due.astimezone(JAKARTA).date()
    waiting = Notice.objects.filter(mail=cadence, digest_on=None, created__lt=due)
    last, many = 0, 0
    while True:
        people = waiting.filter(user_id__gt=last).order_by("user_id").values_list("user_id", flat=True).distinct()
        batch = list(people[:BATCH])
        if not batch:
            return many
        many += _queue(cadence, day, batch, due, now)
        last = batch[-1]


@transaction.atomic
def _queue(cadence: Cadence, day: date, batch: list[int], due: datetime, now: datetime) -> int:
    keys = {f"{cadence}:{day.isoformat()}:{person}": person for person in batch}
    # Who has had the digest of this day gets what was late for it with the next one.
    had = set(Delivery.objects.filter(scope="digest", key__in=keys).values_list("key", flat=True))
    fresh = [key for key in keys if key not in had]
    people = [keys[key] for key in fresh]
    mine = Notice.objects.filter(mail=cadence, digest_on=None, created__lt=due, user_id__in=people)
    mine.update(digest_on=day)
    queue_many(scope="digest", keys=fresh, at=now)
    return len(fresh)


def _groups(rows: Any, person: User) -> tuple[list[dict[str, Any]], int]:
    """News by subject, and how many more there are than are told."""
    ordered = rows.select_related("event").order_by("event__subject_type", "event__subject_key", "event__at", "pk")
    found = list(ordered[:MOST])
    more = rows.count() - MOST if len(found) == MOST else 0
    words = words_of(found, person)
    groups = []
    told = [notice for notice in found if notice.pk in words]
    for _subject, notices in groupby(told, key=lambda notice: (notice.event.subject_type, notice.event.subject_key)):
        news = [(notice, words[notice.pk]) for notice in notices]
        groups.append(
            {
                "title": news[0][1].title,
                "url": links.absolute(news[0][1].link),
                "lines": [{"sentence": said.sentence, "at": notice.event.at} for notice, said in news],
            }
        )
    return groups, max(more, 0)
