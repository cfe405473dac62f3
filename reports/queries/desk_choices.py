"""What the small forms of the desk offer: units, owners, categories, templates; and the auditor's list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.queries import offices_of
from core.paging import Slice, page
from places.models import Agency, AgencyKind, Level, Region
from reports.domain.routing import shadows
from reports.domain.workflow import STATE_AT
from reports.models import Category, ReplyTemplate, Report, Reveal, RoutingRule
from reports.queries.filing import suggestion_for

REVEALS_ON_A_PAGE = 50
HIDDEN_NAMED = 4
Group = tuple[str | Promise, list[Agency]]


def unit_choices(report: Report, step: str) -> list[Group]:
    """The offices to which a step can sensibly give a report, in groups, the table's own suggestion first.

    Args:
        report: with category, region and unit.
        step: "assign", "send_to_agency", "send_to_sub_agency" or "hand_over".
    """
    if report.category.confidential:
        return _of_the_handler(report, step)
    kota = ".".join(report.region.code.split(".")[:2])
    around = Q(kind=AgencyKind.KELURAHAN_OFFICE, region=report.region)
    around |= Q(kind=AgencyKind.KECAMATAN_OFFICE, region=report.region.parent_id)
    around |= Q(kind=AgencyKind.KOTA_OFFICE, region__code=kota)
    subs = Q(kind=AgencyKind.SUKU_DINAS, region__code=kota)
    offers: dict[str, Sequence[tuple[str | Promise, Q]]] = {
        "assign": [(_("Near the place"), around), (_("Sub-agencies in the city"), subs)],
        "send_to_agency": [(_("Agencies"), Q(kind=AgencyKind.DINAS)), (_("Sub-agencies in the city"), subs)],
        "send_to_sub_agency": [(_("Sub-agencies"), Q(kind=AgencyKind.SUKU_DINAS, parent=report.unit))],
        "hand_over": [
            (_("Near the place"), around),
            (_("Beside your office"), Q(parent=report.unit.parent_id)),
            (_("Sub-agencies in the city"), subs),
        ],
    }
    suggested = suggestion_for(report).agency
    # Most of what a kelurahan finds to be true it does itself.
    moves = suggested != report.unit or step == "assign"
    fits = suggested.active and suggested.kind in STATE_AT and moves
    if step == "send_to_sub_agency":
        fits = fits and suggested.parent_id == report.unit_id
    first: list[Group] = [(_("By the routing table"), [suggested])] if fits and step != "hand_over" else []
    return first + _groups(offers[step], report, step, {suggested.pk} if first else set())


def _groups(groups: Sequence[tuple[str | Promise, Q]], report: Report, step: str, seen: set[int]) -> list[Group]:
    """Each office once, in the first group that has it; what is handed over does not stay."""
    found: list[Group] = []
    if step != "assign":
        seen = seen | {report.unit_id}
    for title, condition in groups:
        rows = Agency.objects.filter(condition, kind__in=STATE_AT, active=True).exclude(pk__in=seen)
        units = list(rows.order_by("name_id"))
        seen = seen | {unit.pk for unit in units}
        if units:
            found.append((title, units))
    return found


def _of_the_handler(report: Report, step: str) -> list[Group]:
    """What was told in confidence stays with its handler and the sub-agencies of it."""
    handler = report.category.handler_id
    rows = Agency.objects.filter(Q(pk=handler) | Q(parent=handler), kind__in=STATE_AT, active=True)
    if step != "assign":
        rows = rows.exclude(pk=report.unit_id)
    units = list(rows.order_by("name_id"))
    return [(_("The confidential handler"), units)] if units else []


def outside_owners() -> list[Agency]:
    """Who is responsible outside the city government."""
    return list(Agency.objects.filter(kind=AgencyKind.OUTSIDE, active=True).order_by("name_id"))


def other_categories(report: Report) -> list[Category]:
    """Categories that a report can get instead; what is confidential stays so."""
    rows = Category.objects.filter(active=True).exclude(pk=report.category_id).select_related("group")
    return list(rows.filter(confidential=True) if report.category.confidential else rows)


def kelurahan_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All kelurahan by kecamatan for one select: (kecamatan, [(code, name)]); one query."""
    rows = Region.objects.filter(level=Level.KELURAHAN).select_related("parent__parent")
    groups: dict[str, list[tuple[str, str]]] = {}
    for region in rows.order_by("parent__parent__short_name", "parent__short_name", "short_name"):
        kecamatan = region.parent
        kota = kecamatan.parent if kecamatan else None
        title = f"{kota.short_name if kota else ''} · {kecamatan.short_name if kecamatan else ''}"
        groups.setdefault(title, []).append((region.code, region.short_name))
    return list(groups.items())


def templates_for(report: Report, step: str) -> list[ReplyTemplate]:
    """Reply templates for a step of a report: those of the step before the general ones."""
    rows = ReplyTemplate.objects.filter(active=True, step__in=[step, ""])
    found = rows.filter(Q(category__isnull=True) | Q(category=report.category_id))
    return sorted(found, key=lambda row: (not row.step, row.category_id is None, row.title))


# --- The routing table, read --------------------------------------------------------------------
@dataclass(frozen=True)
class RoutingRow:
    """A row of the table, and whether an earlier one takes all its cases."""

    rule: RoutingRule
    never_matches: bool


@dataclass(frozen=True)
class RoutingTable:
    """The whole table in the order in which it is asked, with what is wrong in it."""

    rows: list[RoutingRow]
    warnings: list[str]


def routing_table() -> RoutingTable:
    """The routing table; one query."""
    rules = list(RoutingRule.objects.select_related("category", "region", "agency").order_by("position", "pk"))
    by_key = {rule.pk: rule for rule in rules}
    hiding = shadows(rule.as_rule() for rule in rules)
    hidden = {key for keys in hiding.values() for key in keys}
    return RoutingTable(
        rows=[RoutingRow(rule, rule.pk in hidden) for rule in rules],
        warnings=[_warning(by_key[key], [by_key[one] for one in keys]) for key, keys in hiding.items()],
    )


def _warning(rule: RoutingRule, hidden: list[RoutingRule]) -> str:
    parts = [f"“{one}”" for one in hidden[:HIDDEN_NAMED]]
    if more := len(hidden[HIDDEN_NAMED:]):
        parts.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    text = gettext("The rule “%(rule)s” takes all cases of later rules, so these never match: %(hidden)s.")
    return text % {"rule": rule, "hidden": ", ".join(parts)}


# --- The auditor's list ---------------------------------------------------------------------------
def reveals(auditor: User, after: str = "") -> Slice[Reveal]:
    """Who looked at a reporter's contact and why, newest first, in the regions that the auditor watches."""
    mine = Q(pk__in=())
    for office in offices_of(auditor):
        if office.role == Role.AUDITOR and office.region:
            code = office.region.code
            mine |= Q(report__region__code=code) | Q(report__region__code__startswith=f"{code}.")
    rows = Reveal.objects.filter(mine).select_related("report__category", "report__region")
    return page(rows, by="at", after=after, size=REVEALS_ON_A_PAGE)
