"""Distances and areas on small maps that can be checked by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain import geo
from places.domain.areas import Boundaries, IndicativeAreas

LAT, LNG = -6.2, 106.8
KM_LAT, KM_LNG = 1000 / geo.METRES_PER_DEGREE_LAT, 1000 / geo.METRES_PER_DEGREE_LNG


def square(west_km: float, south_km: float, size_km: float = 2) -> dict[str, Any]:
    corners = [(0, 0), (size_km, 0), (size_km, size_km), (0, size_km), (0, 0)]
    ring = [[LNG + (west_km + x) * KM_LNG, LAT + (south_km + y) * KM_LAT] for x, y in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def at(east_km: float, north_km: float) -> tuple[float, float]:
    return LAT + north_km * KM_LAT, LNG + east_km * KM_LNG


@given(st.floats(-6.4, -5.4), st.floats(106.4, 107.0), st.floats(0, 2 * math.pi), st.floats(1, 30_000))
def test_distance_agrees_with_the_sphere(lat: float, lng: float, bearing: float, metres: float) -> None:
    other_lat = lat + metres * math.cos(bearing) / geo.METRES_PER_DEGREE_LAT
    other_lng = lng + metres * math.sin(bearing) / geo.METRES_PER_DEGREE_LNG
    half = (
        math.sin(math.radians(other_lat - lat) / 2) ** 2
        + math.cos(math.radians(lat))
        * math.cos(math.radians(other_lat))
        * math.sin(math.radians(other_lng - lng) / 2) ** 2
    )
    sphere = 2 * 6_371_008.8 * math.asin(math.sqrt(half))
    # Half a percent is what the round Earth itself is wrong by.
    assert geo.distance_m(lat, lng, other_lat, other_lng) == pytest.approx(sphere, rel=0.007, abs=0.01)


@pytest.mark.parametrize(("accuracy", "radius"), [(None, 30), (0, 30), (12.5, 30), (30, 30), (85, 85), (9e9, 2000)])
def test_the_circle_is_at_least_30_m_and_at_most_2_km(accuracy: float | None, radius: float) -> None:
    assert geo.circle_radius_m(accuracy) == radius


def test_boundaries_offer_both_sides_of_a_border_within_the_circle() -> None:
    areas = Boundaries({"west": square(0, 0), "east": square(2, 0)})
    assert areas.candidates(*at(1, 1), 30) == ("west",)
    assert areas.candidates(*at(1.98, 1), 30) == ("west", "east")
    assert areas.candidates(*at(2.02, 1), 30) == ("east", "west")
    assert areas.candidates(*at(1.96, 1), 30) == ("west",)
    assert areas.candidates(*at(1.96, 1), 50) == ("west", "east")


def test_boundaries_know_the_outside_but_forgive_the_circle() -> None:
    areas = Boundaries({"west": square(0, 0)})
    assert areas.candidates(*at(-0.02, 1), 30) == ("west",)
    assert areas.candidates(*at(-0.04, 1), 30) == ()


def test_indicative_areas_offer_the_nearest_first_and_doubt_their_borders() -> None:
    points = [geo.Point(str(x), *at(x, 0)) for x in range(0, 8, 2)]
    areas = IndicativeAreas(points)
    assert areas.candidates(*at(0.1, 0), 30) == ("0",)
    # The border lies at 1 km and may be 0.4 km (a fifth of the 2 km between them) off.
    assert areas.candidates(*at(0.5, 0), 30) == ("0",)
    assert areas.candidates(*at(0.7, 0), 30) == ("0", "2")
    assert areas.candidates(*at(0.5, 0), 600) == ("0", "2")
    assert areas.candidates(*at(0, 40), 2000) == ()


def test_a_spot_far_from_every_known_point_is_in_doubt() -> None:
    areas = IndicativeAreas([geo.Point("island", *at(0, 0)), geo.Point("next", *at(30, 0))])
    assert areas.far_m(*at(0, 3.9)) is None
    assert areas.far_m(*at(0, 4.1)) == pytest.approx(4100)
    assert areas.candidates(*at(0, 9.9), 30) == ("island",)
    assert areas.candidates(*at(0, 10.1), 30) == ()


def test_far_away_kelurahan_are_not_offered_for_a_spot_of_the_sea() -> None:
    coast = [geo.Point(f"coast {x}", *at(x, 0)) for x in range(4)]
    areas = IndicativeAreas([*coast, geo.Point("island", *at(0, 14))])
    assert areas.candidates(*at(0, 7.5), 30) == ("island",)


@given(st.floats(-3, 9), st.floats(-3, 3), st.floats(30, 2000))
def test_a_wider_circle_never_offers_less(east: float, north: float, radius: float) -> None:
    points = [geo.Point(f"{x}{y}", *at(x, y)) for x in range(0, 8, 2) for y in (-1, 1)]
    areas = IndicativeAreas(points)
    assert set(areas.candidates(*at(east, north), 30)) <= set(areas.candidates(*at(east, north), radius))


@pytest.mark.parametrize("lat", [math.nan, math.inf, -math.inf, 90.01, -6.2e300])
def test_what_is_no_position(lat: float) -> None:
    assert not geo.is_position(lat, LNG)
    assert geo.is_position(LAT, LNG)
    assert not geo.is_accuracy(math.nan)
    assert not geo.is_accuracy(-1.0)
    assert geo.is_accuracy(None)
