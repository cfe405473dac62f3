"""Over HTTP: who may send, who may see, and what is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client

from photos import access
from photos.domain import limits
from photos.models import Photo, PhotoState
from tests.factories.photos import PhotoFactory, ReceivedPhotoFactory, an_upload, camera_exif, encoded, scene

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def send(client: Client, **fields: Any) -> HttpResponse:
    body = {"file": an_upload(), "batch": uuid4(), "client_key": uuid4()} | fields
    return client.post("/foto/", {name: value for name, value in body.items() if value is not None}, **JSON)


def test_a_guest_sends_a_photo_and_sees_it(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, file=an_upload(encoded(scene(), exif=camera_exif())))
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"id", "state", "small_url"}
    status = client.get(f"/foto/{body['id']}/status")
    assert status.json()["state"] == "ready"
    assert status["Cache-Control"] == "no-store"
    picture = client.get(body["small_url"])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert picture["Cache-Control"] == "private, no-store"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert picture["Content-Disposition"] == f'inline; filename="foto-{body["id"][:8]}-kecil.jpg"'
    assert b"Exif" not in picture.content


def test_the_answer_to_a_second_send_is_the_same(client: Client) -> None:
    keys = {"batch": uuid4(), "client_key": uuid4()}
    assert send(client, **keys).json() == send(client, **keys).json()
    assert Photo.objects.count() == 1


def test_a_stranger_sees_nothing_of_a_private_photo(client: Client) -> None:
    photo = PhotoFactory()
    for address in (photo.small_url, photo.large_url, f"/foto/{photo.pk}/status"):
        assert client.get(address).status_code == 404
        assert client.head(address).status_code == 404


def test_the_owning_app_may_open_a_photo(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_rules", [])
    officer = get_user_model().objects.create_user("rina@example.org", nickname="Bu Rina")
    photo = PhotoFactory(attached=True)
    access.register(lambda viewer, shown, session: viewer.pk == officer.pk and shown.attached)
    assert client.get(photo.large_url).status_code == 404
    client.force_login(officer)
    assert client.get(photo.large_url).status_code == 200
    assert client.get(PhotoFactory().large_url).status_code == 404


def test_a_public_photo_is_kept_by_caches(client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(get_user_model().objects.create_user("tono@example.org", nickname="Tono"))
    photo = PhotoFactory(public=True)
    with django_assert_num_queries(1):
        answer = client.get(photo.large_url)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    head = client.head(photo.large_url)
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(photo.large_url).status_code == 405


def test_a_photo_in_preparation_says_when_to_come_back(client: Client) -> None:
    photo = ReceivedPhotoFactory()
    assert "Retry-After" not in client.get(photo.small_url)
    Photo.objects.filter(pk=photo.pk).update(public=True)
    answer = client.get(photo.small_url)
    assert (answer.status_code, answer["Retry-After"]) == (404, "2")
    assert answer["Cache-Control"] == "no-store"


def test_a_refused_photo_tells_why(client: Client) -> None:
    photo_id = send(client).json()["id"]
    Photo.objects.filter(pk=photo_id).update(state=PhotoState.REFUSED, refusal="photo_unreadable")
    body = client.get(f"/foto/{photo_id}/status").json()
    assert (body["state"], body["code"], body["field"]) == ("refused", "photo_unreadable", "photos")
    assert body["message"]
    assert client.get(f"/foto/{photo_id}/kecil.jpg").status_code == 404


def test_a_sender_takes_a_photo_back_and_nobody_else(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo_id = send(client).json()["id"]
        assert Client().post(f"/foto/{photo_id}/hapus").status_code == 404
        assert client.get(f"/foto/{photo_id}/hapus").status_code == 405
        assert Photo.objects.filter(pk=photo_id).exists()
        Photo.objects.filter(pk=photo_id).update(attached=True)
        assert client.post(f"/foto/{photo_id}/hapus").status_code == 204
        assert Photo.objects.filter(pk=photo_id).exists()
        Photo.objects.filter(pk=photo_id).update(attached=False)
        assert client.post(f"/foto/{photo_id}/hapus").status_code == 204
    assert not Photo.objects.filter(pk=photo_id).exists()


def test_a_file_that_is_lost_is_not_an_error_of_the_server(client: Client) -> None:
    photo = PhotoFactory(public=True)
    photo.small.storage.delete(photo.small.name)
    assert client.get(photo.small_url).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"file": None}, 422, "photo_missing"),
        ({"file": "words"}, 422, "photo_missing"),
        ({"batch": "x"}, 400, "photo_bad_keys"),
        ({"batch": "\0"}, 400, "photo_bad_keys"),
        ({"client_key": None}, 400, "photo_bad_keys"),
        ({"file": an_upload(b"%PDF", "surat <b>.pdf")}, 415, "photo_wrong_type"),
    ],
)
def test_bad_input_gets_a_sentence(client: Client, fields: dict[str, Any], status: int, code: str) -> None:
    answer = send(client, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert answer.json()["field"] == "photos"
    assert not Photo.objects.exists()


def test_a_body_that_is_far_too_long_is_refused_unread(client: Client) -> None:
    answer = client.generic(
        "POST", "/foto/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(limits.MAX_BYTES * 2), **JSON
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "photo_too_large")
    assert "15 MB" in answer.json()["message"]


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0"\r\n\r\nzz']
)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json"]
)
def test_a_mangled_body_is_the_senders_mistake(client: Client, body: bytes, kind: str) -> None:
    assert 400 <= client.generic("POST", "/foto/", body, kind, **JSON).status_code < 500


def test_other_sites_cannot_send(db: None) -> None:
    assert send(Client(enforce_csrf_checks=True)).status_code == 403
    assert not Photo.objects.exists()


def test_a_device_that_sends_without_end_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photos.views.RATES", {"upload": "2/10m/key,100/10m/ip"})
    assert [send(client).status_code for _ in range(3)] == [201, 201, 429]
    client.force_login(get_user_model().objects.create_user("sari@example.org", nickname="Ibu Sari"))
    assert send(client).status_code == 201
    assert Photo.objects.filter(uploader__isnull=False).count() == 1


def test_a_session_remembers_its_latest_batches_only(client: Client) -> None:
    session = client.session
    batches = [access.new_batch(session) for _ in range(access.MOST_BATCHES + 1)]
    assert session[access.SESSION_KEY] == [str(batch) for batch in batches[1:]]


@pytest.mark.parametrize("address", ["/foto/x/kecil.jpg", "/foto/%00/status", "/foto/../kecil.jpg"])
def test_nonsense_addresses_are_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
