"""Copies that people take of their data, and what they agreed to. What is erased leaves no row here."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q


def private_storage() -> Storage:
    """Where copies lie until they are fetched: never below a public address."""
    return storages["copies"]


def copy_path(copy: Any, filename: str) -> str:
    return f"{copy.pk.hex}.zip"


class CopyState(models.TextChoices):
    QUEUED = "queued"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


class DataCopy(models.Model):
    """A copy of everything about one person; one at a time, kept for seven days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_copy")
    state = models.CharField(max_length=8, choices=CopyState.choices, default=CopyState.QUEUED)
    # Sections and files written, of how many.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=private_storage, upload_to=copy_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CopyState.values), name="copy_state_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="copy_not_more_than_all"),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(file=""), name="ready_copy_has_a_file"),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"


class Consent(models.Model):
    """Somebody said yes to a text, or took it back; the newest row of a kind counts. A trigger refuses changes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    agreed = models.BooleanField()
    # The desk where it was said aloud; empty for the person's own hand.
    office = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "-at"], name="consent_newest")]

    def __str__(self) -> str:
        return f"consent {self.pk}"
