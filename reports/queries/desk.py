"""The officers' queue: what waits at their units, most urgent first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Case, Count, DateField, F, Q, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.queries import offices_of
from core.formats import short_date
from core.paging import page
from places.models import Agency
from reports.domain.deadlines import Timeliness
from reports.domain.workflow import CLOSED, NEW, OPEN, WITH_UNIT, State
from reports.models import Report, ReportQuerySet
from reports.models.tables import in_language
from reports.queries.lifeline import next_of
from reports.queries.public import late_on
from reports.rules import HANDLING, heads_unit

PAGE_SIZE = 30
WORDS_READ = 6
CURSOR = re.compile(r"^(\d{4}-\d{2}-\d{2})\.(\d{1,18})$")


class Tab(StrEnum):
    """The piles on a desk."""

    TO_DO = "perlu"
    RUNNING = "berjalan"
    WAITING = "menunggu"
    PROOF = "bukti"
    RAISED = "naik"
    DONE = "selesai"


# The pile of what is done only grows; nobody needs to know how high it is.
COUNTED = tuple(tab for tab in Tab if tab != Tab.DONE)
# Which pile is opened first: what waits for a decision, then what is late elsewhere, then the work, then waiting.
URGENCY = (Tab.TO_DO, Tab.RAISED, Tab.PROOF, Tab.RUNNING, Tab.WAITING)


@dataclass(frozen=True)
class Units:
    """For whom a person looks at the queue.

    Args:
        own: units where the person acts.
        chosen: the one that was picked; None for all of them.
        below: keys of the units whose proofs the person may check because theirs stands above them.
    """

    own: tuple[Agency, ...]
    chosen: Agency | None
    below: frozenset[int]

    @property
    def keys(self) -> frozenset[int]:
        """Keys of the units whose queue is shown."""
        return frozenset({self.chosen.pk} if self.chosen else {unit.pk for unit in self.own})


@dataclass(frozen=True)
class QueueFilters:
    """What stands in the address of the queue; every part may be missing.

    Args:
        tab: which pile; None opens the most urgent one that holds something.
        category: slug.
        rw: two digits.
        overdue: only what is late.
        text: words in number, title, description or landmark.
    """

    tab: Tab | None = None
    category: str = ""
    rw: str = ""
    overdue: bool = False
    text: str = ""

    @property
    def any(self) -> bool:
        """Whether the pile is narrowed."""
        return bool(self.category or self.rw or self.overdue or self.text)


@dataclass(frozen=True)
class Row:
    """One report in the queue.

    Args:
        report: with category, region and unit.
        until: the day that presses; None where none runs.
        timeliness: how it looks today.
        days: from today until then; negative when it is over.
        age: days since it was filed.
    """

    report: Report
    until: date | None
    timeliness: Timeliness
    days: int
    age: int

    @property
    def tone(self) -> str:
        """The class of the colour."""
        return {Timeliness.OVERDUE: "red", Timeliness.SOON: "yellow"}.get(self.timeliness, "grey")

    @property
    def when(self) -> str:
        """The day that presses, in words: "2 hari lewat", "hari ini", "besok", "Kam, 26 Nov"."""
        if self.timeliness == Timeliness.PAUSED:
            return gettext("paused")
        if self.until is None:
            return ""
        if self.days < 0:
            return ngettext("%(days)d day late", "%(days)d days late", -self.days) % {"days": -self.days}
        if self.days <= 1:
            return gettext("today") if self.days == 0 else gettext("tomorrow")
        return short_date(self.until)

    @property
    def icon(self) -> str:
        """The icon that goes with the colour."""
        icons = {Timeliness.OVERDUE: "warning", Timeliness.SOON: "clock", Timeliness.PAUSED: "hourglass"}
        return icons.get(self.timeliness, "calendar" if self.until else "check-box")

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a guest filed it who has not confirmed an address."""
        return not self.report.confirmed

    @property
    def in_review(self) -> bool:
        """Whether a second person has to look at the proof."""
        return self.report.state == State.DECLARED_DONE and self.report.proof == "in_review"


@dataclass(frozen=True)
class Option:
    """A value that a filter offers."""

    value: str
    label: str


@dataclass(frozen=True)
class Queue:
    """A page of the queue with what its filters offer."""

    tab: Tab
    rows: list[Row]
    next_cursor: str
    is_first: bool
    counts: dict[Tab, int]
    categories: list[Option]
    rws: list[str]


def units_for(user: User, code: str = "") -> Units:
    """The units where a person acts, and the chosen one of them (all when the code is none of theirs)."""
    offices = [office for office in offices_of(user) if office.role in HANDLING and office.agency]
    own = {office.agency.pk: office.agency for office in offices if office.agency}
    chosen = next((unit for unit in own.values() if unit.code == code), None)
    above = {office.agency_id for office in offices if heads_unit(office)}
    if chosen:
        above &= {chosen.pk}
    below = Agency.objects.filter(parent__in=above).values_list("pk", flat=True) if above else ()
    return Units(own=tuple(own.values()), chosen=chosen, below=frozenset(below))


