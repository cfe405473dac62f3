"""The filters of the public list, read from the address: what is not known is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from places.models import Level, Region
from places.queries import regions_by_code, search_regions
from reports.domain.workflow import Colour
from reports.queries.public import Choice, Filters

COLOURS = {"merah": Colour.RED, "kuning": Colour.YELLOW, "hijau": Colour.GREEN}
AGES = {"7": _("this week"), "30": _("this month"), "90": _("three months"), "365": _("one year")}
LEVELS = (Level.KOTA, Level.KABUPATEN, Level.KECAMATAN, Level.KELURAHAN)
LONGEST = 100
SHOWN = 40


@dataclass(frozen=True)
class Reading:
    """What an address says.

    Args:
        filters: for the query.
        values: the same as parameters, as they belong into an address.
        unknown: parameters that we did not understand, "kategori: abc".
        also: another region of the same name, where there is one.
    """

    filters: Filters
    values: dict[str, str]
    unknown: tuple[str, ...] = ()
    also: Region | None = None

    def address(self, **changes: str) -> str:
        """The query string with some parameters changed; an empty one is left out."""
        merged = {name: value for name, value in (self.values | changes).items() if value}
        return f"?{urlencode(merged)}" if merged else "?"

    @property
    def folded(self) -> int:
        """How many of the filters behind the button are set."""
        return sum(name in self.values for name in ("kategori", "wilayah", "umur"))


class UnknownValueError(Exception):
    """The value of a filter that we do not understand."""


def read_filters(params: Mapping[str, str], categories: list[Choice]) -> Reading:
    """Read the filters of an address; never fails, whatever stands there.

    Args:
        params: request.GET.
        categories: those that can be chosen.
    """
    reading = Reading(Filters(), {})
    unknown: list[str] = []
    for name, read in READERS.items():
        text = params.get(name, "").strip()
        if not text:
            continue
        try:
            if len(text) > LONGEST or "\0" in text:
                raise UnknownValueError
            reading = read(reading, text, categories)
        except UnknownValueError:
            unknown.append(f"{name}: {text[:SHOWN]}")
    return replace(reading, unknown=tuple(unknown))


def _text(reading: Reading, text: str, categories: list[Choice]) -> Reading:
    return _with(reading, replace(reading.filters, text=text), cari=text)


def _category(reading: Reading, text: str, categories: list[Choice]) -> Reading:
    found = next((category for category in categories if category.slug == text), None)
    if found is None:
        raise UnknownValueError
    return _with(reading, replace(reading.filters, category=found.pk), kategori=text)


def _colour(reading: Reading, text: str, categories: list[Choice]) -> Reading:
    if text not in COLOURS:
        raise UnknownValueError
    return _with(reading, replace(reading.filters, colour=COLOURS[text]), warna=text)


def _age(reading: Reading, text: str, categories: list[Choice]) -> Reading:
    if text not in AGES:
        raise UnknownValueError
    return _with(reading, replace(reading.filters, age=int(text)), umur=text)


def _overdue(reading: Reading, text: str, categories: list[Choice]) -> Reading:
    if text != "ya":
        raise UnknownValueError
    return _with(reading, replace(reading.filters, overdue=True), terlambat=text)


def _region(reading: Reading, text: str, categories: list[Choice]) -> Reading:
    found = _regions(text)
    if not found:
        raise UnknownValueError
    chosen = _with(reading, replace(reading.filters, region=found[0]), wilayah=found[0].code)
    return replace(chosen, also=found[1] if len(found) > 1 else None)


def _regions(text: str) -> list[Region]:
    """By code, or by name: the widest region of that very name first; else the nearest kelurahan."""
    if text[0].isdigit():
        return [region for region in regions_by_code((text,)) if region.level in LEVELS]
    wanted = text.casefold()
    named = Region.objects.filter(level__in=LEVELS).select_related("parent__parent")
    exact = [
        one
        for one in named.filter(short_name__iexact=_bare(text))
        if wanted in (one.label.casefold(), one.short_name.casefold())
    ]
    exact.sort(key=lambda region: LEVELS.index(Level(region.level)))
    return exact[:2] or search_regions(text, limit=1)


def _bare(text: str) -> str:
    """The name without its level: "Kelurahan Slipi" -> "Slipi"."""
    level, _space, rest = text.partition(" ")
    return rest.strip() if level.casefold() in ("kelurahan", "kecamatan") and rest.strip() else text


def _with(reading: Reading, filters: Filters, **value: str) -> Reading:
    return replace(reading, filters=filters, values=reading.values | value)


READERS: dict[str, Callable[[Reading, str, list[Choice]], Reading]] = {
    "cari": _text,
    "kategori": _category,
    "wilayah": _region,
    "warna": _colour,
    "umur": _age,
    "terlambat": _overdue,
}
