"""Refusals of places, each with the sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

OUTSIDE_CITY = register(
    "outside_city",
    422,
    _(
        "This spot seems to lie outside Jakarta. Choose the kelurahan by its name if it is in Jakarta; "
        "in Bekasi, Tangerang, Depok or Bogor, please report to the government there."
    ),
)
FAR_OFF = register(
    "place_far_off",
    422,
    _(
        "This spot is about %(km)s km from the nearest kelurahan that we know; it may lie in the open sea. "
        "Choose the kelurahan only if that is right. If not, move the pin."
    ),
)
BAD_POSITION = register(
    "bad_position",
    400,
    _("We could not read this position. Tap the spot on the map again, or choose the kelurahan by its name."),
)
UNKNOWN_REGION = register(
    "unknown_region",
    404,
    _("We do not know this place. Choose the kelurahan from the list."),
)
SEARCH_TOO_LONG = register(
    "search_too_long",
    400,
    _("That is too long for a search. Type only the name of the kelurahan, for example Slipi."),
)
HOLIDAY_EXISTS = register(
    "holiday_exists",
    409,
    _("There is a holiday on %(date)s already. Edit that one."),
)
HOLIDAY_INCOMPLETE = register(
    "holiday_incomplete",
    400,
    _("Fill in the date and the name in both languages."),
)
AGENCY_EXISTS = register(
    "agency_exists",
    409,
    _("There is an agency with this code, or an office for this region, already. Edit that one."),
)
AGENCY_INCOMPLETE = register(
    "agency_incomplete",
    400,
    _("Fill in the code, the kind, the short name and the name in both languages."),
)
AGENCY_CYCLE = register(
    "agency_cycle",
    409,
    _("%(parent)s already answers to this agency. Choose a parent that stands above both."),
)
AGENCY_NEEDS_REGION = register(
    "agency_needs_region",
    400,
    _("An office of this kind needs its region. Choose the region that it serves."),
)
BOUNDARIES_REFUSED = register(
    "boundaries_refused",
    422,
    _("The boundary file was refused and nothing was changed. Correct what is listed, then import it again."),
)
BOUNDARIES_DATE = register(
    "boundaries_date",
    422,
    _("Boundaries can be valid from %(earliest)s until today at the latest. Choose a day in between."),
)