def pile(tab: Tab, units: Units) -> Q:
    """The condition of lying on a pile of these units."""
    mine = Q(unit__in=units.keys)
    if tab == Tab.TO_DO:
        return mine & Q(state__in=NEW | WITH_UNIT | {State.AT_DESK})
    if tab == Tab.RUNNING:
        return mine & Q(state__in=[State.SCHEDULED, State.IN_PROGRESS])
    if tab == Tab.WAITING:
        declared = Q(state=State.DECLARED_DONE) & ~Q(proof="in_review")
        return mine & (Q(state=State.NEEDS_ANSWER) | declared)
    if tab == Tab.PROOF:
        theirs = Q(unit__in=units.below, category__confidential=False)
        return (mine | theirs) & Q(state=State.DECLARED_DONE, proof="in_review")
    if tab == Tab.RAISED:
        raised = Q(escalated_to__in=units.keys, state__in=OPEN | {State.DECLARED_DONE})
        return raised & Q(category__confidential=False) & ~mine
    return mine & Q(state__in=CLOSED | {State.CONFIRMED, State.UNCONFIRMED})


def most_urgent(heights: dict[Tab, int]) -> Tab | None:
    """The pile to look at first; None when nothing lies on any."""
    return next((tab for tab in URGENCY if heights[tab]), None)


def settled(tab: Tab | None, heights: dict[Tab, int]) -> Tab:
    """The pile to come back to: the same one unless it is empty by now and another is not."""
    if tab is not None and heights.get(tab, 1):
        return tab
    return most_urgent(heights) or tab or Tab.TO_DO


def queue(units: Units, filters: QueueFilters, after: str = "", *, settle: bool = False) -> Queue:
    """A page of the queue: three queries however long it is.

    Args:
        units: whose queue.
        filters: which pile, and what of it.
        after: cursor of the page before; anything unreadable means the first page.
        settle: whether another pile may be shown when the asked one is empty.
    """
    heights = counts(units)
    tab = settled(filters.tab, heights) if settle or filters.tab is None else filters.tab
    rows = _narrowed(Report.objects.filter(pile(tab, units)), filters)
    rows = rows.select_related("category", "region", "unit").defer("description")
    if tab == Tab.DONE:
        cut = page(rows, by="changed", after=after, size=PAGE_SIZE)
        found, cursor, is_first = cut.rows, cut.next_cursor, cut.is_first
    else:
        found, cursor, is_first = _by_urgency(rows, after)
    categories, rws = _offers(units)
    today = timezone.localdate()
    return Queue(
        tab=tab,
        rows=[_row(report, today) for report in found],
        next_cursor=cursor,
        is_first=is_first,
        counts=heights,
        categories=categories,
        rws=rws,
    )


def counts(units: Units) -> dict[Tab, int]:
    """How many reports lie on each pile but the last; one query."""
    piles = {tab: pile(tab, units) for tab in COUNTED}
    anywhere = Q()
    for condition in piles.values():
        anywhere |= condition
    found = Report.objects.filter(anywhere).aggregate(
        **{tab.name.lower(): Count("pk", filter=condition) for tab, condition in piles.items()}
    )
    return {tab: found[tab.name.lower()] for tab in COUNTED}


def _narrowed(rows: ReportQuerySet, filters: QueueFilters) -> ReportQuerySet:
    if filters.category:
        rows = rows.filter(category__slug=filters.category)
    if filters.rw:
        rows = rows.filter(rw=filters.rw)
    if filters.overdue:
        rows = rows.filter(late_on(timezone.localdate()))
    for word in filters.text.split()[:WORDS_READ]:
        anywhere = Q(title__icontains=word) | Q(description__icontains=word) | Q(landmark__icontains=word)
        rows = rows.filter(anywhere | Q(number__icontains=word.replace("-", "")))
    return rows


def _by_urgency(rows: ReportQuerySet, after: str) -> tuple[list[Report], str, bool]:
    """Cut a page from rows in the order of the day that presses first: the first answer's, then the work's."""
    first = When(first_answered__isnull=True, then=Least("first_answer_due", "due"))
    ordered = rows.annotate(presses=Case(first, default=F("due"), output_field=DateField()))
    behind = _read_cursor(after)
    if behind:
        day, key = behind
        ordered = ordered.filter(Q(presses__gt=day) | Q(presses=day, pk__gt=key))
    found = list(ordered.order_by("presses", "pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    cursor = ""
    if len(found) > PAGE_SIZE:
        last = shown[-1]
        pressing = min(last.first_answer_due, last.due) if last.first_answered is None else last.due
        cursor = f"{pressing.isoformat()}.{last.pk}"
    return shown, cursor, behind is None


def _read_cursor(cursor: str) -> tuple[date, int] | None:
    match = CURSOR.match(cursor)
    try:
        return (date.fromisoformat(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _offers(units: Units) -> tuple[list[Option], list[str]]:
    """Categories and RW that occur among the open reports of the units."""
    rows = Report.objects.filter(unit__in=units.keys, state__in=OPEN | {State.DECLARED_DONE})
    found = rows.order_by().values_list("category__slug", "category__name_id", "category__name_en", "rw").distinct()
    categories: dict[str, str] = {}
    rws: set[str] = set()
    for slug, name_id, name_en, rw in found:
        categories[slug] = in_language(name_id, name_en)
        rws.add(rw)
    options = [Option(slug, name) for slug, name in sorted(categories.items(), key=lambda pair: pair[1])]
    return options, sorted(rw for rw in rws if rw)


def rows_of(reports: Iterable[Report]) -> list[Row]:
    """Rows of reports that were loaded with category, region and unit."""
    today = timezone.localdate()
    return [_row(report, today) for report in reports]


def _row(report: Report, today: date) -> Row:
    upcoming = next_of(report, today)
    until = upcoming.until if upcoming else None
    return Row(
        report=report,
        until=until,
        timeliness=upcoming.timeliness if upcoming else Timeliness.AHEAD,
        days=(until - today).days if until else 0,
        age=(today - timezone.localdate(report.created)).days,
    )
