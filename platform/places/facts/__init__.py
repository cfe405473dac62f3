"""Facts about the city: its regions, offices and holidays, as values.

Names, codes and figures are facts. Regions: Kepmendagri 300.2.2-2430/2025. Holidays: the joint
decree of three ministers for 2026 (1497/2025, 2/2025, 5/2025); what is expected for 2027 says
"sementara" in its name until the decree is entered in the staff area.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from places.domain import names

HERE = Path(__file__).parent
DESK = "meja-provinsi"
KOTA_IN_ENGLISH = {
    "31.01": "Thousand Islands",
    "31.71": "Central Jakarta",
    "31.72": "North Jakarta",
    "31.73": "West Jakarta",
    "31.74": "South Jakarta",
    "31.75": "East Jakarta",
}


@dataclass(frozen=True)
class RegionFact:
    """One region; parents are named by code, population is of 2024."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str
    lat: float
    lng: float
    population: int | None
    area_km2: float | None
    search_key: str


@dataclass(frozen=True)
class AgencyFact:
    """One office; parent and region are named by code."""

    code: str
    kind: str
    name_id: str
    name_en: str
    short_name: str
    parent: str
    region: str
    contact: str


@dataclass(frozen=True)
class HolidayFact:
    """One day on which no deadline runs."""

    date: date
    name_id: str
    name_en: str


def regions() -> list[RegionFact]:
    """The 318 regions of Jakarta, parents before children."""
    rows = list(_rows("regions.csv"))
    short = {row["code"]: row["short_name"] for row in rows}
    return [
        RegionFact(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            level=row["level"],
            parent=row["parent"],
            lat=float(row["lat"]),
            lng=float(row["lng"]),
            population=int(row["population"]) if row["population"] else None,
            area_km2=float(row["area_km2"]) if row["area_km2"] else None,
            search_key=names.search_key(row["short_name"], [short[code] for code in _around(row["code"])]),
        )
        for row in sorted(rows, key=lambda row: (row["code"].count("."), row["code"]))
    ]


def agencies() -> list[AgencyFact]:
    """All offices, parents before children: desk, dinas and outside owners, suku dinas, area offices."""
    found = list(regions())
    kota = [region for region in found if region.level in ("kota", "kabupaten")]
    rows = list(_rows("agencies.csv"))
    central = [_central(row) for row in rows]
    subs = [_sub_agency(row, region) for row in rows if row["sub_name_id"] for region in kota]
    return central + subs + [_office(region) for region in found if region.level != "provinsi"]


def holidays() -> list[HolidayFact]:
    """Public holidays and joint leave of 2026 and 2027."""
    return [
        HolidayFact(date.fromisoformat(row["date"]), row["name_id"], row["name_en"]) for row in _rows("holidays.csv")
    ]


def office_code(region_code: str) -> str:
    """The code of a region's own office: "31.73.07.1002" -> "kelurahan-3173071002"."""
    level = ("kota", "kecamatan", "kelurahan")[region_code.count(".") - 1]
    return f"{level}-{region_code.replace('.', '')}"


def sub_agency_code(agency_code: str, kota_code: str) -> str:
    """The code of a dinas' suku dinas in a kota: "bina-marga", "31.73" -> "bina-marga-3173"."""
    return f"{agency_code}-{kota_code.replace('.', '')}"


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _around(code: str) -> list[str]:
    """Codes of the regions around one, nearest first, without the province."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 1, -1)]


def _central(row: dict[str, str]) -> AgencyFact:
    return AgencyFact(
        code=row["code"],
        kind=row["kind"],
        name_id=row["name_id"],
        name_en=row["name_en"],
        short_name=row["short_name"],
        parent=DESK if row["kind"] == "dinas" else "",
        region="" if row["kind"] == "outside" else "31",
        contact=row["contact"],
    )


def _sub_agency(row: dict[str, str], kota: RegionFact) -> AgencyFact:
    return AgencyFact(
        code=sub_agency_code(row["code"], kota.code),
        kind="suku_dinas",
        name_id=f"{row['sub_name_id']} {kota.short_name}",
        name_en=f"{row['sub_name_en']}, {KOTA_IN_ENGLISH[kota.code]}",
        short_name=f"{row['sub_short_name']} {kota.short_name}",
        parent=row["code"],
        region=kota.code,
        contact=row["contact"],
    )


def _office(region: RegionFact) -> AgencyFact:
    title = region.level.capitalize()
    return AgencyFact(
        code=office_code(region.code),
        kind={"kelurahan": "kelurahan_office", "kecamatan": "kecamatan_office"}.get(region.level, "kota_office"),
        name_id=f"Kantor {title} {region.short_name}",
        name_en=f"{title} Office {region.short_name}"
        if region.code not in KOTA_IN_ENGLISH
        else f"{KOTA_IN_ENGLISH[region.code]} {'City' if region.level == 'kota' else 'Regency'} Office",
        short_name=f"{title} {region.short_name}",
        parent=DESK if region.parent == "31" else office_code(region.parent),
        region=region.code,
        contact="",
    )
