"""Finding a kelurahan by what people type."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from places import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("slipi", "Slipi"),
        ("Kel. Slipi", "Slipi"),
        ("KELURAHAN SLIPI", "Slipi"),
        ("slip", "Slipi"),
        ("Slipi, Palmerah", "Slipi"),
        ("slipi jakbar", "Slipi"),
        ("Jati Pulo", "Jatipulo"),
        ("jatipulo", "Jatipulo"),
        ("RT 004/06 jati pulo", "Jatipulo"),
        ("Kb. Jeruk", "Kebon Jeruk"),
        ("kebun jeruk", "Kebon Jeruk"),
        ("jeruk kebon", "Kebon Jeruk"),
        ("Tj. Priok", "Tanjung Priok"),
        ("Tandjoeng Priok", "Tanjung Priok"),
        ("Tjempaka Poetih Barat", "Cempaka Putih Barat"),
        ("cemp putih brt", "Cempaka Putih Barat"),
        ("Pd. Kelapa", "Pondok Kelapa"),
        ("pondok rangon", "Pondok Ranggon"),
        ("Ps. Minggu", "Pasar Minggu"),
        ("Kp. Melayu", "Kampung Melayu"),
        ("Cip. Besar Sel.", "Cipinang Besar Selatan"),
        ("setiabudi", "Setia Budi"),
        ("Duren 3", "Duren Tiga"),
        ("durian tiga", "Duren Tiga"),
        ("Kelapa II Wetan", "Kelapa Dua Wetan"),
        ("keramat jati", "Kramatjati"),
        ("Pulau Gadung", "Pulo Gadung"),
        ("Makassar", "Makasar"),
        ("tanah sareal", "Tanah Sereal"),
        ("hutan kayu utara", "Utan Kayu Utara"),
        ("Lenteng Agoeng", "Lenteng Agung"),
        ("bidaracina", "Bidara Cina"),
        ("pal meriam", "Palmeriam"),
        ("halim", "Halim Perdana Kusuma"),
        ("slippi", "Slipi"),
        ("slpi", "Slipi"),
        ("kemanggsian", "Kemanggisan"),
        ("Tanjung Periuk", "Tanjung Priok"),
    ],
)
def test_common_ways_to_write_a_name(typed: str, first: str) -> None:
    assert queries.search_regions(typed)[0].short_name == first


def test_the_name_itself_comes_before_longer_names_and_neighbours() -> None:
    found = [region.short_name for region in queries.search_regions("menteng")]
    assert found[:4] == ["Menteng", "Menteng Atas", "Menteng Dalam", "Ujung Menteng"]


def test_a_kecamatan_leads_to_its_kelurahan() -> None:
    found = queries.search_regions("kec. palmerah", limit=20)
    assert found[0].short_name == "Palmerah"
    assert {region.parent.code for region in found if region.parent} == {"31.73.07"}
    assert len(found) == 6


def test_other_levels_can_be_searched() -> None:
    assert queries.search_regions("tebet", level="kecamatan")[0].label == "Kecamatan Tebet"


@pytest.mark.parametrize("typed", ["", "   ", "…", "zzzzzz", "'; DROP TABLE", "%", "_", "\0", "🙂", "١٢٣"])
def test_nothing_is_found_for_what_is_no_name(typed: str) -> None:
    assert queries.search_regions(typed) == []


def test_a_novel_is_refused() -> None:
    with pytest.raises(DomainError) as refusal:
        queries.search_regions("slipi " * 40)
    assert refusal.value.code == "search_too_long"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(typed: str) -> None:
    assert len(queries.search_regions(typed)) <= 10


@pytest.mark.parametrize("typed", ["slipi", "jakarta selatan"])
def test_a_search_costs_one_query_however_much_it_finds(typed: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        labels = [region.full_label for region in queries.search_regions(typed, limit=70)]
    assert labels


def test_a_slip_costs_a_second_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert queries.search_regions("slpi")
