"""Machine work on photos: sizes, and clearing away what nobody kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import retention
from core.tasks import enqueue_on_commit, task
from core.ticks import every_tick
from photos import errors, services
from photos.domain import limits
from photos.models import Photo, PhotoState

UNATTACHED = retention.keep(
    "photos.unattached",
    what=_("Uploaded photo that belongs to no report"),
    period=timedelta(hours=limits.KEEP_UNATTACHED_HOURS),
    then=_("after it was sent"),
    job="photos.sweep",
)
SWEEP_BATCH = 200
_LOST_AFTER = timedelta(minutes=15)


# Before mails: a proof waits for it, and a slow mail server must not hold it up.
@task("photos.process", priority=20)
def process(photo_id: str) -> None:
    """Make the sizes of a photo. Safe to run twice; a photo that cannot be decoded becomes refused."""
    photo = Photo.objects.filter(pk=photo_id, state=PhotoState.RECEIVED).first()
    if photo is None:
        return
    try:
        with photo.original.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        Photo.objects.filter(pk=photo_id, state=PhotoState.RECEIVED).update(
            state=PhotoState.REFUSED, refusal=errors.GONE
        )
        return
    services.prepare(photo=photo, data=data)


@every_tick("photos.retry", minutes=15)
def retry(now: datetime) -> int:
    """Ask again for photos whose task was lost (a worker that died, a storage that was away)."""
    waiting = Photo.objects.filter(state=PhotoState.RECEIVED, created__lt=now - _LOST_AFTER)
    ids = list(waiting.order_by("created").values_list("pk", flat=True)[:SWEEP_BATCH])
    for pk in ids:
        enqueue_on_commit("photos.process", str(pk))
    return len(ids)


@every_tick("photos.sweep", minutes=10)
def sweep(now: datetime) -> int:
    """Remove photos that were sent more than 48 hours ago and belong to nothing, rows first."""
    before = UNATTACHED.before(now)
    removed = 0
    while True:
        with transaction.atomic():
            # Locked, so that a form that is sent this moment either keeps its photos or learns that they are gone.
            left_over = Photo.objects.select_for_update().filter(attached=False, created__lt=before)
            photos = list(left_over.order_by("created")[:SWEEP_BATCH])
            Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
        for photo in photos:
            services.delete_files(photo)
        removed += len(photos)
        if len(photos) < SWEEP_BATCH:
            return removed
