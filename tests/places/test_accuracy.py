"""How good the indicative areas are, measured against real boundaries, and those boundaries themselves.

The boundaries are third-party data for tests alone: they are found by REMBUK_BOUNDARIES (by default
beside the repository) and the tests skip where they are absent.
"""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from places import facts, queries, services
from places.domain import boundary_file, geo
from places.domain.areas import Boundaries, IndicativeAreas

log = logging.getLogger(__name__)
FILE = Path(
    os.environ.get(
        "REMBUK_BOUNDARIES",
        Path(__file__).resolve().parents[3] / "shared/data/kelurahan_boundaries.geojson",
    )
)
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="no boundaries to measure with: set REMBUK_BOUNDARIES")
POINTS = tuple(geo.Point(fact.code, fact.lat, fact.lng) for fact in facts.regions() if fact.level == "kelurahan")
ISLANDS = "31.01"
TRIED = 60


@lru_cache(maxsize=1)
def boundaries() -> dict[str, boundary_file.Geometry]:
    reading = boundary_file.read(FILE.read_bytes(), POINTS)
    assert not reading.problems
    return reading.geometries


def spots(area: shapely.Geometry, count: int, seed: int) -> NDArray[np.float64]:
    """Up to `count` random spots of an area: rows of longitude and latitude."""
    west, south, east, north = area.bounds
    drawn = np.random.default_rng(seed).uniform([west, south], [east, north], (count * 40, 2))
    inside: NDArray[np.float64] = drawn[shapely.contains_xy(area, drawn)][:count]
    return inside


def measure() -> dict[str, float]:
    """Shares of spots on the mainland (each kelurahan by its area) and around it (equally everywhere)."""
    indicative = IndicativeAreas(POINTS)
    weights, first, offered, refused, choices = [], [], [], [], []
    for seed, (code, geometry) in enumerate(boundaries().items()):
        if code.startswith(ISLANDS):
            continue
        area = shape(geometry)
        found = [indicative.candidates(lat, lng, 30) for lng, lat in spots(area, TRIED, seed)]
        weights.append(area.area)
        first.append(np.mean([codes[:1] == (code,) for codes in found]))
        offered.append(np.mean([code in codes for codes in found]))
        refused.append(np.mean([codes == () for codes in found]))
        choices.append(np.mean([len(codes) for codes in found if codes]))
    figures = {"first": first, "offered": offered, "refused": refused, "choices": choices}
    shares = {name: float(np.average(values, weights=weights)) for name, values in figures.items()}
    return shares | {f"outside {km} km": outside_refused(indicative, km) for km in (1, 2)}


def outside_refused(indicative: IndicativeAreas, km: float) -> float:
    """Share of spots from `km` to 5 km outside the mainland that are refused."""
    city = shapely.union_all([shape(g) for code, g in boundaries().items() if not code.startswith(ISLANDS)])
    degrees = km * 1000 / geo.METRES_PER_DEGREE_LAT
    ring = city.buffer(5000 / geo.METRES_PER_DEGREE_LAT).difference(city.buffer(degrees))
    return float(np.mean([not indicative.candidates(lat, lng, 30) for lng, lat in spots(ring, 3000, 7)]))


def test_indicative_areas_are_as_good_as_documented() -> None:
    shares = measure()
    # Shown by --log-cli-level=INFO.
    log.info(", ".join(f"{name}: {share:.3f}" for name, share in shares.items()))
    assert shares["first"] > 0.70
    assert shares["offered"] > 0.91
    assert shares["choices"] < 2.4
    assert shares["refused"] < 0.02
    assert shares["outside 1 km"] > 0.87
    assert shares["outside 2 km"] > 0.96


def test_every_point_lies_in_its_own_boundary() -> None:
    areas = Boundaries(boundaries())
    for point in POINTS:
        assert areas.candidates(point.lat, point.lng, 0.5)[0] == point.code


@pytest.mark.django_db
def test_real_boundaries_are_imported_and_answer() -> None:
    services.import_boundaries(actor=None, data=FILE.read_bytes(), source="Uji")
    right, tried = 0, 0
    for seed, (code, geometry) in enumerate(list(boundaries().items())[::20]):
        for lng, lat in spots(shape(geometry), 5, seed):
            tried += 1
            right += services.locate(lat, lng, None).candidates[0].code == code
    assert tried > 50
    assert right == tried
    assert not queries.boundaries_are_indicative()
