"""The list of places, suggestions and the point, with the addresses that people and machines send."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories.places import kelurahan

pytestmark = pytest.mark.django_db
AS_JSON = {"HTTP_ACCEPT": "application/json"}


def asked(client: Client, address: str, data: dict[str, Any] | None = None) -> tuple[int, Any]:
    answer = client.get(address, data or {}, **AS_JSON)
    return answer.status_code, json.loads(answer.content)


def test_suggestions_as_json_carry_the_whole_label(client: Client) -> None:
    assert asked(client, "/tempat/cari", {"q": "Kel. Slipi"}) == (
        200,
        {"results": [{"code": "31.73.07.1002", "label": "Kelurahan Slipi, Kecamatan Pal Merah, Jakarta Barat"}]},
    )


def test_suggestions_for_htmx_are_choices(client: Client) -> None:
    page = client.get("/tempat/cari", {"q": "slipi"}, HTTP_HX_REQUEST="true").content.decode()
    assert 'name="kelurahan" value="31.73.07.1002"' in page
    assert "<html" not in page
    nothing = client.get("/tempat/cari", {"q": "zzzzzz"}, HTTP_HX_REQUEST="true").content.decode()
    assert "Kelurahan tidak ditemukan" in nothing


def test_a_point_in_slipi(client: Client) -> None:
    slipi = kelurahan("Slipi")
    status, answer = asked(client, "/tempat/titik", {"lat": slipi.lat, "lng": slipi.lng, "akurasi": "18.5"})
    assert status == 200
    assert answer["indicative"] is True
    assert answer["candidates"][0] == {"code": slipi.code, "label": slipi.full_label}
    assert answer["doubt"] == ""
    assert "mungkin di laut" in asked(client, "/tempat/titik", {"lat": "-5.87", "lng": "106.56"})[1]["doubt"]


def test_a_point_in_bekasi(client: Client) -> None:
    status, answer = asked(client, "/tempat/titik", {"lat": "-6.2349", "lng": "106.9896"})
    assert (status, answer["code"], answer["field"]) == (422, "outside_city", "place")
    assert "di luar Jakarta" in answer["message"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?lat=-6.2",
        "?lat=&lng=",
        "?lat=abc&lng=106.8",
        "?lat=nan&lng=106.8",
        "?lat=-6.2&lng=inf",
        "?lat=-6.2&lng=1e999",
        "?lat=-96.2&lng=106.8",
        "?lat=-6,2&lng=106,8",
        "?lat=-6.2&lng=106.8&akurasi=-1",
        "?lat=-6.2&lng=106.8&akurasi=nan",
        "?lat=-6.2&lng=106.8&akurasi=x",
        "?lat[]=1&lng[]=2",
        "?lat=%00&lng=%FF%FE",
        "?lat=" + "9" * 3000 + "&lng=1",
        "?lat=<script>&lng=106.8",
    ],
)
def test_what_is_no_position_gets_a_sentence(client: Client, query: str) -> None:
    status, answer = asked(client, "/tempat/titik" + query)
    assert (status, answer["code"]) == (400, "bad_position")
    assert "tidak terbaca" in answer["message"]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=%FF%FE", "?q=<script>", "?q=%F0%9F%99%82", "?x=1"])
def test_odd_searches_find_nothing(client: Client, query: str) -> None:
    assert asked(client, "/tempat/cari" + query) == (200, {"results": []})
    assert client.get("/tempat/" + query).status_code == (400 if "%00" in query else 200)


def test_a_search_that_is_too_long_gets_a_sentence(client: Client) -> None:
    status, answer = asked(client, "/tempat/cari", {"q": "a" * 500})
    assert (status, answer["code"]) == (400, "search_too_long")
    page = client.get("/tempat/", {"q": "a" * 500})
    assert page.status_code == 400
    assert "a" * 500 in page.content.decode()


def test_the_list_shows_the_whole_city(client: Client) -> None:
    page = client.get("/tempat/").content.decode()
    assert page.count("/tempat/31.") == 267
    assert "Kecamatan Pal Merah" in page


def test_the_list_is_searched_without_javascript(client: Client) -> None:
    page = client.get("/tempat/", {"q": "jati pulo"}).content.decode()
    assert "Kelurahan Jatipulo, Kecamatan Pal Merah, Jakarta Barat" in page
    assert "<script>alert" not in client.get("/tempat/", {"q": "<script>alert(1)"}).content.decode()


def test_a_page_for_a_kelurahan_says_who_is_responsible(client: Client) -> None:
    page = client.get("/tempat/31.73.07.1002/").content.decode()
    assert "<h1>Kelurahan Slipi</h1>" in page
    assert "Kantor Kelurahan Slipi" in page
    assert "hanya perkiraan" in page


@pytest.mark.parametrize("code", ["31.73.07", "31.73.07.9999", "x", "31.73.07.1002%00", "%F0%9F%99%82"])
def test_an_unknown_kelurahan_is_not_found(client: Client, code: str) -> None:
    status, answer = asked(client, f"/tempat/{code}/")
    assert (status, answer["code"]) == (404, "unknown_region")


@pytest.mark.parametrize("address", ["/tempat/", "/tempat/cari", "/tempat/titik", "/tempat/31.73.07.1002/"])
def test_nothing_is_changed_here(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head("/tempat/").status_code == 200


@pytest.mark.parametrize("typed", ["slipi", "menteng", "jakarta timur"])
def test_suggestions_cost_one_query_however_many(client: Client, typed: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get("/tempat/cari", {"q": typed}, **AS_JSON)


def test_the_list_costs_one_query(client: Client, django_assert_num_queries) -> None:
    client.get("/tempat/")
    with django_assert_num_queries(1):
        client.get("/tempat/")
