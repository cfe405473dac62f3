"""Distances on the scale of a city, and which kelurahan a point may lie in.

Coordinates are degrees WGS 84. Inside, they become metres on a flat map around Jakarta: over the
city's 60 km its error is below 0.2 %, far less than the accuracy of a phone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

# Lengths of one degree at 6.2 degrees south (WGS 84 ellipsoid).
METRES_PER_DEGREE_LAT = 110_587.0
METRES_PER_DEGREE_LNG = 110_673.0

MIN_RADIUS_M = 30.0
MAX_RADIUS_M = 2_000.0

# A point is taken to be in the city up to this many times the mean distance from its kelurahan's point
# to the six next ones. Measured against real boundaries (tests/places/test_accuracy.py): of the mainland
# 1.1 % is wrongly refused; of what lies more than 2 km outside 98 % is refused. Islands lie further apart.
REACH_NEIGHBOURS = 6
REACH_FACTOR = 0.85
REACH_MIN_M = 600.0
REACH_MAX_M = 10_000.0
# An indicative border may lie this share of the way between two points off: the nearest point alone is
# right for 73 % of the mainland, what is offered with this doubt (2.0 kelurahan on average) for 92 %.
BORDER_DOUBT = 0.2
# Beside the nearest kelurahan another one is offered up to this many times its own reach away: without that,
# a spot of the sea would be offered half of the mainland.
OFFER_FACTOR = 1.5
# Further than this from every known point a spot is offered, but never taken as found. Nothing of the mainland
# lies so far off; around the islands it is water in 99 of 100 places, but Pulau Pramuka lies there as well.
FAR_M = 4_000.0


def to_metres(lat: float, lng: float) -> tuple[float, float]:
    """A position on the flat map: metres east and north."""
    return lng * METRES_PER_DEGREE_LNG, lat * METRES_PER_DEGREE_LAT


def distance_m(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Metres between two positions of the city."""
    east, north = to_metres(lat - other_lat, lng - other_lng)
    return math.hypot(east, north)


def circle_radius_m(accuracy_m: float | None) -> float:
    """Radius of the circle that a position is looked for in: at least 30 m, at most 2 km."""
    return min(max(accuracy_m or 0.0, MIN_RADIUS_M), MAX_RADIUS_M)


def is_position(lat: float, lng: float) -> bool:
    """Whether two numbers are a position on Earth; NaN and infinity are not."""
    return math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180


def is_accuracy(accuracy_m: float | None) -> bool:
    """Whether a device can mean this as its accuracy in metres; None is "not known"."""
    return accuracy_m is None or (math.isfinite(accuracy_m) and accuracy_m >= 0)


@dataclass(frozen=True)
class Point:
    """A kelurahan by one point inside it: official code and degrees."""

    code: str
    lat: float
    lng: float


class IndicativeAreas:
    """Areas without boundaries: every place belongs to the nearest kelurahan point within reach."""

    def __init__(self, points: Sequence[Point]) -> None:
        """Args: points: one per kelurahan, at least one."""
        self.codes = [point.code for point in points]
        self._metres = np.array([to_metres(point.lat, point.lng) for point in points])
        self._reach = self._reaches()

    def candidates(self, lat: float, lng: float, radius_m: float) -> tuple[str, ...]:
        """Codes of the kelurahan that a circle may touch, nearest first; empty outside the city.

        Args:
            lat, lng: centre, degrees.
            radius_m: radius, metres.
        """
        distances = np.hypot(*(self._metres - to_metres(lat, lng)).T)
        nearest = int(distances.argmin())
        if distances[nearest] > self._reach[nearest] + radius_m:
            return ()
        apart = np.hypot(*(self._metres - self._metres[nearest]).T)
        apart[nearest] = 1.0
        # Distance from the centre to the line half-way between the nearest point and each other one.
        to_border = (distances**2 - distances[nearest] ** 2) / (2 * apart)
        is_touched = to_border <= np.maximum(radius_m, BORDER_DOUBT * apart)
        touched = np.flatnonzero(is_touched & (distances <= OFFER_FACTOR * self._reach + radius_m))
        return tuple(self.codes[index] for index in sorted(touched, key=lambda index: float(distances[index])))

    def far_m(self, lat: float, lng: float) -> float | None:
        """Metres to the nearest kelurahan point where that is far (perhaps in the open sea); None where it is near."""
        nearest = float(np.hypot(*(self._metres - to_metres(lat, lng)).T).min())
        return nearest if nearest > FAR_M else None

    def _reaches(self) -> NDArray[np.float64]:
        gaps = np.hypot(*(self._metres[:, None] - self._metres[None]).transpose(2, 0, 1))
        gaps.sort(axis=1)
        neighbours = gaps[:, 1 : REACH_NEIGHBOURS + 1]
        spacing = neighbours.mean(axis=1) if neighbours.size else np.zeros(len(self.codes))
        return np.clip(spacing * REACH_FACTOR, REACH_MIN_M, REACH_MAX_M)


class Boundaries:
    """Real areas: polygons in metres behind a spatial index."""

    def __init__(self, geometries: Mapping[str, dict[str, Any]]) -> None:
        """Args: geometries: code -> GeoJSON Polygon or MultiPolygon that has been checked."""
        self.codes = list(geometries)
        self._areas = [in_metres(shape(geometry)) for geometry in geometries.values()]
        shapely.prepare(self._areas)
        self._tree = shapely.STRtree(self._areas)

    def candidates(self, lat: float, lng: float, radius_m: float) -> tuple[str, ...]:
        """Codes of the kelurahan that a circle touches: the one around the centre first, then by distance.

        Args:
            lat, lng: centre, degrees.
            radius_m: radius, metres.
        """
        centre = shapely.Point(to_metres(lat, lng))
        found = [int(index) for index in self._tree.query(centre, predicate="dwithin", distance=radius_m)]
        found.sort(key=lambda index: (self._areas[index].distance(centre), self.codes[index]))
        return tuple(self.codes[index] for index in found)


def in_metres(area: BaseGeometry) -> BaseGeometry:
    """A geometry in degrees, laid on the flat map."""
    scale = (METRES_PER_DEGREE_LNG, METRES_PER_DEGREE_LAT)
    return shapely.transform(area, lambda degrees: degrees * scale)
