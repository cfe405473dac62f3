"""Where a report is, from what a form says: a point, a chosen kelurahan, a typed name."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import DomainError
from places import errors as place_errors
from places import queries, services
from places.domain import geo
from places.models import Region
from reports import errors

MOST_CHOICES = 8
# A chosen kelurahan and a pin further away than this from its middle do not belong together.
BELONGS_M = 5_000.0


@dataclass(frozen=True)
class Place:
    """A kelurahan, and the point in it where one is known (degrees WGS 84; accuracy in metres)."""

    region: Region
    lat: float | None = None
    lng: float | None = None
    accuracy: float | None = None


class PlaceUnclearError(Exception):
    """The place must be chosen by the citizen.

    Args:
        sentence: what to do.
        choices: kelurahan to choose from; may be empty.
    """

    def __init__(self, sentence: str, choices: tuple[Region, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.choices = choices


@dataclass(frozen=True)
class _Point:
    lat: float
    lng: float
    accuracy: float | None


def find_place(*, lat: str, lng: str, accuracy: str, code: str, name: str) -> Place:
    """Understand where it is.

    Args:
        lat, lng: degrees as text, as the map or the device wrote them; both empty without a point.
        accuracy: metres as text; may be empty.
        code: of the kelurahan that was chosen from an offer; may be empty.
        name: of the kelurahan as typed; may be empty.

    Raises:
        PlaceUnclearError: nothing was said, it is outside the city, or several kelurahan are meant.
    """
    try:
        point = _point(lat, lng, accuracy)
        named = (queries.region_by_code(code),) if code else _named(name)
        if point is None:
            return Place(_only(named, name))
        return _place_of_point(point, named)
    except DomainError as refusal:
        raise PlaceUnclearError(refusal.sentence) from refusal


def _point(lat: str, lng: str, accuracy: str) -> _Point | None:
    if not (lat or lng):
        return None
    try:
        point = _Point(float(lat), float(lng), float(accuracy) if accuracy else None)
    except ValueError:
        raise DomainError(place_errors.BAD_POSITION) from None
    if not geo.is_position(point.lat, point.lng):
        raise DomainError(place_errors.BAD_POSITION)
    # Some devices write nonsense as accuracy; the point itself is still worth having.
    known = geo.is_accuracy(point.accuracy) and (point.accuracy or 0) < math.pi * 1e7
    return point if known else _Point(point.lat, point.lng, None)


def _named(name: str) -> tuple[Region, ...]:
    """The kelurahan that a typed name may mean; one when a name is meant whole ("Menteng")."""
    if not name:
        return ()
    found = queries.search_regions(name, limit=MOST_CHOICES)
    whole = [
        region for region in found if name.casefold() in (region.short_name.casefold(), region.full_label.casefold())
    ]
    return tuple(whole if len(whole) == 1 else found)


def _only(named: tuple[Region, ...], name: str) -> Region:
    if len(named) == 1:
        return named[0]
    if named:
        raise PlaceUnclearError(_("There are several with this name. Choose the right one."), named)
    if name:
        raise PlaceUnclearError(
            _("We do not know a kelurahan of this name in Jakarta. Check the spelling, or write the kecamatan.")
        )
    raise DomainError(errors.PLACE_MISSING)


def _place_of_point(point: _Point, named: tuple[Region, ...]) -> Place:
    try:
        located = services.locate(point.lat, point.lng, point.accuracy)
    except DomainError as refusal:
        # The sentence asks for the name; once it is there, the pin outside the city is let go.
        if refusal.code == place_errors.OUTSIDE_CITY and len(named) == 1:
            return Place(named[0])
        raise
    candidates = located.candidates
    codes = {region.code for region in named}
    fitting = [region for region in candidates if region.code in codes] if named else list(candidates)
    if located.doubt and not named:
        raise PlaceUnclearError(located.doubt, candidates)
    if len(fitting) == 1:
        return Place(fitting[0], point.lat, point.lng, point.accuracy)
    if len(named) == 1:
        region = named[0]
        # Areas may be indicative: a citizen who names the kelurahan next door knows better.
        if geo.distance_m(point.lat, point.lng, region.lat, region.lng) <= BELONGS_M:
            return Place(region, point.lat, point.lng, point.accuracy)
        offer = tuple(dict.fromkeys((*candidates, region)))
        raise PlaceUnclearError(
            _("The pin is far from %(kelurahan)s. Move the pin, or choose one of these.") % {"kelurahan": region.label},
            offer,
        )
    raise PlaceUnclearError(
        _("The spot is close to a border. Choose the kelurahan that it belongs to."), tuple(fitting or candidates)
    )
