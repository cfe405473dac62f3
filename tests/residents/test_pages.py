"""One's own standing, the desk at an assembly, taking back: as people use them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from residents import services
from residents.models import Verification
from tests.factories.accounts import PALMERAH, UserFactory, admin, officer, region, section_head
from tests.residents.conftest import NIK

pytestmark = pytest.mark.django_db
DESK = "/warga/meja/"


@pytest.fixture
def at_the_desk(client, joko, sari):
    """The officer's window, and the address of the card's page of Ibu Sari."""
    client.force_login(joko)
    return client, f"{DESK}?kode={services.introduce(actor=sari).code}"


def fields(**changes):
    return {"nik": NIK, "kelurahan": region().pk, "rw": "06", "seen": "on"} | changes


def test_a_visitor_reads_what_is_kept_and_why(client):
    page = client.get("/warga/").content.decode()
    assert "sidik" in page.lower()
    assert reverse("account_login") in page


def test_somebody_shows_a_code_and_is_verified(client, sari, joko):
    client.force_login(sari)
    assert client.post("/warga/kode/").url == "/warga/#kode"
    page = client.get("/warga/").content.decode()
    code = re.search(r"showcode__digits[^>]*>(\d{3}) (\d{3})<", page)
    assert "<svg" in page
    client.force_login(joko)
    card = client.get(DESK, {"kode": " ".join(code.groups())})
    assert "Ibu Sari" in card.content.decode()
    done = client.post(f"{DESK}?kode={code[1]}{code[2]}", fields(), follow=True)
    assert "Kelurahan Slipi, RW 06" in done.content.decode()
    client.force_login(sari)
    assert "31" not in client.get("/warga/").content.decode().split("<main")[1].split("RW 06")[0][-40:]
    assert "Kelurahan Slipi" in client.get("/akun/").content.decode()


@pytest.mark.parametrize("code", ["", "abc", "123456", "0000000", "\x00"])
def test_a_code_that_is_none_is_refused_beside_the_field(client, joko, code):
    client.force_login(joko)
    response = client.get(DESK, {"kode": code})
    assert response.status_code == 422
    assert "field__error" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nik": ""}, "nik"),
        ({"nik": "123"}, "nik"),
        ({"nik": "3173071308900000"}, "nik"),
        ({"nik": "9" * 5000}, "nik"),
        ({"rw": "enam"}, "rw"),
        ({"rw": "9" * 500}, "rw"),
        ({"kelurahan": "0"}, "kelurahan"),
        ({"kelurahan": "x"}, "kelurahan"),
        ({"seen": ""}, "seen"),
        ({"of_a_hundred": "x"}, "of_a_hundred"),
    ],
)
def test_what_is_wrong_on_the_card_is_told_beside_the_field(at_the_desk, changes, field):
    client, address = at_the_desk
    response = client.post(address, fields(**changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "field__error" in page or field == "of_a_hundred"
    assert response["Cache-Control"].count("no-store")
    assert not Verification.objects.exists()


def test_the_age_is_asked_only_when_the_number_does_not_tell(at_the_desk):
    client, address = at_the_desk
    assert "of_a_hundred" not in client.get(address).content.decode()
    refused = client.post(address, fields(nik="3173070101200001"))
    assert 'name="of_a_hundred"' in refused.content.decode()
    assert client.post(address, fields(nik="3173070101200001", of_a_hundred="yes")).status_code == 302
    assert Verification.objects.get().over_17


def test_a_kelurahan_of_another_office_is_no_choice(client, sari):
    client.force_login(officer(PALMERAH))
    address = f"{DESK}?kode={services.introduce(actor=sari).code}"
    response = client.post(address, fields())
    assert response.status_code == 422
    assert "kelurahan" in response.context["form"].errors


@pytest.mark.parametrize("path", [DESK, "/warga/daftar/", "/warga/kode/", "/warga/tetangga/", "/warga/saksi/"])
def test_visitors_sign_in_first(client, path):
    response = client.post(path) if path == "/warga/kode/" else client.get(path)
    assert response.url.startswith("/akun/masuk/")


@pytest.mark.parametrize("path", [DESK, "/warga/daftar/"])
def test_citizens_have_no_desk(client, sari, path):
    client.force_login(sari)
    assert client.get(path).status_code == 403


def test_a_section_head_takes_back_and_others_find_nothing(client, verify, sari):
    held = verify()
    address = f"/warga/daftar/{held.pk}/cabut/"
    for stranger in (UserFactory(), officer(), section_head(PALMERAH), admin("31.74")):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "Salah"}).status_code == 404
    client.force_login(section_head())
    assert "Ibu Sari" in client.get("/warga/daftar/?q=sari").content.decode()
    assert "Ibu Sari" not in client.get("/warga/daftar/?q=tono").content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Kartu orang lain"}, follow=True).status_code == 200
    assert client.post(address, {"reason": "Kartu orang lain"}).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, verify, count, django_assert_num_queries):
    for place in range(count):
        verify(user=UserFactory(), nik=f"317307170890001{place}")
    client.force_login(section_head())
    client.get("/warga/daftar/")
    with django_assert_num_queries(5):
        client.get("/warga/daftar/")


def test_neighbours_speak_for_one_another(client, verify, sari):
    witnesses = [UserFactory(), UserFactory()]
    for place, one in enumerate(witnesses):
        verify(user=one, nik=f"317307170890001{place}")
    client.force_login(sari)
    assert client.post("/warga/tetangga/", fields()).url == "/warga/#kode"
    code = services.introduce(actor=sari).code
    for one in witnesses:
        client.force_login(one)
        assert "Ibu Sari" in client.get(f"/warga/saksi/?kode={code}").content.decode()
        assert client.post(f"/warga/saksi/?kode={code}").url == "/warga/"
    assert Verification.objects.get(user=sari).method == "witnesses"


def test_who_is_no_resident_is_no_witness(client, sari):
    tono = UserFactory()
    client.force_login(tono)
    link = f"/warga/saksi/?kode={services.introduce(actor=sari).code}"
    page = client.get(link).content.decode()
    assert "Hanya warga terverifikasi yang dapat melakukan ini" in page
    assert sari.nickname not in page
    assert client.post(link).status_code == 403


def test_nobody_tries_out_whose_card_is_known(client, sari):
    client.force_login(sari)
    answers = [client.post("/warga/tetangga/", fields(nik=f"317307170890001{place}")) for place in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_nobody_tries_out_codes(client, joko):
    client.force_login(joko)
    answers = {client.get(DESK, {"kode": f"{place:06d}"}).status_code for place in range(201)}
    assert answers == {422, 429}
