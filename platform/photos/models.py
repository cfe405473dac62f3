"""Photos that people upload: the original is private, public sizes carry no metadata."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Where photos are kept: never under a public address."""
    return storages["photos"]


def original_path(photo: Photo, filename: str) -> str:
    return f"original/{photo.pk.hex[:2]}/{photo.pk}"


def size_path(photo: Any, filename: str) -> str:
    return f"{filename.split('.')[0]}/{photo.pk.hex[:2]}/{photo.pk}.jpg"


class PhotoState(models.TextChoices):
    RECEIVED = "received", _("being prepared")
    READY = "ready", _("ready")
    REFUSED = "refused", _("cannot be read")


class Photo(models.Model):
    """One uploaded picture and what is known of it.

    `batch` and `client_key` make an upload that is sent twice one photo; `dhash` values are 64-bit
    difference hashes in hex (16 characters), `dhash_mirror` of the mirrored picture.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField()
    client_key = models.UUIDField(default=uuid.uuid4)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=PhotoState.choices, default=PhotoState.RECEIVED)
    refusal = models.CharField(max_length=40, blank=True)
    original = models.FileField(storage=private_storage, upload_to=original_path, max_length=200)
    large = models.FileField(storage=private_storage, upload_to=size_path, max_length=200, blank=True)
    small = models.FileField(storage=private_storage, upload_to=size_path, max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    dhash = models.CharField(max_length=16, blank=True)
    dhash_mirror = models.CharField(max_length=16, blank=True)
    # The four 16-bit bands of dhash (domain.hashes.bands): what an index can look up.
    band_0 = models.PositiveIntegerField(null=True)
    band_1 = models.PositiveIntegerField(null=True)
    band_2 = models.PositiveIntegerField(null=True)
    band_3 = models.PositiveIntegerField(null=True)
    # From the camera, for the check of a proof alone; never shown.
    taken_at = models.DateTimeField(null=True)
    taken_lat = models.FloatField(null=True)
    taken_lng = models.FloatField(null=True)
    # Set by the app that owns it once everybody may see it.
    public = models.BooleanField(default=False)
    attached = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "client_key"], name="one_photo_however_often_sent"),
            models.CheckConstraint(condition=Q(state__in=PhotoState.values), name="photo_state_known"),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(width__isnull=False, height__isnull=False) & ~Q(large="") & ~Q(small=""),
                name="ready_photo_has_its_sizes",
            ),
        ]
        indexes = [
            models.Index(fields=["created"], condition=Q(attached=False), name="photo_left_over"),
            models.Index(fields=["created"], condition=Q(state="received"), name="photo_waiting"),
            *[models.Index(fields=[f"band_{band}", "created"], name=f"photo_band_{band}") for band in range(4)],
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_ready(self) -> bool:
        """Whether the public sizes exist."""
        return self.state == PhotoState.READY

    @property
    def small_url(self) -> str:
        """Address of the small size, at most 400 pixels wide and 12 kB."""
        return reverse("photos:size", args=[self.pk, "kecil"])

    @property
    def large_url(self) -> str:
        """Address of the large size, at most 1600 pixels."""
        return reverse("photos:size", args=[self.pk, "besar"])

    def files(self) -> list[FieldFile]:
        """The files that exist of it."""
        return [file for file in (self.original, self.large, self.small) if file]
