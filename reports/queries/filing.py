"""What the filing form reads: categories, their everyday words, where a report would go."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from places.models import Agency, Region
from places.queries import office_of, province_desk, sub_agency
from reports.domain.intake import Understood, fold, understand
from reports.domain.routing import Case, Destination, Rule, Size, route
from reports.models import Category, Report, RoutingRule

KEYWORDS_KEY = "reports.keywords"
KEYWORDS_SECONDS = 300


def categories() -> list[Category]:
    """The categories on the form, in the order of their groups."""
    return list(Category.objects.filter(active=True).select_related("group"))


def keywords() -> dict[str, list[str]]:
    """Everyday words by category slug, folded; cached, as every home page text is read with them."""
    found: dict[str, list[str]] | None = cache.get(KEYWORDS_KEY)
    if found is None:
        found = {
            category.slug: [fold(word) for word in category.keyword_list]
            for category in Category.objects.filter(active=True)
        }
        cache.set(KEYWORDS_KEY, found, KEYWORDS_SECONDS)
    return found


def read_text(text: str) -> Understood:
    """What a free text of the home page already says."""
    return understand(text, keywords())


@dataclass(frozen=True)
class Suggestion:
    """Where the routing table sends a report, and the row that says so (None: nothing matched)."""

    destination: Destination
    agency: Agency
    rule: int | None


def rules_in_order() -> list[Rule]:
    """The routing table as the domain reads it."""
    return [row.as_rule() for row in RoutingRule.objects.select_related("category", "region")]


def where_to(category: Category, region: Region, size: Size) -> Suggestion:
    """Where a report of this kind would go."""
    found = route(rules_in_order(), Case(category=category.slug, region=region.code, size=size))
    if found is None or found.destination == Destination.DESK:
        return Suggestion(Destination.DESK, province_desk(), found.pk if found else None)
    if found.destination == Destination.KELURAHAN:
        return Suggestion(found.destination, office_of(region), found.pk)
    named = Agency.objects.select_related("parent").get(pk=found.agency or 0)
    agency = sub_agency(named, region) if found.destination == Destination.SUB_AGENCY else named
    return Suggestion(found.destination, agency, found.pk)


def suggestion_for(report: Report) -> Suggestion:
    """Where this report should go by the table."""
    if report.category.confidential and report.category.handler:
        return Suggestion(Destination.AGENCY, report.category.handler, None)
    return where_to(report.category, report.region, Size(report.size))
