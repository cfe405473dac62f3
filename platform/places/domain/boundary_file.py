"""Reading a file of boundaries: every feature is checked, and all that is wrong is told at once.

Nothing in here trusts the file: it may be no text, nested without end or hold numbers beyond reason.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from places.domain.areas import in_metres
from places.domain.geo import Point, to_metres

MAX_BYTES = 50_000_000
MAX_POSITIONS = 2_000_000
NEAR_M = 1_000.0
# Neighbours that were drawn apart from each other overlap by slivers; more than this is a mistake.
OVERLAP_SHARE = 0.02
OVERLAP_M2 = 5_000.0

Geometry = dict[str, Any]


class Flaw(StrEnum):
    """What can be wrong with a file of boundaries."""

    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    BEYOND_REASON = "beyond_reason"
    NOT_COLLECTION = "not_collection"
    NOT_FEATURE = "not_feature"
    UNKNOWN_CODE = "unknown_code"
    TWICE = "twice"
    NOT_POLYGON = "not_polygon"
    BAD_COORDINATES = "bad_coordinates"
    BAD_SHAPE = "bad_shape"
    FAR_AWAY = "far_away"
    MISSING = "missing"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Args:
        flaw: what.
        where: the line ("3"), the feature ("12" or "12, 31.73.07.1002") or the codes concerned.
        detail: what was found there, shortened.
    """

    flaw: Flaw
    where: str = ""
    detail: str = ""


@dataclass
class Reading:
    """What came of a file: boundaries by code, or problems."""

    geometries: dict[str, Geometry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _WrongCoordinatesError(ValueError):
    pass


def read(data: bytes, points: Iterable[Point]) -> Reading:
    """Check a GeoJSON file of boundaries.

    Args:
        data: the file. Each feature names its kelurahan by `properties.code` or `id`.
        points: all kelurahan of the city; each must have exactly one boundary near its point.

    Returns:
        Geometries in two dimensions when all is well; else at least one problem.
    """
    known = {point.code: point for point in points}
    reading = Reading()
    features = _features(data, reading)
    if reading.problems:
        return reading
    areas: dict[str, BaseGeometry] = {}
    for number, feature in enumerate(features, start=1):
        _read_feature(number, feature, known, reading, areas)
    reading.problems += [Problem(Flaw.MISSING, code) for code in sorted(known.keys() - reading.geometries.keys())]
    if not reading.problems:
        reading.problems += _overlaps(areas)
    return reading


def _features(data: bytes, reading: Reading) -> list[Any]:
    parsed = _parse(data, reading)
    if reading.problems:
        return []
    features = parsed.get("features") if isinstance(parsed, dict) else None
    if not isinstance(features, list) or parsed.get("type") != "FeatureCollection":
        reading.problems.append(Problem(Flaw.NOT_COLLECTION))
        return []
    return features


def _parse(data: bytes, reading: Reading) -> Any:
    if len(data) > MAX_BYTES:
        reading.problems.append(Problem(Flaw.TOO_LARGE, detail=str(MAX_BYTES // 1_000_000)))
        return None
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        reading.problems.append(Problem(Flaw.NOT_UTF8, where=str(data.count(b"\n", 0, error.start) + 1)))
    except json.JSONDecodeError as error:
        reading.problems.append(Problem(Flaw.NOT_JSON, where=str(error.lineno), detail=error.msg))
    except (ValueError, RecursionError) as error:
        # NaN, a number of thousands of digits, nesting without end: no line is known.
        reading.problems.append(Problem(Flaw.BEYOND_REASON, detail=_short(error)))
    return None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _read_feature(
    number: int,
    feature: Any,
    known: Mapping[str, Point],
    reading: Reading,
    areas: dict[str, BaseGeometry],
) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        reading.problems.append(Problem(Flaw.NOT_FEATURE, str(number)))
        return
    code = _code(feature)
    where = f"{number}, {_short(code)}"
    if code not in known:
        reading.problems.append(Problem(Flaw.UNKNOWN_CODE, where))
        return
    if code in reading.geometries:
        reading.problems.append(Problem(Flaw.TWICE, where))
        return
    # Kept even when it is wrong, so that a wrong one is not also called missing.
    reading.geometries[code] = {}
    try:
        geometry = _flat_geometry(feature.get("geometry"))
    except _WrongCoordinatesError as error:
        reading.problems.append(Problem(Flaw(error.args[0]), where, error.args[1]))
        return
    area = shape(geometry)
    if not area.is_valid or area.is_empty or area.area == 0:
        reading.problems.append(Problem(Flaw.BAD_SHAPE, where, explain_validity(area)))
        return
    areas[code] = in_metres(area)
    reading.geometries[code] = geometry
    point = known[code]
    away = areas[code].distance(shapely.Point(to_metres(point.lat, point.lng)))
    if away > NEAR_M:
        reading.problems.append(Problem(Flaw.FAR_AWAY, where, str(round(away / 1000))))


def _code(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    named = properties.get("code") if isinstance(properties, dict) else None
    return str(named if named is not None else feature.get("id", ""))[:60]


def _flat_geometry(geometry: Any) -> Geometry:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _WrongCoordinatesError(Flaw.NOT_POLYGON, _short(kind))
    coordinates = geometry.get("coordinates")
    budget = iter(range(MAX_POSITIONS))
    if kind == "Polygon":
        return {"type": kind, "coordinates": _polygon(coordinates, budget)}
    return {"type": kind, "coordinates": [_polygon(part, budget) for part in _filled(coordinates)]}


def _polygon(rings: Any, budget: Iterator[int]) -> list[list[list[float]]]:
    return [_ring(ring, budget) for ring in _filled(rings)]


def _ring(ring: Any, budget: Iterator[int]) -> list[list[float]]:
    positions = [_position(position, budget) for position in _filled(ring)]
    if len(positions) < 4 or positions[0] != positions[-1]:
        raise _WrongCoordinatesError(Flaw.BAD_COORDINATES, _short(positions[-1]))
    return positions


def _position(position: Any, budget: Iterator[int]) -> list[float]:
    if next(budget, None) is None or not isinstance(position, list) or len(position) < 2:
        raise _WrongCoordinatesError(Flaw.BAD_COORDINATES, _short(position))
    lng, lat = position[:2]
    for value, limit in ((lng, 180), (lat, 90)):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not -limit <= value <= limit or not math.isfinite(value):
            raise _WrongCoordinatesError(Flaw.BAD_COORDINATES, _short(value))
    return [float(lng), float(lat)]


def _filled(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _WrongCoordinatesError(Flaw.BAD_COORDINATES, _short(value))
    return value


def _overlaps(areas: Mapping[str, BaseGeometry]) -> list[Problem]:
    codes, shapes = list(areas), list(areas.values())
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    found = []
    for one, other in ((int(a), int(b)) for a, b in pairs if a < b):
        shared = shapely.intersection(shapes[one], shapes[other]).area
        if shared > max(OVERLAP_M2, OVERLAP_SHARE * min(shapes[one].area, shapes[other].area)):
            where = f"{codes[one]}, {codes[other]}"
            found.append(Problem(Flaw.OVERLAP, where, str(round(shared / 10_000))))
    return found


def _short(value: Any) -> str:
    # Repr of a number of thousands of digits is itself refused by Python.
    text = "…" if isinstance(value, int) and value.bit_length() > 200 else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
