"""What people do with photos: send them; and what the owning app does: take, show, withdraw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from core.errors import DomainError
from core.tasks import enqueue_on_commit
from photos import errors, pictures
from photos.domain import hashes, limits
from photos.domain.formats import Flaw, FlawedFile
from photos.models import Photo, PhotoState

_NAME_LENGTH = 60


@dataclass(frozen=True)
class Received:
    """What became of the files of a plain form.

    Args:
        photos: those that were taken, in order.
        refusals: a refusal for each other file, to be shown beside the field.
    """

    photos: list[Photo]
    refusals: list[DomainError]


def receive(*, actor: AbstractBaseUser | None, upload: UploadedFile[Any], batch: UUID, client_key: UUID) -> Photo:
    """Take one file; the sizes are made by a task.

    Args:
        actor: who sends it; None for a guest.
        upload: the file; its name and content type are not believed.
        batch: the form that it belongs to.
        client_key: made by the sender, one for each file, so that sending twice is harmless.

    Returns:
        The photo; the same one when it was sent before.

    Raises:
        DomainError: too large, empty, not a whole picture of an accepted format, too many pixels
            or photos. Nothing is kept then.
    """
    sent_before = Photo.objects.filter(batch=batch, client_key=client_key).first()
    if sent_before:
        return sent_before
    data = _checked(upload)
    # Soft under parallel sends: the form's own limit is the owner's; this one only bounds a batch.
    if Photo.objects.filter(batch=batch).exclude(state=PhotoState.REFUSED).count() >= limits.MAX_IN_BATCH:
        raise _refusal(errors.TOO_MANY_PHOTOS, upload, limit=limits.MAX_IN_BATCH)
    photo = Photo(
        batch=batch,
        client_key=client_key,
        uploader_id=actor.pk if actor else None,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return _stored(photo, data)


def receive_all(*, actor: AbstractBaseUser | None, uploads: Iterable[UploadedFile[Any]], batch: UUID) -> Received:
    """Take the files of a form that was sent without JavaScript.

    The same file in the same batch is one photo, so a form that is sent again adds nothing.
    """
    taken: dict[UUID, Photo] = {}
    refusals = []
    for upload in uploads:
        try:
            photo = receive(actor=actor, upload=upload, batch=batch, client_key=_content_key(batch, upload))
            taken[photo.pk] = photo
        except DomainError as error:
            refusals.append(error)
    return Received(list(taken.values()), refusals)


@transaction.atomic
def attach(photos: Sequence[Photo], *, public: bool) -> None:
    """Give photos to what they belong to, so that they are kept.

    Args:
        photos: from `queries.in_batch` or `receive_all`.
        public: whether everybody may see them now.

    Raises:
        DomainError: one has been removed in the meantime.
    """
    ids = {photo.pk for photo in photos}
    if Photo.objects.filter(pk__in=ids).update(attached=True, public=public) != len(ids):
        raise DomainError(errors.GONE, field=errors.FIELD)
    for photo in photos:
        photo.attached, photo.public = True, public


def publish(photos: Iterable[Photo]) -> None:
    """Let everybody see these photos."""
    _set_public(photos, True)


def withdraw(photos: Iterable[Photo]) -> None:
    """Show these photos only to those who have an office for it; what browsers have kept stays there."""
    _set_public(photos, False)


def carry_over(photos: Iterable[Photo], *, batch: UUID) -> None:
    """Move photos that belong to nothing yet to another form; it takes them along when it gets a key of its own."""
    Photo.objects.filter(pk__in=[photo.pk for photo in photos], attached=False).update(batch=batch)
    for photo in photos:
        photo.batch = batch


def discard(*, batch: UUID, photo_id: UUID) -> None:
    """Remove a photo that was taken out of a form again; what belongs to something already is left alone."""
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(pk=photo_id, batch=batch, attached=False).first()
        if photo:
            photo.delete()
            transaction.on_commit(lambda: delete_files(photo))


@transaction.atomic
def remove(photos: Iterable[Photo]) -> None:
    """Remove photos whose owner is gone, with their files."""
    for photo in photos:
        photo.delete()
        transaction.on_commit(partial(delete_files, photo))


def import_picture(
    *, image: Image.Image, batch: UUID, taken_at: datetime | None = None, position: tuple[float, float] | None = None
) -> Photo:
    """A picture that our own code made, as a photo that is ready at once (for the demo; without a task).

    Args:
        image: upright, in sRGB.
        batch: the owner's.
        taken_at: when it shall have been taken.
        position: latitude and longitude in degrees.
    """
    return import_sizes(sizes=pictures.make_sizes(image), batch=batch, taken_at=taken_at, position=position)


def import_sizes(
    *,
    sizes: pictures.Sizes,
    batch: UUID,
    taken_at: datetime | None = None,
    position: tuple[float, float] | None = None,
) -> Photo:
    """The same for a picture whose sizes were made elsewhere, e.g. in another process."""
    photo = Photo(batch=batch, client_key=uuid4(), sha256=hashlib.sha256(sizes.large).hexdigest(), taken_at=taken_at)
    photo.taken_lat, photo.taken_lng = position or (None, None)
    photo.original.save("original", ContentFile(sizes.large), save=False)
    write_sizes(photo, sizes)
    photo.save(force_insert=True)
    return photo


def write_sizes(photo: Photo, sizes: pictures.Sizes) -> None:
    """Store the files of the sizes and set the fields that go with them; the row is not saved."""
    photo.large.save("large", ContentFile(sizes.large), save=False)
    photo.small.save("small", ContentFile(sizes.small), save=False)
    photo.width, photo.height = sizes.width, sizes.height
    photo.dhash, photo.dhash_mirror = hashes.to_hex(sizes.dhash), hashes.to_hex(sizes.dhash_mirror)
    photo.band_0, photo.band_1, photo.band_2, photo.band_3 = hashes.bands(sizes.dhash)
    photo.state = PhotoState.READY


def prepare(*, photo: Photo, data: bytes) -> bool:
    """Make the sizes of a received photo, or mark it refused when it cannot be decoded.

    Safe to run twice and at the same time: the first to finish wins, another removes its own files.

    Returns:
        Whether this run settled it.
    """
    made: dict[str, Any] = {}
    try:
        prepared = pictures.prepare(data, city=timezone.get_current_timezone(), now=timezone.now())
    except pictures.TooManyPixels:
        made = {"state": PhotoState.REFUSED, "refusal": errors.TOO_MANY_PIXELS}
    except FlawedFile:
        made = {"state": PhotoState.REFUSED, "refusal": errors.UNREADABLE}
    else:
        write_sizes(photo, prepared.sizes)
        photo.taken_at = prepared.taken_at
        photo.taken_lat, photo.taken_lng = prepared.position or (None, None)
        made = {name: getattr(photo, name) for name in _PREPARED_FIELDS}
    settled = bool(Photo.objects.filter(pk=photo.pk, state=PhotoState.RECEIVED).update(**made))
    if not settled:
        for file in (photo.large, photo.small):
            if file:
                file.delete(save=False)
    return settled


_PREPARED_FIELDS = (
    *("state", "large", "small", "width", "height", "dhash", "dhash_mirror"),
    *("band_0", "band_1", "band_2", "band_3", "taken_at", "taken_lat", "taken_lng"),
)


def delete_files(photo: Photo) -> None:
    """Remove all files of a photo from the storage."""
    for file in photo.files():
        file.delete(save=False)


def _stored(photo: Photo, data: bytes) -> Photo:
    # The file is written before the transaction opens, so that no lock is held while a disk is slow.
    photo.original.save("original", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            enqueue_on_commit("photos.process", str(photo.pk))
    except IntegrityError:
        # The same photo, sent at the same time, came first.
        photo.original.delete(save=False)
        return Photo.objects.get(batch=photo.batch, client_key=photo.client_key)
    except BaseException:
        photo.original.delete(save=False)
        raise
    return photo


def _set_public(photos: Iterable[Photo], public: bool) -> None:
    rows = list(photos)
    Photo.objects.filter(pk__in=[photo.pk for photo in rows]).update(public=public)
    for photo in rows:
        photo.public = public


def _checked(upload: UploadedFile[Any]) -> bytes:
    if not upload.size:
        raise _refusal(errors.EMPTY, upload)
    if upload.size > limits.MAX_BYTES:
        raise _refusal(errors.TOO_LARGE, upload, limit=limits.MAX_BYTES // 2**20)
    upload.seek(0)
    data: bytes = upload.read()
    try:
        header = pictures.check(data)
    except pictures.TooManyPixels as error:
        raise _refusal(errors.TOO_MANY_PIXELS, upload, limit=error.most // 10**6) from error
    except FlawedFile as error:
        raise _flaw(error, upload) from error
    if header.is_tiny:
        raise _refusal(errors.TOO_SMALL, upload, size=f"{header.width} × {header.height}")
    return data


def _flaw(error: FlawedFile, upload: UploadedFile[Any]) -> DomainError:
    if error.flaw is Flaw.OTHER_KIND and error.kind:
        return _refusal(errors.WRONG_TYPE, upload, kind=error.kind)
    codes = {
        Flaw.EMPTY: errors.EMPTY,
        Flaw.OTHER_KIND: errors.NOT_A_PHOTO,
        Flaw.CUT_OFF: errors.CUT_OFF,
        Flaw.UNREADABLE: errors.UNREADABLE,
    }
    return _refusal(codes[error.flaw], upload)


def _refusal(code: str, upload: UploadedFile[Any], **data: Any) -> DomainError:
    return DomainError(code, field=errors.FIELD, name=shown_name(upload), **data)


def shown_name(upload: UploadedFile[Any]) -> str:
    """The file's name as it is told to the sender: short, without folders and invisible characters."""
    name = PurePosixPath((upload.name or "").replace("\\", "/")).name
    plain = "".join(character for character in name if character.isprintable()).strip()
    return plain if len(plain) <= _NAME_LENGTH else f"{plain[: _NAME_LENGTH - 1]}…"


def _content_key(batch: UUID, upload: UploadedFile[Any]) -> UUID:
    if not upload.size or upload.size > limits.MAX_BYTES:
        return uuid4()  # it will be refused unread
    upload.seek(0)
    return uuid5(batch, hashlib.sha256(upload.read()).hexdigest())
