"""What the home page and the page of a kelurahan show of reports: the newest, honest figures, a whole story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import DurationField, ExpressionWrapper, F
from django.utils import timezone

from photos.models import Photo
from places.models import Region
from reports.domain.workflow import State
from reports.models import Report, ReportQuerySet, ReportStep
from reports.queries.lifeline import Done, lifeline
from reports.queries.public import Card, cards, late_on

SHOWN = 6
PERIOD = timedelta(days=90)
FIGURES_KEY, FIGURES_SECONDS = "reports.home_figures", 300
OUTCOMES = ("confirm", "reopen", "lapse")


@dataclass(frozen=True)
class Figures:
    """How it stands, of public reports alone; None where there is nothing to count yet.

    Args:
        confirmed: how many completions of the last 90 days citizens confirmed.
        completions: how many were confirmed, refused or left unanswered in that time.
        answer_hours: median hours until the first answer, of reports filed in that time.
        open: reports on which an office still has to act.
        overdue: of those, how many are late.
    """

    confirmed: int
    completions: int
    answer_hours: float | None
    open: int
    overdue: int

    @property
    def share(self) -> int | None:
        """Whole per cent of completions that citizens confirmed."""
        return round(100 * self.confirmed / self.completions) if self.completions else None

    @property
    def answer_days(self) -> float | None:
        """The median in days, when it is a day or more."""
        return round(self.answer_hours / 24, 1) if self.answer_hours and self.answer_hours >= 24 else None


@dataclass(frozen=True)
class Story:
    """A report that came to a good end, with its pictures and its line."""

    report: Report
    before: Photo
    after: Photo
    steps: list[Done]


def newest(region: Region | None = None) -> list[Card]:
    """The newest public reports as cards, of the whole city or of one kelurahan; three queries."""
    return cards(list(_of(region).for_cards().order_by("-created", "-pk")[:SHOWN]))


def figures(region: Region | None = None) -> Figures:
    """The figures of the whole city or of one kelurahan; counted every five minutes at the most."""
    key = f"{FIGURES_KEY}:{region.code}" if region else FIGURES_KEY
    found: Figures | None = cache.get(key)
    if found is None:
        found = _count(_of(region))
        cache.set(key, found, FIGURES_SECONDS)
    return found


def _of(region: Region | None) -> ReportQuerySet:
    rows = Report.objects.public()
    return rows.filter(region=region) if region else rows


def _count(reports: ReportQuerySet) -> Figures:
    since = timezone.now() - PERIOD
    ends = ReportStep.objects.filter(report__in=reports, name__in=OUTCOMES, at__gte=since)
    names = list(ends.values_list("name", flat=True))
    still = reports.exclude(state=State.DECLARED_DONE).filter(colour__in=["red", "yellow"])
    return Figures(
        confirmed=names.count("confirm"),
        completions=len(names),
        answer_hours=_median_answer(reports.filter(created__gte=since)),
        open=still.count(),
        overdue=still.filter(late_on(timezone.localdate())).count(),
    )


def _median_answer(reports: ReportQuerySet) -> float | None:
    wait = ExpressionWrapper(F("first_answered") - F("created"), output_field=DurationField())
    answered = reports.filter(first_answered__isnull=False)
    count = answered.count()
    if not count:
        return None
    middle = answered.annotate(wait=wait).order_by("wait").values_list("wait", flat=True)[(count - 1) // 2]
    return float(middle.total_seconds() / 3600)


def story() -> Story | None:
    """The newest report that citizens confirmed and that has pictures before and after."""
    done = Report.objects.public().filter(state=State.CONFIRMED, photos__use="after", reopenings=0, escalated_on=None)
    report = done.for_cards().order_by("-changed", "-pk").first()
    if report is None:
        return None
    uses = list(report.photos.select_related("photo").filter(photo__state="ready"))
    before = next((use.photo for use in uses if use.use == "before"), None)
    after = next((use.photo for use in reversed(uses) if use.use == "after"), None)
    if before is None or after is None:
        return None
    return Story(report, before, after, lifeline(report).done)
