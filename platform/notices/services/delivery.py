"""Sending mail and push messages: queued with the act that they tell of, sent afterwards by a task.

How often does a mail arrive? Once, as a rule. A delivery is claimed by one conditional update, so
that of two workers one sends. What the mail server refuses was not sent and is tried again, up to
five times. When nobody knows (the process died or the line broke while sending), it is tried once
more and never a third time: at most twice, and both copies bear the same Message-ID, by which mail
programs show one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from smtplib import SMTPException, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import mail
from core.tasks import enqueue_on_commit
from notices import composers
from notices.domain.retries import SILENCE, pause_after
from notices.links import Subscription, unsubscribe_url
from notices.models import Delivery

log = logging.getLogger("rembuk.notices")
State = Delivery.State
BATCH = 5_000
# Deliveries of one task: few enough that a mail server at its slowest is through before they are taken for lost.
TOGETHER = 30


@transaction.atomic
def queue(*, scope: str, key: str) -> Delivery:
    """Have a mail sent once this transaction has committed; asking again for the same one does nothing.

    Args:
        scope: whose composer writes it, e.g. "report".
        key: what it is about, of ids and codes only; at most 120 characters.
    """
    now = timezone.now()
    # Until then the task has it; later tick takes it for lost.
    first_look = now + SILENCE
    delivery, made = Delivery.objects.get_or_create(scope=scope, key=key, defaults={"due": first_look})
    if made:
        _enqueue([delivery.pk])
    return delivery


@transaction.atomic
def queue_many(*, scope: str, keys: Sequence[str], at: datetime) -> None:
    """Have many messages sent: after this transaction, or later when `at` lies ahead. Again is harmless.

    Args:
        scope: whose composer writes them.
        keys: at most 500.
        at: not before.
    """
    now = timezone.now()
    if not keys:
        return
    state, due = (State.WAITING, at) if at > now else (State.QUEUED, now + SILENCE)
    rows = [Delivery(scope=scope, key=key, state=state, due=due) for key in keys]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if state == State.QUEUED:
        mine = Delivery.objects.filter(scope=scope, key__in=keys, state=State.QUEUED)
        _enqueue(mine.order_by("pk").values_list("pk", flat=True))


def _enqueue(deliveries: Iterable[int]) -> None:
    waiting = list(deliveries)
    for start in range(0, len(waiting), TOGETHER):
        enqueue_on_commit("notices.deliver", waiting[start : start + TOGETHER])


def deliver(*, delivery_id: int) -> bool:
    """Send a queued message, unless somebody else does; for the task. Returns whether this call sent it.

    Not one transaction: the claim must be seen by others before the mail server is asked.
    """
    if not _claim(delivery_id):
        return False
    delivery = Delivery.objects.get(pk=delivery_id)
    try:
        message = _message(delivery)
    except Exception:
        # A fault in a template must not stop the queue; the log formatter writes places, no values.
        log.exception("message could not be written", extra={"task": delivery.scope})
        return _not_sent(delivery)
    if message is None:
        Delivery.objects.filter(pk=delivery_id).update(state=State.DROPPED)
        return False
    try:
        message.send()
    except (SMTPServerDisconnected, TimeoutError) as error:
        log.warning("message may be lost: %s", type(error).__name__, extra={"task": delivery.scope})
        return _not_sent(delivery, uncertain=True)
    except (SMTPException, OSError) as error:
        # The text of the exception would hold the address.
        log.warning("message not sent: %s", type(error).__name__, extra={"task": delivery.scope})
        return _not_sent(delivery)
    Delivery.objects.filter(pk=delivery_id).update(state=State.SENT, sent=timezone.now())
    return True


def requeue_due(*, now: datetime) -> int:
    """Give what waits or was left lying to the task again; for tick. Returns how many."""
    due = Delivery.objects.filter(due__lte=now)
    silent = due.filter(state=State.SENDING)
    silent.filter(uncertain__gte=1).update(state=State.FAILED)
    silent.update(state=State.WAITING, uncertain=F("uncertain") + 1)
    # Those still queued belong to a task that was lost; the claim keeps a late one from sending twice.
    waiting = due.filter(state__in=[State.WAITING, State.QUEUED]).order_by("due")
    keys = list(waiting.values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        open_still = Delivery.objects.filter(pk__in=keys, state__in=[State.WAITING, State.QUEUED])
        open_still.update(state=State.QUEUED, due=now + SILENCE)
        _enqueue(keys)
    return len(keys)


def unsubscribe(*, subscription: Subscription) -> str | None:
    """Stop the mails that a link stands for. Returns the sentence that says so; None when nobody knows the scope."""
    stop = composers.unsubscriber(subscription.scope)
    return stop(subscription.key) if stop else None


def _claim(delivery_id: int) -> bool:
    mine = Delivery.objects.filter(pk=delivery_id, state=State.QUEUED)
    return bool(mine.update(state=State.SENDING, attempts=F("attempts") + 1, due=timezone.now() + SILENCE))


def _not_sent(delivery: Delivery, *, uncertain: bool = False) -> bool:
    pause = pause_after(delivery.attempts)
    unknown = delivery.uncertain + uncertain
    gives_up = pause is None or unknown > 1
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.FAILED if gives_up else State.WAITING,
        uncertain=unknown,
        due=timezone.now() + (pause or SILENCE),
    )
    return False


def _message(delivery: Delivery) -> composers.Message | None:
    written = composers.composer(delivery.scope)(delivery.key)
    return _mail(delivery, written) if isinstance(written, composers.Mail) else written


def _mail(delivery: Delivery, written: composers.Mail) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<delivery-{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    context = dict(written.context)
    if written.unsubscribe is not None:
        url = unsubscribe_url(Subscription(delivery.scope, written.unsubscribe))
        # RFC 8058: the mail program unsubscribes with one POST, without opening a page.
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        context["unsubscribe_url"] = url
    return mail.build(written.template, to=written.to, language=written.language, context=context, headers=headers)
