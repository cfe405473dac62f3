"""Receiving, preparing, keeping, showing, sweeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image, ImageOps

from core.errors import DomainError
from photos import queries, services, tasks
from photos.domain import hashes, limits
from photos.models import Photo, PhotoState
from tests.committed import at_once
from tests.factories.photos import PhotoFactory, ReceivedPhotoFactory, an_upload, camera_exif, encoded, scene

pytestmark = pytest.mark.django_db
Files = Callable[[], set[Path]]


def run_task(photo: Photo) -> Photo:
    tasks.process.call(str(photo.pk))
    photo.refresh_from_db()
    return photo


def original_of(photo: Photo) -> bytes:
    with photo.original.open("rb") as file:
        return bytes(file.read())


def test_a_photo_is_received_and_prepared_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    data = encoded(scene(), exif=camera_exif())
    with django_capture_on_commit_callbacks(execute=True):
        photo = ReceivedPhotoFactory(upload=an_upload(data))
        assert photo.state == PhotoState.RECEIVED
    photo.refresh_from_db()
    assert photo.state == PhotoState.READY
    assert (photo.width, photo.height) == (640, 480)
    assert (photo.taken_lat, photo.taken_lng) == pytest.approx((-6.2, 106.8))
    assert original_of(photo) == data
    assert (photo.public, photo.attached) == (False, False)
    assert hashes.bands(hashes.from_hex(photo.dhash)) == (photo.band_0, photo.band_1, photo.band_2, photo.band_3)


@pytest.mark.parametrize(
    ("size", "taken"), [((4, 4), 0), ((199, 200), 0), ((3000, 99), 0), ((200, 200), 1), ((1280, 128), 1)]
)
def test_a_picture_in_which_nothing_can_be_seen_is_refused(size: tuple[int, int], taken: int) -> None:
    received = services.receive_all(actor=None, uploads=[an_upload(encoded(scene(1, *size)))], batch=uuid4())
    assert (len(received.photos), Photo.objects.count()) == (taken, taken)
    assert [refusal.code for refusal in received.refusals] == ["photo_too_small"] * (1 - taken)
    assert all(f"{size[0]} × {size[1]}" in refusal.sentence for refusal in received.refusals)


def test_what_is_sent_twice_is_one_photo(files_on_disk: Files) -> None:
    keys = {"batch": uuid4(), "client_key": uuid4()}
    first = ReceivedPhotoFactory(**keys)
    before = files_on_disk()
    assert ReceivedPhotoFactory(**keys).pk == first.pk
    assert Photo.objects.filter(batch=keys["batch"]).count() == 1
    assert files_on_disk() == before


def test_the_database_itself_holds_one_photo_a_key() -> None:
    photo = ReceivedPhotoFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.create(batch=photo.batch, client_key=photo.client_key)


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.jpg", b"", "photo_empty", "a.jpg"),
        ("kucing.jpg", b"GIF89a" + bytes(40), "photo_wrong_type", "GIF"),
        ("surat.jpg", b"%PDF-1.4", "photo_wrong_type", "PDF"),
        ("film.heic", b"\0\0\0\x18ftypmp42" + bytes(20), "photo_wrong_type", "video"),
        ("x.png", b"<svg onload=alert(1)>", "photo_wrong_type", "SVG"),
        ("x.png", b"hello", "photo_not_a_photo", "x.png"),
        ("p.jpg", encoded()[:-500], "photo_cut_off", "p.jpg"),
        ("p.jpg", b"\xff\xd8\xff\xd9", "photo_unreadable", "p.jpg"),
        ("p.png", encoded(Image.new("1", (9000, 9000)), "PNG"), "photo_too_many_pixels", "50"),
        ("p.jpg", encoded() + bytes(limits.MAX_BYTES), "photo_too_large", "15 MB"),
    ],
)
def test_a_refusal_names_the_file_and_keeps_nothing(
    name: str, data: bytes, code: str, words: str, files_on_disk: Files
) -> None:
    before = files_on_disk()
    with pytest.raises(DomainError) as refused:
        ReceivedPhotoFactory(upload=an_upload(data, name))
    assert (refused.value.code, refused.value.field) == (code, "photos")
    assert name in refused.value.sentence
    assert words in refused.value.sentence
    assert 400 <= refused.value.status < 500
    assert not Photo.objects.exists()
    assert files_on_disk() == before


def test_a_large_file_is_refused_unread() -> None:
    class Unreadable(type(an_upload())):  # type: ignore[misc]  # the class of the upload
        def read(self, *args: Any) -> bytes:
            raise AssertionError("was read")

    upload = Unreadable("a.jpg", b"")
    upload.size = limits.MAX_BYTES + 1
    with pytest.raises(DomainError, match="photo_too_large"):
        ReceivedPhotoFactory(upload=upload)
    assert services.receive_all(actor=None, uploads=[upload], batch=uuid4()).refusals


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\foto\\saya.jpg", "saya.jpg"),
        ("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
        ("a\u202egpj.exe\n\0", "agpj.exe"),
        ("100%(x)s.jpg", "100%(x)s.jpg"),
        ("x" * 300, "x" * 59 + "…"),
    ],
)
def test_names_are_told_short_and_plain(name: str, shown: str) -> None:
    upload = an_upload(b"no picture")
    upload._name = name
    assert services.shown_name(upload) == shown
    with pytest.raises(DomainError) as refused:
        ReceivedPhotoFactory(upload=upload)
    assert shown in refused.value.sentence


def test_a_batch_holds_ten() -> None:
    batch = uuid4()
    for _ in range(limits.MAX_IN_BATCH):
        ReceivedPhotoFactory(batch=batch)
    with pytest.raises(DomainError, match="photo_too_many_photos"):
        ReceivedPhotoFactory(batch=batch)
    assert ReceivedPhotoFactory().pk


def test_a_plain_form_keeps_the_good_files_and_names_the_bad() -> None:
    batch = uuid4()
    picture = encoded(scene(1))
    files = [an_upload(picture, "satu.jpg"), an_upload(b"GIF8", "dua.gif"), an_upload(picture, "satu.jpg")]
    first = services.receive_all(actor=None, uploads=files, batch=batch)
    again = services.receive_all(actor=None, uploads=files, batch=batch)
    assert [photo.pk for photo in first.photos] == [photo.pk for photo in again.photos]
    assert len(first.photos) == 1
    assert ["dua.gif" in refusal.sentence for refusal in first.refusals] == [True]


def test_the_task_runs_twice_without_harm(files_on_disk: Files) -> None:
    photo = run_task(ReceivedPhotoFactory())
    before = files_on_disk()
    large = photo.large.name
    assert run_task(photo).large.name == large
    stale = Photo.objects.get(pk=photo.pk)
    assert services.prepare(photo=stale, data=original_of(photo)) is False
    assert files_on_disk() == before


def test_a_photo_that_cannot_be_decoded_is_refused_by_the_task(files_on_disk: Files) -> None:
    data = bytearray(encoded(scene(), "PNG"))
    data[200:900] = bytes(700)
    before = files_on_disk()
    photo = run_task(ReceivedPhotoFactory(upload=an_upload(bytes(data), "p.png")))
    assert (photo.state, photo.refusal) == (PhotoState.REFUSED, "photo_unreadable")
    assert files_on_disk() - before == {Path(photo.original.path)}


def test_a_task_for_a_photo_that_is_gone_does_nothing() -> None:
    tasks.process.call(str(uuid4()))
    photo = ReceivedPhotoFactory()
    photo.original.storage.delete(photo.original.name)
    assert run_task(photo).refusal == "photo_gone"


def test_only_the_forms_own_free_photos_can_be_taken() -> None:
    batch = uuid4()
    ready, waiting = PhotoFactory(batch=batch), ReceivedPhotoFactory(batch=batch)
    taken, foreign = PhotoFactory(batch=batch, attached=True), PhotoFactory()
    refused = ReceivedPhotoFactory(batch=batch)
    Photo.objects.filter(pk=refused.pk).update(state=PhotoState.REFUSED)
    ids = [waiting.pk, uuid4(), ready.pk, taken.pk, foreign.pk, refused.pk, waiting.pk]
    assert queries.in_batch(batch, ids) == [waiting, ready]


def test_attached_photos_are_kept_and_shown_as_asked() -> None:
    photos = [PhotoFactory(), PhotoFactory()]
    services.attach(photos, public=False)
    services.attach(photos, public=False)
    assert Photo.objects.filter(attached=True, public=False).count() == 2
    services.publish(photos)
    assert Photo.objects.filter(public=True).count() == 2
    services.withdraw(photos[:1])
    assert [photo.public for photo in Photo.objects.order_by("public")] == [False, True]


def test_a_photo_that_was_swept_meanwhile_is_asked_for_again() -> None:
    kept, gone = PhotoFactory(), PhotoFactory()
    Photo.objects.filter(pk=gone.pk).delete()
    with pytest.raises(DomainError, match="photo_gone"):
        services.attach([kept, gone], public=True)
    kept.refresh_from_db()
    assert (kept.attached, kept.public) == (False, False)


def test_a_photo_taken_out_of_the_form_is_removed(
    files_on_disk: Files, django_capture_on_commit_callbacks: Any
) -> None:
    before = files_on_disk()
    photo = PhotoFactory()
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(batch=uuid4(), photo_id=photo.pk)
        assert Photo.objects.filter(pk=photo.pk).exists()
        services.discard(batch=photo.batch, photo_id=photo.pk)
    assert not Photo.objects.filter(pk=photo.pk).exists()
    assert files_on_disk() == before


def test_the_sweep_removes_what_nobody_kept(files_on_disk: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SWEEP_BATCH", 2)
    now = timezone.now()
    old = now - timedelta(hours=49)
    before = files_on_disk()
    kept, fresh = PhotoFactory(created=old, attached=True), PhotoFactory(created=now - timedelta(hours=47))
    wanted = files_on_disk() - before
    for _ in range(5):
        PhotoFactory(created=old)
    assert tasks.sweep(now) == 5
    assert set(Photo.objects.all()) == {kept, fresh}
    assert files_on_disk() - before == wanted
    assert tasks.sweep(now) == 0


def test_a_lost_task_is_asked_for_again(django_capture_on_commit_callbacks: Any) -> None:
    photo = ReceivedPhotoFactory()
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.retry(timezone.now()) == 0
        assert tasks.retry(timezone.now() + timedelta(minutes=16)) == 1
    photo.refresh_from_db()
    assert photo.is_ready


def similar(photo: Photo, days: int = 365) -> list[UUID]:
    return [found.pk for found in queries.find_similar(photo, timezone.now() - timedelta(days=days))]


def test_copies_are_found_nearest_first() -> None:
    image = scene(5, 800, 600)
    photo = PhotoFactory(image=image)
    same = run_task(ReceivedPhotoFactory(upload=an_upload(original_of(photo))))
    edited = PhotoFactory(image=image.crop((8, 6, 792, 594)))
    mirrored = PhotoFactory(image=ImageOps.mirror(image))
    PhotoFactory(image=scene(6))
    found = similar(photo)
    assert found[0] == same.pk
    assert set(found) == {same.pk, edited.pk, mirrored.pk}
    assert photo.pk in similar(mirrored)


def test_what_is_older_than_asked_is_not_looked_at() -> None:
    image = scene(5)
    PhotoFactory(image=image, created=timezone.now() - timedelta(days=366))
    assert similar(PhotoFactory(image=image)) == []


def test_a_photo_without_a_hash_finds_the_same_file_only() -> None:
    first, second = ReceivedPhotoFactory(), ReceivedPhotoFactory()
    assert similar(second) == [first.pk]


@pytest.mark.parametrize("others", [1, 30])
def test_the_search_reads_only_what_shares_a_band(others: int, django_assert_num_queries: Any) -> None:
    photo = PhotoFactory(image=scene(0))
    known = {photo.dhash}
    strangers = [PhotoFactory(image=scene(1))]
    strangers += Photo.objects.bulk_create(_stranger(seed) for seed in range(others))
    with django_assert_num_queries(2):
        assert similar(photo) == []
    assert known


def _stranger(seed: int) -> Photo:
    value = (seed + 1) * 0x9E3779B97F4A7C15 % 2**64
    band_0, band_1, band_2, band_3 = hashes.bands(value)
    return Photo(
        batch=uuid4(),
        sha256=f"{seed:064d}",
        dhash=hashes.to_hex(value),
        band_0=band_0,
        band_1=band_1,
        band_2=band_2,
        band_3=band_3,
    )


def test_receiving_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        ReceivedPhotoFactory()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_sends_are_one_photo(files_on_disk: Files) -> None:
    keys = {"batch": uuid4(), "client_key": uuid4()}
    data = encoded()
    before = files_on_disk()
    found = set(at_once(50, lambda _: services.receive(actor=None, upload=an_upload(data), **keys).pk))
    photo = Photo.objects.get()
    assert found == {photo.pk}
    assert photo.is_ready
    assert len(files_on_disk() - before) == 3
