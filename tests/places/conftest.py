from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from places import queries
from places.domain import geo

HALF_M = 150


def collection(features: list[dict[str, Any]]) -> bytes:
    """A GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def squares(db: None) -> Callable[[], list[dict[str, Any]]]:
    """A small square around the point of every kelurahan: no boundaries of a real city, but valid ones."""

    def features() -> list[dict[str, Any]]:
        return [square(point) for point in queries.kelurahan_points()]

    return features


def square(point: geo.Point) -> dict[str, Any]:
    """A feature of 300 m around a point."""
    north, east = HALF_M / geo.METRES_PER_DEGREE_LAT, HALF_M / geo.METRES_PER_DEGREE_LNG
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [[point.lng + x * east, point.lat + y * north] for x, y in corners]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": point.code}, "geometry": geometry}
