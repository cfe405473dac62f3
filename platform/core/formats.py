"""How dates, times and numbers are written (product.md: Formats), in the city's time zone."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def long_date(value: date | datetime) -> str:
    """A date in full: "Selasa, 24 November 2026"."""
    return date_format(_local(value), "l, j F Y")


def short_date(value: date | datetime) -> str:
    """A date where space is short: "Sel, 24 Nov"; with the year when it is another one."""
    local = _local(value)
    return date_format(local, "D, j M" if local.year == timezone.localdate().year else "D, j M Y")


def moment(value: datetime) -> str:
    """A moment in full: "Selasa, 24 November 2026, pukul 14.30 WIB"."""
    local = timezone.localtime(value)
    return _("%(date)s, at %(time)s WIB") % {"date": long_date(local), "time": clock(local)}


def short_moment(value: datetime) -> str:
    """A moment where space is short: "Sel, 24 Nov, 14.30"."""
    return f"{short_date(value)}, {clock(timezone.localtime(value))}"


def clock(value: datetime) -> str:
    """The time of day as Indonesians write it: "14.30"."""
    return value.strftime("%H.%M")
