"""Which kelurahan a point may lie in. Brings shapely and numpy along (16 MB): imported where a point is looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from places.domain.geo import METRES_PER_DEGREE_LAT, METRES_PER_DEGREE_LNG, Point, to_metres

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


class IndicativeAreas:
    """Areas without boundaries: every place belongs to the nearest kelurahan point within reach."""

    indicative = True

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

    indicative = False

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

    def far_m(self, lat: float, lng: float) -> float | None:
        """None: what lies inside a boundary is not far from it."""
        return None


def in_metres(area: BaseGeometry) -> BaseGeometry:
    """A geometry in degrees, laid on the flat map."""
    scale = (METRES_PER_DEGREE_LNG, METRES_PER_DEGREE_LAT)
    return shapely.transform(area, lambda degrees: degrees * scale)
