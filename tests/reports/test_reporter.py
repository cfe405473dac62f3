"""What the reporter does on the page, by account or by the own link; supporting and following."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from photos.models import Photo
from reports import services
from reports.models import Follow, Report, ReportPhoto, ReportStep
from reports.services import Inputs
from support import queries as support
from tests.factories.photos import PhotoFactory, an_upload
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, a_person, declared_done, slipi

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def done(people: Slipi) -> Report:
    return declared_done(people, AReport(email="tamu@contoh.id", public=True))


def link(report: Report) -> str:
    return f"/laporan/rahasia/{report.number}/{services.secret_of(report.client_key)}/"


@pytest.fixture
def guest(client: Client, done: Report) -> Client:
    """The browser of the guest who opened the link from the mail."""
    assert client.get(link(done)).status_code == 302
    return client


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def state_of(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


def test_opening_the_link_changes_nothing_and_hides_the_token(client: Client, done: Report) -> None:
    before = ReportStep.objects.count()
    answer = client.get(link(done))
    assert answer.headers["Location"] == f"/laporan/{done.number}/"
    assert "no-store" in answer.headers["Cache-Control"]
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Sudah beres?" in page
    assert services.secret_of(done.client_key) not in page
    assert (ReportStep.objects.count(), state_of(done)) == (before, "declared_done")


@pytest.mark.parametrize("token", ["falsch", "x" * 500, "é"])
def test_a_wrong_link_opens_nothing(client: Client, done: Report, token: str) -> None:
    Report.objects.filter(pk=done.pk).update(public=False)
    assert client.get(f"/laporan/rahasia/{done.number}/{token}/").status_code == 404
    assert client.get(f"/laporan/{done.number}/").status_code == 404


def test_the_link_opens_a_report_that_is_not_public(client: Client) -> None:
    report = AReport(email="tamu@contoh.id")
    assert client.get(f"/laporan/{report.number}/").status_code == 404
    client.get(link(report))
    page = client.get(f"/laporan/{report.number}/")
    assert "Belum tampil untuk umum" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_link_shows_the_photos_on_every_device(client: Client, people: Slipi) -> None:
    report = AReport(email="tamu@contoh.id", photos=[PhotoFactory()])
    done = declared_done(people, report)
    photos = [use.photo for use in done.photos.select_related("photo")]
    Report.objects.update(public=False)
    Photo.objects.update(public=False)
    elsewhere = Client()
    assert [elsewhere.get(photo.large_url).status_code for photo in photos] == [404, 404]
    elsewhere.get(link(report))
    page = elsewhere.get(f"/laporan/{report.number}/").content.decode()
    for photo in photos:
        assert photo.large_url in page
        assert elsewhere.get(photo.large_url).status_code == 200
        assert client.get(photo.large_url).status_code == 404


def test_others_are_not_asked_and_cannot_answer(done: Report, people: Slipi) -> None:
    for other in (Client(), signed_in(a_person("Orang Lain")), signed_in(people.officer)):
        assert "Sudah beres?" not in other.get(f"/laporan/{done.number}/").content.decode()
        for path in ("beres/", "belum/"):
            assert (
                other.post(f"/laporan/{done.number}/{path}", {"text": "Saya pelapornya, sungguh."}).status_code == 403
            )
    assert state_of(done) == "declared_done"


def test_done_is_confirmed_once_however_often_it_is_sent(guest: Client, done: Report) -> None:
    for _ in range(3):
        assert guest.post(f"/laporan/{done.number}/beres/").status_code == 302
    assert state_of(done) == "confirmed"
    assert ReportStep.objects.filter(report=done, name="confirm").count() == 1
    assert "tercatat beres" in guest.get(f"/laporan/{done.number}/").content.decode()


def test_an_account_answers_without_the_link(people: Slipi) -> None:
    report = declared_done(people, AReport(reporter=people.reporter))
    client = signed_in(people.reporter)
    assert "Sudah beres?" in client.get(f"/laporan/{report.number}/").content.decode()
    assert client.post(f"/laporan/{report.number}/beres/").status_code == 302
    assert state_of(report) == "confirmed"


def test_not_yet_needs_a_sentence_or_a_photo_and_keeps_what_was_typed(guest: Client, done: Report) -> None:
    answer = guest.post(f"/laporan/{done.number}/belum/", {"text": "belum"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tulis satu kalimat atau tambahkan foto" in page
    assert ">\nbelum</textarea>" in page
    assert 'id="belum" open' in page
    assert state_of(done) == "declared_done"


def test_what_a_paste_brings_along_is_left_out(guest: Client, done: Report) -> None:
    text = "Sebelah kiri\x00 masih\x07 mampet.\r\nBau juga.\x1b"
    assert guest.post(f"/laporan/{done.number}/belum/", {"text": text}).status_code == 302
    assert ReportStep.objects.get(report=done, name="reopen").text == "Sebelah kiri masih mampet.\nBau juga."


def test_not_yet_with_a_sentence_opens_again_once(guest: Client, done: Report) -> None:
    sent = {"text": "Sebelah kiri masih mampet.", "seen": str(done.steps_taken)}
    for _ in range(2):
        assert guest.post(f"/laporan/{done.number}/belum/", sent).status_code == 302
    done.refresh_from_db()
    assert (done.state, done.reopenings) == ("reopened", 1)
    assert "Sebelah kiri masih mampet." in Client().get(f"/laporan/{done.number}/").content.decode()


def test_not_yet_with_a_photo_alone_without_javascript(guest: Client, done: Report) -> None:
    answer = guest.post(f"/laporan/{done.number}/belum/", {"text": "", "photos": [an_upload()]})
    assert answer.status_code == 302
    assert ReportPhoto.objects.get(report=done, use="still").photo.public


def test_a_broken_photo_is_refused_beside_its_field_and_the_words_stay(guest: Client, done: Report) -> None:
    sent = {"text": "Masih mampet di kiri.", "photos": [an_upload(b"not a picture", "foto.jpg")]}
    answer = guest.post(f"/laporan/{done.number}/belum/", sent)
    assert answer.status_code == 422
    assert "Masih mampet di kiri." in answer.content.decode()
    assert state_of(done) == "declared_done"


@pytest.mark.parametrize(
    "sent", [{"batch": "x", "photo_ids": "y"}, {"seen": "-1"}, {"seen": "9" * 40}, {"text": "\0"}, {"text": "a" * 4001}]
)
def test_hostile_fields_get_a_sentence(guest: Client, done: Report, sent: dict[str, str]) -> None:
    assert guest.post(f"/laporan/{done.number}/belum/", sent).status_code == 422
    assert state_of(done) == "declared_done"


def test_the_question_is_answered_once(client: Client, people: Slipi) -> None:
    report = AReport(email="tamu@contoh.id", public=True)
    services.take_step(actor=people.officer, report=report, name="ask", inputs=Inputs(text="Di sisi kiri atau kanan?"))
    client.get(link(report))
    page = client.get(f"/laporan/{report.number}/").content.decode()
    assert "Di sisi kiri atau kanan?" in page
    sent = {"text": "Di sisi kiri, dekat pos.", "seen": "2"}
    for _ in range(2):
        assert client.post(f"/laporan/{report.number}/jawaban/", sent).status_code == 302
    assert state_of(report) == "received"
    assert ReportStep.objects.filter(report=report, name="answer").count() == 1


def test_what_is_no_longer_possible_is_said(guest: Client, done: Report) -> None:
    guest.post(f"/laporan/{done.number}/beres/")
    answer = guest.post(f"/laporan/{done.number}/belum/", {"text": "Masih mampet di kiri."})
    assert answer.status_code == 409
    assert "Langkah ini tidak bisa lagi" in answer.content.decode() or "tidak" in answer.content.decode()


@pytest.mark.parametrize("path", ["beres/", "belum/", "jawaban/", "dukung/", "ikuti/"])
def test_reading_addresses_change_nothing(client: Client, done: Report, path: str) -> None:
    assert client.get(f"/laporan/{done.number}/{path}").status_code == 405


# --- Support and follow --------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["dukung", "ikuti"])
def test_visitors_sign_in_first_and_come_back(client: Client, done: Report, path: str) -> None:
    answer = client.post(f"/laporan/{done.number}/{path}/", {"on": "1"})
    assert answer.headers["Location"] == f"/akun/masuk/?next=/laporan/{done.number}/%23aksi"
    fragment = client.post(f"/laporan/{done.number}/{path}/", {"on": "1"}, headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == answer.headers["Location"]


def test_support_and_follow_are_states(done: Report) -> None:
    person = a_person("Orang Lain")
    client = signed_in(person)
    for _ in range(2):
        client.post(f"/laporan/{done.number}/dukung/", {"on": "1"})
    assert support.counts([done])[done.pk] == 1
    assert Follow.objects.filter(report=done, user=person).exists()
    client.post(f"/laporan/{done.number}/ikuti/", {"on": ""})
    assert not Follow.objects.filter(report=done, user=person).exists()
    part = client.post(f"/laporan/{done.number}/dukung/", {"on": ""}, headers={"HX-Request": "true"}).content.decode()
    assert support.counts([done])[done.pk] == 0
    assert "<html" not in part
    assert 'id="aksi"' in part


def test_the_page_says_what_one_supports(done: Report) -> None:
    client = signed_in(a_person("Orang Lain"))
    client.post(f"/laporan/{done.number}/dukung/", {"on": "1"})
    page: Any = client.get(f"/laporan/{done.number}/").content.decode()
    assert "Anda mendukung" in page
    assert 'aria-pressed="true"' in page


def test_a_refused_answer_keeps_the_photos_that_came(guest: Client, done: Report) -> None:
    sent = {"text": "a" * 5000, "seen": done.steps_taken, "batch": str(uuid4()), "photos": [an_upload()]}
    answer = guest.post(f"/laporan/{done.number}/belum/", sent)
    page = answer.content.decode()
    photo = Photo.objects.get(batch=sent["batch"])
    assert answer.status_code == 422
    assert f'name="photo_ids" value="{photo.pk}"' in page
    again = {"text": "", "seen": done.steps_taken, "batch": sent["batch"], "photo_ids": [str(photo.pk)]}
    assert guest.post(f"/laporan/{done.number}/belum/", again).status_code == 302
    assert ReportPhoto.objects.filter(photo=photo).exists()
