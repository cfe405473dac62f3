from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notices.domain.digests import DIGESTS, Cadence

# As plain text, so that migrations know no class of ours.
CADENCES = [each.value for each in Cadence]
BY_DIGEST = [each.value for each in DIGESTS]


class Delivery(models.Model):
    """One e-mail or push message about one thing; its key makes whatever runs twice send once.

    Address and text are looked up when it goes out and are not kept here.
    """

    class State(models.TextChoices):
        # A task may take it.
        QUEUED = "queued"
        # For later, or failed for now; tick queues it when it is due.
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        # Nothing to send any more: unsubscribed, erased, withdrawn.
        DROPPED = "dropped"
        FAILED = "failed"

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Attempts of which nobody knows whether the mail got out; there is never a third.
    uncertain = models.PositiveSmallIntegerField(default=0)
    # When tick looks after it: the next attempt, or the end of patience with one that is running.
    due = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(auto_now_add=True)
    sent = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_delivery_per_key"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "waiting", "sending", "sent", "dropped", "failed"]),
                name="delivery_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["due"], name="delivery_open", condition=Q(state__in=["queued", "waiting", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class Event(models.Model):
    """Something happened: a kind and a reference of ids, no words."""

    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=60)
    # News of the same subject stand together in a digest.
    subject_type = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    # It answers what the person did just now: it does not wait for the morning.
    prompt = models.BooleanField(default=False)
    # When everybody had been told; tick gives those to the task again whose task was lost.
    told = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="event_once")]
        indexes = [
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["at"], name="event_to_tell", condition=Q(told=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Notice(models.Model):
    """An event in the inbox of one person."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True)
    # How it goes out by e-mail, as the person wanted it when it came.
    mail = models.CharField(max_length=8, choices=[(each, each) for each in CADENCES], default=Cadence.OFF.value)
    # The day of the digest that has it.
    digest_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="notice_once_per_person"),
            models.CheckConstraint(condition=Q(mail__in=CADENCES), name="notice_mail_known"),
        ]
        indexes = [
            models.Index(fields=["user", "-created", "-id"], name="notice_inbox"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read=None)),
            models.Index(
                fields=["mail", "user", "created"],
                name="notice_for_digest",
                condition=Q(digest_on=None, mail__in=BY_DIGEST),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} for {self.user_id}"


class Preference(models.Model):
    """How a person wants one kind of news; without a row as the kind has it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    mail = models.CharField(max_length=8, choices=[(each, each) for each in CADENCES])
    push = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once"),
            models.CheckConstraint(condition=Q(mail__in=CADENCES), name="preference_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class PushDevice(models.Model):
    """A browser that takes push messages for a person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1_000)
    # SHA-256 of the address, in hex: an index over the address itself would be too wide for some databases.
    digest = models.CharField(max_length=64, unique=True)
    point = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    # The sign-in that it came with: when that ends, wherever from, so do the messages. A family may share a phone.
    session_key = models.CharField(max_length=40, default="")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["user", "created"], name="push_device_of")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.digest[:8]}"
