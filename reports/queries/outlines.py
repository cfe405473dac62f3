"""Shapes of the kelurahan to draw maps on: imported boundaries, or else cells around their points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from places.models import Boundary, BoundaryVersion, Level, Region

# Degrees; about 35 m, less than a line is thick on a phone.
SIMPLER_BY = 0.0003
# How far land is drawn around the outermost points, degrees (about 900 m).
SHORE = 0.008
ISLANDS = "31.01."

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Outline:
    """The shape of one kelurahan.

    Args:
        code: official.
        name: short.
        kecamatan: name of the kecamatan around it.
        kota: name of the kota around that.
        lat: of a point inside, degrees.
        lng: of a point inside, degrees.
        rings: outer rings of (lat, lng).
    """

    code: str
    name: str
    kecamatan: str
    kota: str
    lat: float
    lng: float
    rings: tuple[Ring, ...]

    @property
    def is_island(self) -> bool:
        """Whether it lies in Kepulauan Seribu, far off the mainland."""
        return self.code.startswith(ISLANDS)


# One object for a version, kept by the cache below: told apart by identity, not by walking all shapes.
@dataclass(frozen=True, eq=False)
class Outlines:
    """All shapes; `version` tells two sets apart, `indicative` says that they are only likely."""

    version: str
    indicative: bool
    areas: tuple[Outline, ...]

    @property
    def mainland(self) -> tuple[Outline, ...]:
        """Without the islands."""
        return tuple(area for area in self.areas if not area.is_island)


def outlines() -> Outlines:
    """The shapes in use; one query, the shapes themselves are kept in the process."""
    return _outlines(*_in_use())


def version() -> str:
    """What tells the shapes in use from others, without drawing them; one query."""
    return _name(_in_use()[1])


def _in_use() -> tuple[int, str]:
    return BoundaryVersion.objects.filter(current=True).values_list("pk", "sha256").first() or (0, "")


def _name(sha256: str) -> str:
    return sha256[:12] or "titik"


@lru_cache(maxsize=2)
def _outlines(version: int, sha256: str) -> Outlines:
    kelurahan = list(Region.objects.filter(level=Level.KELURAHAN).select_related("parent__parent").order_by("code"))
    shapes = _imported(version) if version else _cells(kelurahan)
    areas = tuple(
        Outline(
            code=region.code,
            name=region.short_name,
            kecamatan=region.parent.short_name if region.parent else "",
            kota=region.parent.parent.short_name if region.parent and region.parent.parent else "",
            lat=region.lat,
            lng=region.lng,
            rings=_rings(shapes[region.code]),
        )
        for region in kelurahan
        if region.code in shapes
    )
    return Outlines(version=_name(sha256), indicative=not version, areas=areas)


def _imported(version: int) -> dict[str, Any]:
    from shapely.geometry import shape

    rows = Boundary.objects.filter(version_id=version).values_list("region__code", "geometry")
    return {code: shape(geometry) for code, geometry in rows}


def _cells(kelurahan: list[Region]) -> dict[str, Any]:
    """Every place belongs to the nearest point, inside a shore drawn around all of them."""
    import shapely

    points = {region.code: shapely.Point(region.lng, region.lat) for region in kelurahan}
    shores = {code: point.buffer(SHORE, quad_segs=3) for code, point in points.items() if code.startswith(ISLANDS)}
    mainland = {code: point for code, point in points.items() if code not in shores}
    shore = shapely.concave_hull(shapely.MultiPoint(list(mainland.values())), ratio=0.15).buffer(SHORE)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(list(mainland.values())), extend_to=shore.envelope)
    tree = shapely.STRtree(list(cells.geoms))
    return shores | {
        code: cells.geoms[int(tree.query(point, predicate="within")[0])].intersection(shore)
        for code, point in mainland.items()
    }


def _rings(area: Any) -> tuple[Ring, ...]:
    simple = area.simplify(SIMPLER_BY)
    parts = [part for part in getattr(simple, "geoms", [simple]) if part.geom_type == "Polygon" and not part.is_empty]
    return tuple(
        tuple((round(lat, 5), round(lng, 5)) for lng, lat in part.exterior.coords[:-1])
        for part in sorted(parts, key=lambda part: -part.area)[:4]
    )
