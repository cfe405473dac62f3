"""What pages and other apps read about places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Q, QuerySet

from core.errors import DomainError
from places import errors, facts
from places.domain import geo, names
from places.models import Agency, AgencyKind, Boundary, BoundaryVersion, Holiday, Level, Region

if TYPE_CHECKING:
    from places.domain.areas import Boundaries, IndicativeAreas

HOLIDAYS_KEY = "places:holidays"
POINTS_KEY = "places:points"
# Another process with its own memory may read yesterday's list this long, in seconds.
SHORTLY = 60
MAX_SEARCH = 200


@dataclass(frozen=True)
class KotaList:
    """One kota with its kecamatan and their kelurahan, as the list of places shows them."""

    kota: Region
    kecamatan: list[tuple[Region, list[Region]]]


def holidays() -> frozenset[date]:
    """All days on which no deadline runs. Cached for a minute; editing a holiday empties the cache."""
    found: frozenset[date] = cache.get_or_set(
        HOLIDAYS_KEY, lambda: frozenset(Holiday.objects.values_list("date", flat=True)), SHORTLY
    )  # type: ignore[assignment]  # the stubs allow a cached None
    return found


def search_regions(text: str, level: str = Level.KELURAHAN, limit: int = 10) -> list[Region]:
    """Regions whose name somebody may mean, best first, with the regions around them loaded.

    One query; a second one when nothing is found, to forgive one wrong letter.

    Args:
        text: as typed: any case, "Kel.", old spelling, abbreviations, words in any order.
        level: which regions to look through.
        limit: how many at the most.

    Raises:
        DomainError: search_too_long.
    """
    if len(text) > MAX_SEARCH:
        raise DomainError(errors.SEARCH_TOO_LONG, field="q")
    texts = names.readings(text)
    if not texts:
        return []
    regions = Region.objects.filter(level=level).select_related("parent__parent")
    found = list(regions.filter(_answers(texts))) or [
        region for region in regions if any(names.one_slip_away(region.short_name, typed) for typed in texts)
    ]
    found.sort(key=lambda region: (names.closeness(region.search_key, texts), region.short_name, region.code))
    return found[:limit]


def _answers(texts: list[str]) -> Q:
    answer = Q()
    for text in texts:
        words = Q()
        for word in text.split():
            words &= Q(search_key__contains=f" {word}")
        answer |= words | Q(search_key__contains=f" {names.joined(text)}")
    return answer


def region_by_code(code: str, level: str = Level.KELURAHAN) -> Region:
    """A region with the regions around it.

    Raises:
        DomainError: unknown_region.
    """
    if "\0" not in code:
        region = _with_parents().filter(level=level, code=code).first()
        if region:
            return region
    raise DomainError(errors.UNKNOWN_REGION, field="place")


def region_meant(text: str) -> Region | None:
    """The region of any level that a code or a name means; None when nothing is like it. Two queries, rarely three."""
    found = None if "\0" in text else _with_parents().filter(code=text.strip()).first()
    return found or next(iter(search_regions(text, limit=1)), None)


def regions_by_code(codes: tuple[str, ...]) -> tuple[Region, ...]:
    """Regions in the order of the codes; codes that are not known are left out."""
    found = {region.code: region for region in _with_parents().filter(code__in=codes)}
    return tuple(found[code] for code in codes if code in found)


def _with_parents() -> QuerySet[Region]:
    return Region.objects.select_related("parent__parent")


def kelurahan_by_kota() -> list[KotaList]:
    """The whole city for the list of places, in one query."""
    regions = list(Region.objects.exclude(level=Level.PROVINSI).order_by("short_name", "code"))
    below: dict[int | None, list[Region]] = {}
    for region in regions:
        below.setdefault(region.parent_id, []).append(region)
    return [
        KotaList(kota, [(kecamatan, below.get(kecamatan.pk, [])) for kecamatan in below.get(kota.pk, [])])
        for kota in regions
        if kota.level in (Level.KOTA, Level.KABUPATEN)
    ]


# --- Offices ----------------------------------------------------------------------------------
def agency_by_code(code: str) -> Agency:
    """An agency by its code.

    Raises:
        Agency.DoesNotExist: there is none.
    """
    return Agency.objects.get(code=code)


def province_desk() -> Agency:
    """The desk that sorts what nobody else can."""
    return Agency.objects.get(kind=AgencyKind.PROVINCE_DESK)


def office_of(region: Region) -> Agency:
    """The office of a kelurahan, kecamatan, kota or the province (its desk)."""
    if region.level == Level.PROVINSI:
        return province_desk()
    level = "kota" if region.level == Level.KABUPATEN else region.level
    return Agency.objects.get(kind=f"{level}_office", region=region)


def sub_agency(agency: Agency, region: Region) -> Agency:
    """The suku dinas of a dinas where a region lies; the dinas itself where it has none (or none at work).

    Args:
        agency: a dinas.
        region: a kelurahan, kecamatan or kota.
    """
    kota = ".".join(region.code.split(".")[:2])
    below = agency.children.filter(kind=AgencyKind.SUKU_DINAS, region__code=kota, active=True)
    return below.order_by("pk").first() or agency


# --- Point -> kelurahan -----------------------------------------------------------------------
def current_boundaries() -> BoundaryVersion | None:
    """The boundaries in use; None while only indicative areas are known."""
    return BoundaryVersion.objects.filter(current=True).first()


def boundaries_are_indicative() -> bool:
    """Whether pages have to say that the areas are indicative."""
    return not BoundaryVersion.objects.filter(current=True).exists()


def kelurahan_points() -> tuple[geo.Point, ...]:
    """One point inside every kelurahan."""
    rows = Region.objects.filter(level=Level.KELURAHAN).order_by("code")
    return tuple(geo.Point(*row) for row in rows.values_list("code", "lat", "lng"))


def areas() -> IndicativeAreas | Boundaries:
    """What a point is looked up in: the boundaries in use, or else the indicative areas."""
    version = current_boundaries()
    if version:
        return _boundaries(version.pk, version.sha256)
    return _indicative(cache.get_or_set(POINTS_KEY, kelurahan_points, SHORTLY))


# Kept in the process: a version never changes, and its hash tells one apart after a restore.
@lru_cache(maxsize=2)
def _boundaries(version: int, sha256: str) -> Boundaries:
    from places.domain.areas import Boundaries

    rows = Boundary.objects.filter(version_id=version).order_by("region__code")
    return Boundaries(dict(rows.values_list("region__code", "geometry")))


@lru_cache(maxsize=2)
def _indicative(points: tuple[geo.Point, ...]) -> IndicativeAreas:
    from places.domain.areas import IndicativeAreas

    return IndicativeAreas(points)


def office_code(region: Region) -> str:
    """The code of a region's own office, without a query: "kelurahan-3173071002"."""
    return facts.office_code(region.code)
