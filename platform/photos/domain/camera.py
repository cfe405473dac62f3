"""What a camera wrote into a photo: when and where. It is used to check proofs and never shown."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

# EXIF 2.32, sections 4.6.5 and 4.6.6.
ORIENTATION = 0x0112
DATE_TIME = 0x0132
EXIF_IFD = 0x8769
GPS_IFD = 0x8825
DATE_TIME_ORIGINAL = 0x9003
OFFSET_TIME_ORIGINAL = 0x9011
GPS_LATITUDE_REF, GPS_LATITUDE, GPS_LONGITUDE_REF, GPS_LONGITUDE = 1, 2, 3, 4

_MOMENT = re.compile(r"\s*(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"\s*([+-])(\d\d):(\d\d)")
_FIRST_YEAR = 2000


def parse_taken(text: Any, offset: Any, *, city: tzinfo, now: datetime) -> datetime | None:
    """When a photo was taken.

    Args:
        text: EXIF DateTimeOriginal, "2026:11:24 07:12:00".
        offset: EXIF OffsetTimeOriginal, "+07:00"; without one the city's time is meant.
        city: the city's time zone.
        now: a moment more than a day after this is a wrong clock.

    Returns:
        The moment in UTC; None when it is missing or cannot be right.
    """
    found = _MOMENT.match(text) if isinstance(text, str) else None
    if not found:
        return None
    try:
        local = datetime(*(int(part) for part in found.groups()), tzinfo=_zone(offset) or city)  # type: ignore[misc,arg-type]  # six numbers by the pattern
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _FIRST_YEAR and moment <= now + timedelta(days=1) else None


def _zone(offset: Any) -> tzinfo | None:
    found = _OFFSET.match(offset) if isinstance(offset, str) else None
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def parse_position(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    """Where a photo was taken.

    Args:
        gps: the GPS part of EXIF: reference letters, and degrees, minutes and seconds.

    Returns:
        Latitude and longitude in degrees; None when missing, out of range, or 0, 0 (no fix).
    """
    lat = _degrees(gps.get(GPS_LATITUDE), gps.get(GPS_LATITUDE_REF), "S", 90)
    lng = _degrees(gps.get(GPS_LONGITUDE), gps.get(GPS_LONGITUDE_REF), "W", 180)
    if lat is None or lng is None or lat == lng == 0:
        return None
    return lat, lng


def _degrees(parts: Any, reference: Any, negative: str, limit: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or not 0 <= value <= limit:
        return None
    return -value if isinstance(reference, str) and reference.strip().upper() == negative else value
