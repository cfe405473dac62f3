"""Where a point lies, with indicative areas and with imported boundaries."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from core.errors import DomainError
from places import queries, services
from places.domain import geo
from tests.factories.places import kelurahan
from tests.places.conftest import collection

pytestmark = pytest.mark.django_db
METRE = 1 / geo.METRES_PER_DEGREE_LAT


def test_a_point_of_slipi_is_in_slipi_and_the_page_says_that_borders_are_indicative() -> None:
    slipi = kelurahan("Slipi")
    located = services.locate(slipi.lat, slipi.lng, 12.0)
    assert located.candidates[0] == slipi
    assert located.indicative
    assert queries.boundaries_are_indicative()


def test_half_way_between_two_points_both_are_offered() -> None:
    one, other = kelurahan("Slipi"), kelurahan("Palmerah")
    located = services.locate((one.lat + other.lat) / 2, (one.lng + other.lng) / 2)
    assert {one, other} <= set(located.candidates)


@pytest.mark.parametrize(
    ("where", "lat", "lng"),
    [
        ("Bekasi, the square", -6.2349, 106.9896),
        ("Depok, the city hall", -6.3944, 106.8227),
        ("Tangerang, the old town", -6.1783, 106.6319),
        ("Tangerang, the airport", -6.1256, 106.6559),
        ("Ciledug", -6.2366, 106.7047),
        ("Serpong", -6.3200, 106.6640),
        ("Bogor, the palace", -6.5975, 106.7997),
        ("the Java Sea north of Ancol", -6.0200, 106.8400),
        ("Bandung", -6.9175, 107.6191),
        ("the other side of the Earth", 51.5, -0.12),
        ("the South Pole", -90.0, 0.0),
        ("the date line", 0.0, 180.0),
    ],
)
def test_outside_the_city_is_refused_with_what_to_do(where: str, lat: float, lng: float) -> None:
    with pytest.raises(DomainError) as refusal:
        services.locate(lat, lng, 50.0)
    assert (refusal.value.code, refusal.value.field, refusal.value.status) == ("outside_city", "place", 422)
    assert "pilih kelurahan dari namanya" in refusal.value.sentence
    assert "Bekasi" in refusal.value.sentence


@pytest.mark.parametrize(
    ("where", "lat", "lng", "doubtful"),
    [
        ("on Pulau Kelapa", -5.6555, 106.5680, False),
        ("the pier of Pulau Untung Jawa", -5.9770, 106.7060, False),
        ("Pulau Pramuka, whose kelurahan has its point elsewhere", -5.7450, 106.6100, True),
        ("the sea between Tidung and Pari", -5.8700, 106.5600, True),
    ],
)
def test_among_the_islands_a_spot_far_from_a_known_point_is_offered_with_doubt(
    where: str, lat: float, lng: float, doubtful: bool
) -> None:
    located = services.locate(lat, lng, 20.0)
    assert located.candidates[0].code.startswith("31.01")
    assert ("mungkin di laut" in located.doubt) is doubtful


def test_the_open_sea_beyond_the_islands_is_outside() -> None:
    for lat, lng in ((-5.50, 106.60), (-5.90, 106.45), (-5.85, 106.75), (-5.98, 106.83)):
        with pytest.raises(DomainError, match="outside_city"):
            services.locate(lat, lng, 20.0)


@pytest.mark.parametrize(
    ("lat", "lng", "accuracy"),
    [
        (math.nan, 106.8, 10.0),
        (-6.2, math.inf, 10.0),
        (-6.2, 106.8, math.nan),
        (-6.2, 106.8, -5.0),
        (-6.2, 106.8, math.inf),
        (-96.2, 106.8, None),
        (-6.2, 1e300, None),
    ],
)
def test_what_is_no_position_is_refused(lat: float, lng: float, accuracy: float | None) -> None:
    with pytest.raises(DomainError) as refusal:
        services.locate(lat, lng, accuracy)
    assert (refusal.value.code, refusal.value.status) == ("bad_position", 400)


def test_a_hopeless_accuracy_still_gets_an_answer_that_a_person_can_read() -> None:
    slipi = kelurahan("Slipi")
    located = services.locate(slipi.lat, slipi.lng, 1e9)
    assert located.candidates[0] == slipi
    assert len(located.candidates) <= services.MAX_CANDIDATES


def test_imported_boundaries_take_over_and_offer_both_sides(squares: Callable[[], list[dict[str, Any]]]) -> None:
    slipi, neighbour = kelurahan("Slipi"), kelurahan("Kota Bambu Selatan")
    features = squares()
    # The square of the neighbour is moved to the eastern edge of Slipi's.
    edge = slipi.lng + 150 / geo.METRES_PER_DEGREE_LNG
    east = {"type": "Polygon", "coordinates": [[
        [edge, slipi.lat], [neighbour.lng + 0.001, slipi.lat], [neighbour.lng + 0.001, neighbour.lat],
        [neighbour.lng - 0.001, neighbour.lat], [edge, slipi.lat],
    ]]}  # fmt: skip
    next(f for f in features if f["properties"]["code"] == neighbour.code)["geometry"] = east
    services.import_boundaries(actor=None, data=collection(features), source="Uji")

    inside = services.locate(slipi.lat, slipi.lng, 10.0)
    assert inside.candidates == (slipi,)
    assert not inside.indicative
    at_the_edge = services.locate(slipi.lat + 5 * METRE, edge - 10 * METRE, 10.0)
    assert at_the_edge.candidates == (slipi, neighbour)
    beyond = services.locate(slipi.lat + 5 * METRE, edge + 20 * METRE, None)
    assert beyond.candidates == (neighbour, slipi)


def test_outside_imported_boundaries_is_refused_beyond_the_circle(
    squares: Callable[[], list[dict[str, Any]]],
) -> None:
    services.import_boundaries(actor=None, data=collection(squares()), source="Uji")
    slipi = kelurahan("Slipi")
    assert services.locate(slipi.lat + 175 * METRE, slipi.lng, None).candidates == (slipi,)
    with pytest.raises(DomainError) as refusal:
        services.locate(slipi.lat + 190 * METRE, slipi.lng, None)
    assert refusal.value.code == "outside_city"
    assert services.locate(slipi.lat + 190 * METRE, slipi.lng, 80.0).candidates == (slipi,)


def test_looking_up_a_point_costs_few_queries(
    squares: Callable[[], list[dict[str, Any]]], django_assert_num_queries
) -> None:
    slipi = kelurahan("Slipi")
    services.locate(slipi.lat, slipi.lng)
    with django_assert_num_queries(2):
        assert [region.full_label for region in services.locate(slipi.lat, slipi.lng, 900).candidates]
    services.import_boundaries(actor=None, data=collection(squares()), source="Uji")
    services.locate(slipi.lat, slipi.lng)
    with django_assert_num_queries(2):
        assert [region.full_label for region in services.locate(slipi.lat, slipi.lng).candidates]
