from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Delivery(models.Model):
    """One e-mail about one thing; its key makes whatever runs twice send once.

    Address and text are looked up when the mail goes out and are not kept here.
    """

    class State(models.TextChoices):
        # A task may take it.
        QUEUED = "queued"
        # Failed for now; tick queues it again when it is due.
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
