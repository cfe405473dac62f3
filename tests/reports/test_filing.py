"""Filing over HTTP: a guest, an account, without a script, sent twice, and after it was sent."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from ledger.models import Entry
from photos.models import Photo
from photos.services import receive
from reports.errors import CODE_EXPIRED
from reports.models import Contact, Report, ReportPhoto, ReportStep
from reports.services.filing import CODES_SENT, code_of
from tests.factories.accounts import UserFactory
from tests.factories.photos import an_upload, encoded, scene
from tests.factories.reports import ReportFactory, region

pytestmark = pytest.mark.django_db
ON_A_BORDER = {"lat": "-6.193339", "lng": "106.798897", "accuracy": "900"}


def keys_of(page: HttpResponse) -> dict[str, str]:
    """The key of the form as the page shows it."""
    found = re.search(r'name="client_key" value="([^"]+)"', page.content.decode())
    return {"client_key": found[1]} if found else {}


def sent_photo(form: dict[str, Any]) -> Photo:
    """A photo that was sent before the form, under its key."""
    return receive(actor=None, upload=an_upload(), batch=uuid.UUID(form["client_key"]), client_key=uuid.uuid4())


def filled(client: Client, **changes: Any) -> dict[str, Any]:
    """The form of a fresh page, filled in as a citizen of Slipi would."""
    fields = {
        "description": "Got di gang kami mampet, air naik ke teras tiap hujan.",
        "category": "saluran-kali",
        "place": "Slipi",
        "rt": "10",
        "rw": "2",
        "landmark": "ujung gang dekat pos RW",
        "no_photo": "on",
    }
    return keys_of(client.get("/lapor/")) | fields | changes


def counts() -> dict[str, int]:
    """How much there is of all that filing writes."""
    return {model.__name__: model.objects.count() for model in (Report, ReportStep, ReportPhoto, Contact, Entry, Photo)}


def send(client: Client, **changes: Any) -> HttpResponse:
    return client.post("/lapor/", filled(client, **changes))


# --- Sending ----------------------------------------------------------------------------------
def test_a_guest_without_an_address_gets_a_ticket_and_a_secret_link(client: Client) -> None:
    answer = send(client)
    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/laporan/{report.number}/terima-kasih/")
    assert (report.title, report.region.short_name, report.rt, report.rw) == (
        "Got di gang kami mampet, air naik ke teras tiap hujan",
        "Slipi",
        "010",
        "02",
    )
    assert not report.public
    page = client.get(answer["Location"]).content.decode()
    assert report.spoken_number in page
    assert "Kelurahan Slipi" in page
    link = re.search(r"http://testserver(/laporan/rahasia/[^\"]+)", page)
    assert link
    assert client.get(answer["Location"])["Cache-Control"].count("no-store")
    elsewhere = Client()
    assert elsewhere.get(answer["Location"]).status_code == 403
    assert elsewhere.get(link[1]).status_code == 302
    assert elsewhere.get(answer["Location"]).status_code == 200


def test_a_guest_with_an_address_confirms_with_the_code(client: Client) -> None:
    answer = send(client, email="Sari@Example.com")
    report = Report.objects.get()
    assert answer["Location"] == f"/laporan/{report.number}/kode/"
    page = client.get(answer["Location"]).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert "sari@example.com" in page
    code = code_of(report, 1)
    done = client.post(answer["Location"], {"code": f"{code[:3]} {code[3:]}"})
    assert done["Location"] == f"/laporan/{report.number}/terima-kasih/"
    report.refresh_from_db()
    assert report.confirmed
    assert report.public
    assert "Buka akun" in client.get(done["Location"]).content.decode()
    assert client.get(answer["Location"]).status_code == 302


def test_an_account_just_sends(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    page = client.get("/lapor/").content.decode()
    assert 'name="email"' not in page
    answer = send(client, email="other@example.com")
    report = Report.objects.get()
    assert (report.reporter, report.confirmed, report.public) == (person, True, True)
    assert not Contact.objects.exists()
    page = client.get(answer["Location"]).content.decode()
    assert "rahasia" not in page


def test_pictures_go_with_the_form_where_there_is_no_script(client: Client, settings: Any) -> None:
    pictures = [an_upload(encoded(scene(seed)), f"{seed}.jpg") for seed in (1, 2)]
    answer = send(client, no_photo="", photos=[*pictures, an_upload(encoded(scene(1)), "again.jpg")])
    assert answer.status_code == 302
    report = Report.objects.get()
    assert report.photos.count() == 2
    assert all(use.photo.attached for use in report.photos.select_related("photo"))


def test_pictures_sent_before_come_by_their_ids(client: Client) -> None:
    form = filled(client, no_photo="")
    photo = sent_photo(form)
    foreign = receive(actor=None, upload=an_upload(), batch=uuid.uuid4(), client_key=uuid.uuid4())
    answer = client.post("/lapor/", form | {"photo_ids": [str(photo.pk), str(foreign.pk), "nonsense"]})
    assert answer.status_code == 302
    assert [use.photo_id for use in ReportPhoto.objects.all()] == [photo.pk]


# --- What the home page says already ----------------------------------------------------------
def test_the_text_of_the_home_page_fills_the_form(client: Client) -> None:
    page = client.get("/lapor/", {"teks": "got mampet di RT 4/06, air naik ke teras"}).content.decode()
    assert "got mampet di RT 4/06, air naik ke teras</textarea>" in page
    assert 'name="rt" value="004"' in page
    assert 'name="rw" value="06"' in page
    assert re.search(r'<option value="saluran-kali"[^>]* selected', page)


@pytest.mark.parametrize(
    "text",
    ["\0", "x" * 20_000, "<script>alert(1)</script>", "rt rw rt/rw/", "Ω" * 300, "\ud7ff\u202e", "%", "{{ 7*7 }}"],
)
def test_no_text_of_the_home_page_breaks_the_form(client: Client, text: str) -> None:
    answer = client.get("/lapor/", {"teks": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_an_emergency_names_its_number_first(client: Client) -> None:
    page = client.get("/lapor/", {"teks": "ada kebakaran di gang kami"}).content.decode()
    assert '<div data-alarm="112">' in page
    assert '<div data-alarm="110" hidden>' in page
    assert page.index("tel:112") < page.index("<textarea")


@pytest.mark.parametrize("accounts", [0, 3])
def test_the_form_costs_the_same_queries(client: Client, accounts: int, django_assert_num_queries: Any) -> None:
    ReportFactory.create_batch(accounts)
    client.get("/lapor/")
    with django_assert_num_queries(2):
        client.get("/lapor/")


# --- Where ------------------------------------------------------------------------------------
def test_near_a_border_both_kelurahan_are_offered(client: Client) -> None:
    before = counts()
    form = filled(client, place="", **ON_A_BORDER)
    answer = client.post("/lapor/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert counts() == before
    offered = re.findall(r'type="radio" name="region" value="([0-9.]+)"', page)
    assert len(offered) > 1
    assert "dekat perbatasan" in page
    answer = client.post("/lapor/", form | {"region": offered[1]})
    assert answer.status_code == 302
    report = Report.objects.get()
    assert (report.region.code, report.lat, report.accuracy) == (offered[1], -6.193339, 900)


def test_outside_the_city_the_sentence_stands_beside_the_place(client: Client) -> None:
    before = counts()
    bandung = {"lat": "-6.9175", "lng": "107.6191", "accuracy": "20"}
    form = filled(client, place="", **bandung)
    answer = client.post("/lapor/", form)
    assert answer.status_code == 422
    assert counts() == before
    assert "di luar Jakarta" in answer.context["form"].errors["place"][0]
    # The sentence asks for a name; with it the report is taken, without the pin.
    assert client.post("/lapor/", form | {"place": "Slipi"}).status_code == 302
    assert Report.objects.get().lat is None


def test_a_spot_that_may_be_open_sea_is_taken_only_when_the_citizen_says_so(client: Client) -> None:
    form = filled(client, place="", lat="-5.745", lng="106.61", accuracy="20")
    answer = client.post("/lapor/", form)
    assert answer.status_code == 422
    assert "mungkin di laut" in answer.context["form"].errors["region"][0]
    offered = re.findall(r'type="radio" name="region" value="([0-9.]+)">', answer.content.decode())
    assert client.post("/lapor/", form | {"region": offered[0]}).status_code == 302
    assert (Report.objects.get().region.short_name, Report.objects.get().lat) == ("Pulau Panggang", -5.745)


def test_a_name_that_several_have_is_asked_back(client: Client) -> None:
    answer = send(client, place="Kebon")
    assert answer.status_code == 422
    assert 'type="radio" name="region"' in answer.content.decode()
    assert send(client, place="Menteng").status_code == 302
    assert Report.objects.get().region.short_name == "Menteng"
    assert send(client, place=region().full_label).status_code == 302


def test_a_pin_and_a_kelurahan_far_apart_are_asked_back(client: Client) -> None:
    before = counts()
    answer = send(client, lat="-6.193339", lng="106.798897", place="Cakung Timur")
    assert answer.status_code == 422
    assert counts() == before
    assert "jauh dari" in answer.content.decode()


# --- Nothing typed is lost --------------------------------------------------------------------
def test_what_was_typed_and_the_good_photo_stay_when_something_is_refused(client: Client) -> None:
    broken = SimpleUploadedFile("rusak.jpg", b"\xff\xd8\xff not a picture", "image/jpeg")
    form = filled(
        client, no_photo="", rt="abc", title="Judul sendiri", email="bukan alamat", photos=[an_upload(), broken]
    )
    answer = client.post("/lapor/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert counts()["Report"] == 0
    for kept in ("Got di gang kami mampet", 'value="abc"', "Judul sendiri", "bukan alamat", "ujung gang"):
        assert kept in page
    assert set(answer.context["form"].errors) == {"rt", "email", "photos"}
    assert "rusak.jpg" in page
    assert f'name="client_key" value="{form["client_key"]}"' in page
    kept_photo = Photo.objects.get()
    assert f'name="photo_ids" value="{kept_photo.pk}"' in page
    corrected = form | {"rt": "1", "email": "", "photos": [], "photo_ids": [str(kept_photo.pk)]}
    assert client.post("/lapor/", corrected).status_code == 302
    assert ReportPhoto.objects.get().photo == kept_photo


def test_every_page_begins_a_report_of_its_own(client: Client) -> None:
    form = filled(client)
    sent_photo(form)
    other = client.get("/lapor/")
    assert keys_of(other) != {"client_key": form["client_key"]}
    assert other.context["form"].sent_photos == []
    assert f'name="batch" value="{keys_of(other)["client_key"]}"' in other.content.decode()


def test_the_key_of_a_draft_brings_its_photos_back_in_any_session(client: Client) -> None:
    form = filled(client, no_photo="")
    photo = sent_photo(form)
    device = Client()
    status = f"/foto/{photo.pk}/status"
    assert device.get(status).status_code == 404
    answer = device.post("/foto/tadi", {"batch": form["client_key"]})
    assert [found["id"] for found in answer.json()["photos"]] == [str(photo.pk)]
    assert device.get(status).status_code == 200
    assert device.post("/foto/tadi", {"batch": str(uuid.uuid4())}).json() == {"photos": []}
    assert device.post("/foto/tadi", {"batch": "x"}).status_code == 400
    assert client.post("/lapor/", form | {"photo_ids": str(photo.pk)}).status_code == 302
    assert device.post("/foto/tadi", {"batch": form["client_key"]}).json() == {"photos": []}


def test_the_page_after_sending_tells_the_phone_which_draft_was_sent(client: Client) -> None:
    form = filled(client)
    page = client.get(client.post("/lapor/", form)["Location"]).content.decode()
    number = Report.objects.get().spoken_number
    assert f'data-draft-sent="{form["client_key"]}" data-number="{number}"' in page


def test_whoever_goes_back_without_a_script_reads_that_it_was_sent(client: Client) -> None:
    assert "<noscript>" not in client.get("/lapor/").content.decode()
    ticket = send(client)["Location"]
    told = re.search(r"<noscript>(.*?)</noscript>", client.get("/lapor/").content.decode(), re.DOTALL)
    assert told
    assert Report.objects.get().spoken_number in told[1]
    assert f'href="{ticket}"' in told[1]


def test_rt_and_rw_are_read_from_the_text_when_both_are_empty(client: Client) -> None:
    text = "Got mampet di RT 004 RW 06, air naik ke teras."
    send(client, description=text, rt="", rw="")
    assert list(Report.objects.values_list("rt", "rw")) == [("004", "06")]
    send(client, description=text, rt="", rw="2")
    assert Report.objects.filter(rt="", rw="02").count() == 1


def test_a_form_older_than_its_session_is_not_lost() -> None:
    client = Client(enforce_csrf_checks=True)
    form = filled(client)
    photo = sent_photo(form)
    form |= {"photo_ids": str(photo.pk), "no_photo": ""}
    client.cookies.clear()
    answer = client.post("/lapor/", form, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Got di gang kami mampet" in page
    assert f'name="photo_ids" value="{photo.pk}"' in page
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    answer = client.post("/lapor/", again, headers={"origin": "http://testserver"})
    assert answer.status_code == 302
    assert ReportPhoto.objects.get().photo == photo


def test_a_form_with_photos_that_is_older_than_its_session_loses_the_photos_alone() -> None:
    client = Client(enforce_csrf_checks=True)
    form = filled(client, no_photo="", lat="-6.193339", lng="106.798897")
    client.cookies.clear()
    answer = client.post("/lapor/", form | {"photos": [an_upload()]}, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert "Foto harus dipilih sekali lagi" in page
    shown = re.findall(r"<pre[^>]*>(.*?)</pre>", page)
    assert shown == [form["description"], form["place"], form["landmark"]]
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    answer = client.post("/lapor/", again, headers={"origin": "http://testserver"})
    assert set(answer.context["form"].errors) == {"photos"}
    assert form["description"] in answer.content.decode()


# --- Sent twice -------------------------------------------------------------------------------
def test_the_same_form_sent_again_is_the_same_report(client: Client) -> None:
    form = filled(client, no_photo="")
    photo = sent_photo(form)
    form["photo_ids"] = str(photo.pk)
    first = client.post("/lapor/", form)
    before = counts()
    again = client.post("/lapor/", form)
    assert again["Location"] == first["Location"]
    assert counts() == before
    # The answer got lost and the phone has forgotten its session: the key alone leads back.
    elsewhere = Client()
    assert elsewhere.post("/lapor/", form)["Location"] == first["Location"]
    assert elsewhere.get(first["Location"]).status_code == 200
    assert counts() == before


def test_another_report_on_an_old_page_is_not_swallowed(client: Client) -> None:
    form = filled(client)
    client.post("/lapor/", form)
    number = Report.objects.get().spoken_number
    photo = sent_photo(form)
    other = form | {"description": "Lampu jalan mati di depan sekolah.", "category": "lampu-jalan"}
    answer = client.post("/lapor/", other | {"photo_ids": str(photo.pk)})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert number in page
    assert "Lampu jalan mati" in page
    assert Report.objects.count() == 1
    fresh = keys_of(answer)
    assert fresh["client_key"] != form["client_key"]
    assert f'name="photo_ids" value="{photo.pk}"' in page
    assert client.post("/lapor/", other | fresh | {"photo_ids": str(photo.pk)}).status_code == 302
    assert Report.objects.count() == 2
    assert ReportPhoto.objects.get().photo == photo


# --- The code ---------------------------------------------------------------------------------
def test_a_wrong_code_says_so_and_changes_nothing(client: Client) -> None:
    address = send(client, email="sari@example.com")["Location"]
    report = Report.objects.get()
    wrong = f"{(int(code_of(report, 1)) + 1) % 1_000_000:06d}"
    for code, status in ((wrong, 422), ("12", 422), ("", 422), ("abcdef", 422), ("\0" * 6, 422), ("1" * 5000, 422)):
        answer = client.post(address, {"code": code})
        assert answer.status_code == status
        assert "field__error" in answer.content.decode()
    report.refresh_from_db()
    assert not report.confirmed
    assert Contact.objects.get().code_tries == 1
    Contact.objects.update(code_until=timezone.now() - timedelta(minutes=1))
    late = client.post(address, {"code": code_of(report, 1)})
    assert (late.status_code, late.context["form"].errors["code"]) == (422, [DomainError(CODE_EXPIRED).sentence])


CONFIDENTIAL = {"category": "kekerasan-perempuan-anak"}


def test_nobody_is_told_that_what_is_confidential_becomes_public(client: Client) -> None:
    for email in ("", "sari@example.com"):
        answer = send(client, email=email, **CONFIDENTIAL)
        pages = [client.get(answer["Location"]), client.get(answer["Location"].replace("/kode/", "/terima-kasih/"))]
        for page in pages:
            words = page.content.decode().split('id="isi"')[1].split("<footer")[0]
            assert "langsung tampil" not in words
            assert "lalu laporan tampil" not in words
            assert "untuk umum" not in words
    form = client.post("/lapor/", filled(client, place="", **CONFIDENTIAL)).content.decode()
    assert form.count("<span data-open hidden>") == 2
    assert "<span data-open>" in client.get("/lapor/").content.decode()


def test_a_guest_is_told_what_the_link_and_the_code_are_for(client: Client) -> None:
    bare = client.get(send(client)["Location"]).content.decode()
    assert "tidak bisa kami kirim ulang" in bare
    assert "Kodenya belum diisi" not in bare
    address = send(client, email="sari@example.com")["Location"]
    report = Report.objects.get(contact__email="sari@example.com")
    ticket = client.get(address.replace("/kode/", "/terima-kasih/")).content.decode()
    page = client.get(f"/laporan/{report.number}/").content.decode()
    for text in (ticket, page):
        assert "Kodenya belum diisi" in text
        assert f'href="{address}"' in text
    assert "tidak bisa kami kirim ulang" not in ticket
    client.post(address, {"code": code_of(report, 1)})
    assert "Kodenya belum diisi" not in client.get(f"/laporan/{report.number}/").content.decode()


def test_new_codes_come_until_there_were_enough(client: Client) -> None:
    address = send(client, email="sari@example.com")["Location"]
    for _ in range(CODES_SENT - 1):
        assert client.post(address, {"action": "resend"}).status_code == 200
    answer = client.post(address, {"action": "resend"})
    assert answer.status_code == 429
    assert Contact.objects.get().codes_sent == CODES_SENT
    assert client.post(address, {"code": code_of(Report.objects.get(), CODES_SENT)}).status_code == 302


def test_only_the_reporter_sees_code_and_ticket(client: Client, django_user_model: type[User]) -> None:
    send(client, email="sari@example.com")
    report = Report.objects.get()
    stranger = Client()
    stranger.force_login(UserFactory())
    for page in ("kode", "terima-kasih"):
        assert stranger.get(f"/laporan/{report.number}/{page}/").status_code == 403
        for number in ("ZZZZZZZZ", "x", "%00", "K7M29QXD"):
            assert stranger.get(f"/laporan/{number}/{page}/").status_code in (403, 404)
    assert stranger.post(f"/laporan/{report.number}/kode/", {"code": code_of(report, 1)}).status_code == 403
    assert stranger.post(f"/laporan/{report.number}/akun/").status_code == 403
    report.refresh_from_db()
    assert not report.confirmed


def test_a_confirmed_guest_opens_an_account_with_the_same_address(client: Client) -> None:
    address = send(client, email="sari@example.com")["Location"]
    report = Report.objects.get()
    account = f"/laporan/{report.number}/akun/"
    assert client.post(account)["Location"] == f"/laporan/{report.number}/terima-kasih/"
    client.post(address, {"code": code_of(report, 1)})
    answer = client.post(account)
    assert answer["Location"].startswith("/akun/masuk/kode/")


def test_somebody_who_floods_is_asked_to_wait_and_loses_nothing(client: Client) -> None:
    for _ in range(30):
        assert send(client).status_code == 302
    before = counts()
    answer = send(client)
    assert answer.status_code == 429
    assert "Got di gang kami mampet" in answer.content.decode()
    assert counts() == before
    neighbour = Client()
    assert send(neighbour).status_code == 302
