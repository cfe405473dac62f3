"""What the public may know of a place."""

from __future__ import annotations

import math

METRES_PER_DEGREE = 111_320.0
ROUNDED_TO_METRES = 30.0


def rounded(lat: float, lng: float) -> tuple[float, float]:
    """A position moved to the middle of its cell of about 30 m, for reports at a home address.

    Args:
        lat: degrees, WGS 84.
        lng: degrees, WGS 84.

    Returns:
        Latitude and longitude in degrees; always the same for the same cell, so that asking
        again tells nothing more.
    """
    lat_step = ROUNDED_TO_METRES / METRES_PER_DEGREE
    near_lat = (math.floor(lat / lat_step) + 0.5) * lat_step
    lng_step = ROUNDED_TO_METRES / (METRES_PER_DEGREE * math.cos(math.radians(near_lat)))
    near_lng = (math.floor(lng / lng_step) + 0.5) * lng_step
    return round(near_lat, 6), round(near_lng, 6)
