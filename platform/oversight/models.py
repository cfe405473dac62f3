"""Accounts that were closed, and checks of the whole ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why an account is closed."""

    ABUSE = "abuse", _("Insults, threats or hatred")
    ADVERTISING = "advertising", _("Advertising, or the same thing many times")
    FALSE = "false", _("False reports, knowingly")
    PRETENDING = "pretending", _("Pretends to be somebody else or an office")
    SECOND = "second", _("A second account of the same person")
    TAKEN = "taken", _("The account is in the wrong hands")


class Closure(models.Model):
    """An account that may not be used, for a time or until it is opened again. What it wrote stays."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    # Read by the person, and by the auditor.
    words = models.CharField(max_length=500)
    office = models.CharField(max_length=200, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)
    # First day on which it is open again.
    until = models.DateField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(reopened_at=None), name="an_account_is_closed_once"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="closure_reason_known"),
            models.CheckConstraint(condition=~Q(words=""), name="closure_says_why"),
        ]
        indexes = [
            models.Index(fields=["-closed_at", "-id"], name="closure_newest"),
            models.Index(fields=["until"], condition=Q(reopened_at=None), name="closure_until"),
        ]

    def __str__(self) -> str:
        return f"closure {self.pk}"


class CheckState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class LedgerCheck(models.Model):
    """One recomputation of every chain, with how far it is."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=CheckState.choices, default=CheckState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    first_broken = models.CharField(max_length=90, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="check_state_known"),
            models.CheckConstraint(condition=Q(broken__lte=F("done")), name="check_broken_were_looked_at"),
        ]

    def __str__(self) -> str:
        return f"ledger check {self.pk}"
