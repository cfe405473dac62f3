"""Telling people what happened: an event is kept once, a task puts it into the inboxes of those whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from core import retention
from core.retention import Months
from core.tasks import enqueue_on_commit
from live import topics
from live.services import publish_on_commit
from notices import links
from notices.composers import Mail
from notices.domain.digests import Cadence
from notices.domain.quiet import send_at
from notices.domain.retries import SILENCE
from notices.kinds import Kind, kind_of, people_of
from notices.models import Delivery, Event, Notice, PushDevice
from notices.queries import choices_of, words_of
from notices.services.delivery import queue_many

# People in one transaction of a fan-out.
BATCH = 500
NEWS = retention.keep(
    "notices.news",
    what=_("News in your inbox, and which e-mails were sent"),
    period=Months(12),
    then=_("after they came"),
    job="notices.forget",
)


@transaction.atomic
def tell(*, kind: str, ref: str, subject: tuple[str, str], at: datetime | None = None, prompt: bool = False) -> Event:
    """Tell whom it concerns that something happened, after this transaction; the same again does nothing.

    Args:
        kind: a registered kind of news; it knows who hears of it and what they read.
        ref: which event, of ids and codes; unique for the kind, at most 60 characters.
        subject: type and key of what it is about; news of one subject stand together in a digest.
        at: when it happened; now by default.
        prompt: it answers what the person did just now, and goes out at night, too.

    Raises:
        ValueError: nobody registered the kind.
    """
    if kind_of(kind) is None:
        raise ValueError(f"no such kind of news: {kind}")
    values: dict[str, Any] = {
        "subject_type": subject[0],
        "subject_key": subject[1],
        "at": at or timezone.now(),
        "prompt": prompt,
    }
    event, new = Event.objects.get_or_create(kind=kind, ref=ref, defaults=values)
    if new:
        enqueue_on_commit("notices.fan_out", event.pk)
    return event


def fan_out(*, event_id: int) -> int:
    """Put an event into the inboxes of its audience, in batches; for the task, safe to run twice or side by side.

    Returns:
        How many people it concerns; 0 when all had been told before.
    """
    event = Event.objects.filter(pk=event_id, told=None).first()
    kind = kind_of(event.kind) if event else None
    if event is None or kind is None:
        return 0
    many = 0
    for batch in _batches(people_of(kind, event.ref)):
        _put(event, kind, batch)
        many += len(batch)
    Event.objects.filter(pk=event_id).update(told=timezone.now())
    return many


def lost_events(*, now: datetime) -> list[int]:
    """Events whose fan-out did not come to its end; for tick, which gives them to the task again."""
    lost = Event.objects.filter(told=None, at__lt=now - SILENCE).order_by("at")
    return list(lost.values_list("pk", flat=True)[:BATCH])


def forget_old(*, now: datetime) -> int:
    """Remove events older than a year with their notices, and deliveries that are as old; for tick.

    Returns:
        How many events.
    """
    old = list(Event.objects.filter(at__lt=NEWS.before(now)).order_by("at").values_list("pk", flat=True)[:BATCH])
    Event.objects.filter(pk__in=old).delete()
    done = Delivery.objects.filter(state__in=["sent", "dropped", "failed"], created__lt=NEWS.before(now)).order_by("pk")
    Delivery.objects.filter(pk__in=list(done.values_list("pk", flat=True)[:BATCH])).delete()
    return len(old)


def compose_notice(key: str) -> Mail | None:
    """The mail of one notice; None when it was read, is no longer wanted by e-mail, or may no longer be told.

    Args:
        key: number of the notice.
    """
    notice = Notice.objects.select_related("event", "user").filter(pk=int(key), read=None).first()
    kind = kind_of(notice.event.kind) if notice else None
    if notice is None or kind is None or not notice.user.email or not notice.user.is_active:
        return None
    if choices_of(kind, [notice.user_id])[notice.user_id].mail != Cadence.AT_ONCE:
        return None
    with override(notice.user.language):
        mail = kind.mail(notice.event.ref, notice.user) if kind.mail else _usual_mail(notice)
        if mail is None:
            return None
        context = mail.context | links.ways_out(notice.user_id, kind)
    return replace(mail, context=context, unsubscribe=None if kind.because else f"{notice.user_id}:{kind.code}")


def _usual_mail(notice: Notice) -> Mail | None:
    words = words_of([notice], notice.user).get(notice.pk)
    if words is None:
        return None
    context = {"words": words, "url": links.absolute(words.link)}
    return Mail(notice.user.email or "", notice.user.language, "notices/notice", context)


def _batches(people: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(people)
    while batch := list(islice(rest, BATCH)):
        yield batch


@transaction.atomic
def _put(event: Event, kind: Kind, batch: list[int]) -> None:
    now = timezone.now()
    addresses = dict(User.objects.filter(pk__in=batch, is_active=True).values_list("pk", "email"))
    choices = choices_of(kind, addresses)
    rows = [
        Notice(event=event, user_id=person, created=now, mail=choices[person].mail if address else Cadence.OFF)
        for person, address in addresses.items()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    # Those of an earlier run that broke off are among them: what is queued again is queued once.
    kept = list(Notice.objects.filter(event=event, user_id__in=addresses).values_list("pk", "user_id", "mail"))
    at = send_at(now) if settings.QUIET_HOURS and not event.prompt else now
    queue_many(scope="notice", keys=[str(pk) for pk, _person, mail in kept if mail == Cadence.AT_ONCE], at=at)
    buzzing = {person: pk for pk, person, _mail in kept if choices[person].push}
    devices = PushDevice.objects.filter(user_id__in=buzzing).values_list("pk", "user_id")
    for some in _pieces([f"{buzzing[person]}:{device}" for device, person in devices]):
        queue_many(scope="push", keys=some, at=at)
    for person in addresses:
        publish_on_commit(topics.inbox(person))


def _pieces(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
