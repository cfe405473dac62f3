"""Finding where a point lies, and what the staff changes about places."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import DomainError
from core.formats import long_date
from ledger.services import Actor, record
from places import errors, queries
from places.domain import geo
from places.facts import load
from places.models import Agency, AgencyKind, Boundary, BoundaryVersion, Holiday, Region

NEEDS_REGION = (
    AgencyKind.KELURAHAN_OFFICE,
    AgencyKind.KECAMATAN_OFFICE,
    AgencyKind.KOTA_OFFICE,
    AgencyKind.SUKU_DINAS,
)

# With an accuracy of kilometres dozens of kelurahan are touched; nobody reads further than this.
MAX_CANDIDATES = 8
# No boundaries are older than the republic.
FIRST_DAY = date(1945, 8, 17)


@dataclass(frozen=True)
class Located:
    """Where a point may lie.

    Args:
        candidates: kelurahan that the accuracy circle touches, best first, one to eight, parents loaded.
        indicative: whether they come from indicative areas; pages say so.
        far_m: metres to the nearest place that we know, where that is so far that the person must say
            whether the spot belongs there at all; None elsewhere.
    """

    candidates: tuple[Region, ...]
    indicative: bool
    far_m: float | None = None

    @property
    def doubt(self) -> str:
        """The sentence that asks the person; empty where there is nothing to ask."""
        return DomainError(errors.FAR_OFF, km=round(self.far_m / 1000)).sentence if self.far_m else ""


def locate(lat: float, lng: float, accuracy_m: float | None = None) -> Located:
    """The kelurahan that a position may lie in.

    Args:
        lat, lng: degrees WGS 84.
        accuracy_m: radius of the device's accuracy circle, metres; it counts as 30 at the least
            and 2,000 at the most. None when a person pointed at the map.

    Raises:
        DomainError: bad_position, outside_city.
    """
    if not geo.is_position(lat, lng) or not geo.is_accuracy(accuracy_m):
        raise DomainError(errors.BAD_POSITION, field="place")
    areas = queries.areas()
    codes = areas.candidates(lat, lng, geo.circle_radius_m(accuracy_m))
    candidates = queries.regions_by_code(codes[:MAX_CANDIDATES])
    if not candidates:
        raise DomainError(errors.OUTSIDE_CITY, field="place")
    return Located(candidates, indicative=areas.indicative, far_m=areas.far_m(lat, lng))


@transaction.atomic
def load_facts() -> None:
    """Bring regions up to date and add the agencies and holidays that are missing; safe to repeat."""
    load.upsert(Region, Agency, Holiday)
    _forget(queries.HOLIDAYS_KEY, queries.POINTS_KEY)


@transaction.atomic
def save_holiday(
    *, actor: Actor | None, holiday: Holiday | None = None, date: date, name_id: str, name_en: str
) -> Holiday:
    """Add a holiday, or change the one given.

    Raises:
        DomainError: holiday_incomplete, holiday_exists (another one has this date).
    """
    if not (name_id.strip() and name_en.strip()):
        raise DomainError(errors.HOLIDAY_INCOMPLETE, field="name_id")
    is_new, before = holiday is None, holiday and Holiday.objects.get(pk=holiday.pk).date
    holiday = holiday or Holiday()
    if Holiday.objects.filter(date=date).exclude(pk=holiday.pk).exists():
        raise DomainError(errors.HOLIDAY_EXISTS, field="date", date=long_date(date))
    holiday.date, holiday.name_id, holiday.name_en = date, name_id.strip(), name_en.strip()
    try:
        with transaction.atomic():
            holiday.save()
    except IntegrityError as error:
        # Somebody else added the same day between the question and the answer.
        raise DomainError(errors.HOLIDAY_EXISTS, field="date", date=long_date(date)) from error
    payload = {"date": date.isoformat()} | ({"before": before.isoformat()} if before else {})
    verb = "holiday.added" if is_new else "holiday.changed"
    record(actor=actor, verb=verb, subject_type="holiday", subject_id=holiday.pk, payload=payload)
    _forget(queries.HOLIDAYS_KEY)
    return holiday


@transaction.atomic
def remove_holiday(*, actor: Actor | None, holiday: Holiday) -> None:
    """Make a day an ordinary day again; the ledger remembers it."""
    payload = {"date": holiday.date.isoformat()}
    record(actor=actor, verb="holiday.removed", subject_type="holiday", subject_id=holiday.pk, payload=payload)
    holiday.delete()
    _forget(queries.HOLIDAYS_KEY)


@transaction.atomic
def save_agency(
    *,
    actor: Actor | None,
    agency: Agency | None = None,
    code: str,
    name_id: str,
    name_en: str,
    short_name: str,
    kind: str,
    parent: Agency | None = None,
    region: Region | None = None,
    contact: str = "",
    active: bool = True,
) -> Agency:
    """Add an agency, or change the one given. Agencies are never deleted: they are switched off.

    Raises:
        DomainError: agency_incomplete, agency_needs_region, agency_cycle, agency_exists.
    """
    texts = {"code": code, "name_id": name_id, "name_en": name_en, "short_name": short_name}
    for field, text in texts.items():
        if not text.strip():
            raise DomainError(errors.AGENCY_INCOMPLETE, field=field)
    if kind in NEEDS_REGION and region is None:
        raise DomainError(errors.AGENCY_NEEDS_REGION, field="region")
    is_new = agency is None
    agency = agency or Agency()
    _refuse_cycle(agency, parent)
    for field, text in texts.items():
        setattr(agency, field, text.strip())
    agency.kind, agency.parent, agency.region = kind, parent, region
    agency.contact, agency.active = contact.strip(), active
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as error:
        raise DomainError(errors.AGENCY_EXISTS, field="code") from error
    payload = {
        "code": agency.code,
        "kind": agency.kind,
        "parent": parent.code if parent else None,
        "region": region.code if region else None,
        "active": active,
    }
    verb = "agency.added" if is_new else "agency.changed"
    record(actor=actor, verb=verb, subject_type="agency", subject_id=agency.pk, payload=payload)
    return agency


def _refuse_cycle(agency: Agency, parent: Agency | None) -> None:
    if agency.pk is None or parent is None:
        return
    # The whole tree is locked: two moves at once could close a circle that neither sees.
    above = dict(Agency.objects.select_for_update().values_list("pk", "parent_id"))
    step: int | None = parent.pk
    while step is not None:
        if step == agency.pk:
            raise DomainError(errors.AGENCY_CYCLE, field="parent", parent=parent.name)
        step = above[step]


def import_boundaries(
    *, actor: Actor | None, data: bytes, source: str, valid_from: date | None = None
) -> BoundaryVersion:
    """Take a city's boundaries into use, or nothing of them at all.

    The version before ends on the day on which this one begins. The same file again changes nothing.

    Args:
        actor: whose account; None for the command line.
        data: the GeoJSON file, with one boundary for every kelurahan.
        source: where it comes from, as pages name it.
        valid_from: first day of validity, not in the future; today by default.

    Raises:
        DomainError: boundaries_refused (its data holds `problems`, a tuple of domain Problems),
            boundaries_date.
    """
    from places.domain import boundary_file

    today = timezone.localdate()
    digest = hashlib.sha256(data).hexdigest()
    reading = boundary_file.read(data, queries.kelurahan_points())
    if reading.problems:
        raise DomainError(errors.BOUNDARIES_REFUSED, problems=tuple(reading.problems))
    with transaction.atomic():
        before = BoundaryVersion.objects.select_for_update().filter(current=True).first()
        if before and before.sha256 == digest:
            return before
        version = _next_version(before, valid_from or today, today, source=source, sha256=digest)
        keys = dict(Region.objects.values_list("code", "pk"))
        Boundary.objects.bulk_create(
            Boundary(version=version, region_id=keys[code], geometry=geometry)
            for code, geometry in reading.geometries.items()
        )
        payload = {"sha256": digest, "from": version.valid_from.isoformat(), "count": len(reading.geometries)}
        record(
            actor=actor,
            verb="boundaries.imported",
            subject_type="boundaries",
            subject_id=version.pk,
            payload=payload,
        )
    return version


def _next_version(
    before: BoundaryVersion | None, valid_from: date, today: date, *, source: str, sha256: str
) -> BoundaryVersion:
    earliest = before.valid_from if before else FIRST_DAY
    if not earliest <= valid_from <= today:
        raise DomainError(errors.BOUNDARIES_DATE, earliest=long_date(earliest))
    if before:
        before.current, before.valid_to = False, valid_from
        before.save(update_fields=["current", "valid_to"])
    return BoundaryVersion.objects.create(valid_from=valid_from, source=source, sha256=sha256)


def _forget(*keys: str) -> None:
    cache.delete_many(keys)
    # Once more after the commit: a reader in between would have cached what was true before.
    transaction.on_commit(lambda: cache.delete_many(keys))
