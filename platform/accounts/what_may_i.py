"""The table of actions for the person in front of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.offices import Person, offices_of
from core import actions
from core.actions import Denied, Text
from core.reach import Level
from core.requests import HttpRequest
from places.models import Region
from places.queries import region_meant

CITY = "31"
LEVELS: dict[Level, Text] = {
    Level.READER: _("Everybody, without an account"),
    Level.ACCOUNT: _("With an account"),
    Level.RESIDENT: _("As a verified resident"),
}


@dataclass
class Missing:
    """What one thing that is missing keeps closed."""

    answer: Denied
    words: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """What is open to a person in a region, and what is missing for the rest.

    Args:
        region: where.
        open: acts that are open now.
        missing: by what is missing.
        levels: the whole table of citizens, by level.
    """

    region: Region
    open: list[Text]
    missing: list[Missing]
    levels: list[tuple[Text, list[Text]]]


def table(person: Person, region: Region) -> Table:
    """The table for one person in one region; acts of offices appear for those who hold one."""
    found: list[Text] = []
    missing: dict[str, Missing] = {}
    for action in actions.every():
        answer = actions.check_here(person, action.code, region)
        if not isinstance(answer, Denied):
            found.append(action.words)
        elif not action.of_office:
            missing.setdefault(answer.code, Missing(answer)).words.append(action.words)
    return Table(region, found, list(missing.values()), _by_level())


def _by_level() -> list[tuple[Text, list[Text]]]:
    rows = [action for action in actions.every() if not action.of_office]
    return [(words, [row.words for row in rows if row.level == level]) for level, words in LEVELS.items()]


def where(request: HttpRequest) -> tuple[Region | None, str]:
    """The region that is asked about, else the person's own; None when the text means none."""
    text = request.GET.get("wilayah", "").strip()[:80]
    if text:
        return region_meant(text), text
    home = actions.residency_of(request.user)
    office = next((held.scope_code for held in offices_of(request.user) if held.scope_code), "")
    return region_meant(home.region if home else office or CITY), ""


@never_cache
@require_safe
def what_may_i(request: HttpRequest) -> HttpResponse:
    """What somebody may do in a region, what is missing, and how to get it."""
    region, text = where(request)
    context = {
        "table": table(request.user, region) if region else None,
        "text": text or (region.short_name if region else ""),
        "home": actions.residency_of(request.user),
        "offices": offices_of(request.user),
    }
    return render(request, "accounts/what_may_i.html", context, status=200 if region else 404)


urlpatterns: list[URLPattern] = [path("", what_may_i, name="what_may_i")]
