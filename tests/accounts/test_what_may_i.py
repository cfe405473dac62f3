"""The page "what may I do here?"."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory, section_head

pytestmark = pytest.mark.django_db


def page(client: Client, place: str = "", status: int = 200) -> str:
    response = client.get("/boleh/", {"wilayah": place} if place else {})
    assert response.status_code == status
    return response.content.decode()


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_visitor_reads_what_is_open_and_what_is_missing() -> None:
    text = page(Client(), "slipi")
    assert "Boleh Anda lakukan di Kelurahan Slipi" in text
    assert "Melaporkan sesuatu (tanpa akun juga bisa)" in text
    assert "/akun/masuk/?next=/boleh/%3Fwilayah%3Dslipi" in text
    assert "Mengerjakan antrean unit" not in text


def test_an_account_is_led_to_verification() -> None:
    text = page(signed_in(UserFactory()), "31.73.07.1002")
    assert "Hanya warga terverifikasi" in text
    assert 'href="/warga/"' in text
    assert "Anda belum masuk" not in text


def test_an_office_sees_its_acts_in_its_own_region_alone() -> None:
    client = signed_in(section_head())
    assert "Mengerjakan antrean unit" in page(client)
    assert "Mengerjakan antrean unit" not in page(client, "31.75.06.1001")


@pytest.mark.parametrize("place", ["zzzzqqq", "\0", "31.99", "'\"<script>"])
def test_a_place_that_is_none_is_told_so(place: str) -> None:
    text = page(Client(), place, status=404)
    assert "Kami tidak mengenal tempat itu" in text
    assert "<script>" not in text.replace("<script defer", "").replace("<script type", "")


@pytest.mark.parametrize("place", ["31.73.07.1002", "31.75.06.1001"])
def test_the_page_costs_the_same_wherever(place: str, django_assert_max_num_queries: Any) -> None:
    client = signed_in(section_head())
    page(client, place)
    with django_assert_max_num_queries(6):
        page(client, place)
