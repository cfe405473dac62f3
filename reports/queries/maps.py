"""What the maps show: public positions only, rounded where the reporter asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reports.domain import privacy
from reports.domain.sketch import Frame, Label, Ring, around, labelled, over
from reports.models import Report, ReportQuerySet
from reports.queries.outlines import Outline, Outlines, outlines, version
from reports.queries.public import Filters, filtered

MOST_POINTS = 2000
POINTS_DRAWN = 200
WIDTH = 1000
CLOSE_KM = 3.6
# Of the names on a phone, where the drawing is small and the type therefore large (reports/report.css).
TYPE_SIZE = 46


@dataclass(frozen=True)
class MapPoint:
    """A report on the map."""

    number: str
    title: str
    colour: str
    icon: str
    lat: float
    lng: float


@dataclass(frozen=True)
class Points:
    """The newest reports that have a place on the map; capped says that there are more."""

    points: list[MapPoint]
    capped: bool


@dataclass(frozen=True)
class Shape:
    """Land in a drawing: one kelurahan, or all of them as one path."""

    path: str
    own: bool = False


@dataclass(frozen=True)
class Mark:
    """One report in a drawing."""

    x: int
    y: int
    colour: str


@dataclass(frozen=True)
class Sketch:
    """A drawing: its size in units, the shapes below and the marks on top."""

    width: int
    height: int
    shapes: list[Shape]
    names: list[Label]
    marks: list[Mark]
    indicative: bool


def points(filters: Filters, limit: int = MOST_POINTS) -> Points:
    """The newest public reports with a position, one query; no more than `limit`."""
    rows: ReportQuerySet = filtered(filters).filter(lat__isnull=False, lng__isnull=False)
    columns = ("number", "title", "colour", "category__icon", "lat", "lng", "at_home")
    found = list(rows.order_by("-created", "-pk").values_list(*columns)[: limit + 1])
    shown = [
        MapPoint(number, title, colour, icon, *(privacy.rounded(lat, lng) if at_home else (lat, lng)))
        for number, title, colour, icon, lat, lng, at_home in found[:limit]
    ]
    return Points(shown, len(found) > limit)


def city(found: Points) -> Sketch:
    """The whole mainland with the newest reports, drawn as a picture."""
    known = outlines()
    frame, land, names = _mainland(known)
    marks = [
        Mark(*frame.at(point.lat, point.lng), point.colour)
        for point in reversed(found.points[:POINTS_DRAWN])
        if frame.holds(point.lat, point.lng)
    ]
    return Sketch(WIDTH, frame.height, [land], names, marks, known.indicative)


@lru_cache(maxsize=2)
def _mainland(known: Outlines) -> tuple[Frame, Shape, list[Label]]:
    """What is the same in every drawing of the city; its land is one path."""
    frame = over([(area.lat, area.lng) for area in known.mainland], width=WIDTH)
    land = "".join(frame.path(area.rings) for area in known.mainland)
    names = [Label(name, *frame.at(lat, lng)) for name, lat, lng in _middles(known.mainland, "kota")]
    return frame, Shape(land), names


def close_up(report: Report) -> Sketch:
    """The surroundings of one report, with its kelurahan marked; region must be loaded."""
    known = outlines()
    position = report.public_position
    lat, lng = position or (report.region.lat, report.region.lng)
    frame = around(lat, lng, km=CLOSE_KM, width=WIDTH, height=WIDTH * 5 // 8)
    near = [area for area in known.areas if any(frame.touches(ring) for ring in area.rings)]
    near.sort(key=lambda area: area.code == report.region.code)
    shapes = [Shape(frame.path(area.rings), own=area.code == report.region.code) for area in near]
    names = [Label(area.name, *frame.at(area.lat, area.lng), own=area.code == report.region.code) for area in near]
    spot = frame.at(lat, lng) if position else None
    marks = [Mark(*spot, report.colour)] if spot else []
    shown = labelled(names, frame, size=TYPE_SIZE, pin=spot)
    return Sketch(WIDTH, frame.height, shapes, shown, marks, known.indicative)


def _middles(areas: tuple[Outline, ...], level: str) -> list[tuple[str, float, float]]:
    """Every kota or kecamatan with the middle of its kelurahan: (name, lat, lng)."""
    by_name: dict[str, list[Outline]] = {}
    for area in areas:
        by_name.setdefault(getattr(area, level), []).append(area)
    return [
        (name, sum(area.lat for area in its) / len(its), sum(area.lng for area in its) / len(its))
        for name, its in by_name.items()
    ]


def background_version() -> str:
    """What tells the shapes in use from others; stands in their address."""
    return version()


def background() -> tuple[str, dict[str, object]]:
    """The shapes for the map in the browser and the names around them: version and what is drawn.

    Rings are whole numbers of 1/10,000 degree: the first pair (lat, lng), then differences.
    """
    known = outlines()
    return known.version, {
        "areas": [
            {"n": area.name, "p": _steps([(area.lat, area.lng)]), "r": [_steps(ring) for ring in area.rings]}
            for area in known.areas
        ],
        **{
            level: [{"n": name, "p": _steps([(lat, lng)])} for name, lat, lng in _middles(known.areas, level)]
            for level in ("kecamatan", "kota")
        },
    }


def _steps(ring: Ring) -> list[int]:
    flat: list[int] = []
    last = (0, 0)
    for lat, lng in ring:
        point = (round(lat * 10_000), round(lng * 10_000))
        flat += [point[0] - last[0], point[1] - last[1]]
        last = point
    return flat
