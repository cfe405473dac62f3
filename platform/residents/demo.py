"""Verified residents of the demo; the numbers are invented and belong to nobody."""

from __future__ import annotations

from accounts.models import User
from places.models import Region
from residents import services
from residents.models import Verification

_SLIPI = "31.73.07.1002"
# Key of the cast, number, RW. Tono is left to be verified by whoever tries the demo.
_RESIDENTS = (
    ("sari", "3173075203810001", "06"),
    ("hadi", "3173070906790002", "06"),
    ("maya", "3173076111950003", "02"),
)


def seed_residents(cast: dict[str, User]) -> None:
    """Have the officer in Slipi verify some of the cast; again is harmless."""
    slipi = Region.objects.get(code=_SLIPI)
    for key, nik, rw in _RESIDENTS:
        if not Verification.objects.filter(user=cast[key]).exists():
            services.verify(actor=cast["joko"], user=cast[key], nik=nik, kelurahan=slipi, rw=rw)
