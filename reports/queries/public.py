"""The public list and the page of one report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from accounts.queries import Person
from core.actions import Answer, allowed, check_many
from core.paging import Slice, page
from photos.models import Photo
from places.models import Region
from reports.domain import numbers
from reports.domain.workflow import Colour, State
from reports.models import Category, Contact, Follow, PhotoUse, Report, ReportPhoto, ReportQuerySet
from reports.models.report import STATE_LABELS
from reports.queries.lifeline import DOUBT_WORDS, Done, LifeLine, Next, lifeline, marks_of, next_of
from support import queries as support

PAGE_SIZE = 20
# Class and icon of a colour: it never stands alone.
TONES = {
    "red": ("red", "clock"),
    "yellow": ("yellow", "alert"),
    "green": ("green", "check-box"),
    "neutral": ("grey", "close"),
}
COUNT_UP_TO = 1000
# What a card shows; a report has four times as many columns.
CARD_COLUMNS = (
    "number", "title", "language", "rt", "rw", "state", "colour", "proof", "scheduled_for", "created", "declared_at",
    "first_answer_due", "first_answered", "due", "paused_on", "public",
    "category__name_id", "category__name_en", "category__icon",
    "region__short_name", "region__level",
    "unit__name_id", "unit__name_en",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What stands in the address of the list; every part may be missing.

    Args:
        category: key of the category.
        region: official code of a kelurahan, kecamatan or kota.
        colour: red, yellow, green.
        age: newer than so many days.
        overdue: only what is late.
        text: words in title or description.
    """

    category: int | None = None
    region: Region | None = None
    colour: Colour | None = None
    age: int | None = None
    overdue: bool = False
    text: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.category is not None or self.region or self.colour or self.age or self.overdue or self.text)


@dataclass(frozen=True)
class Card:
    """One report as a card: where, who is responsible, what is next, by when."""

    report: Report
    photo: Photo | None
    next: Next | None
    supporters: int
    marks: tuple[str, ...] = ()
    # Written out once: a list asks for them sixty times.
    tone: str = ""
    sign: str = ""
    word: str = ""
    state: str = ""


@dataclass(frozen=True)
class ListPage:
    """One page of the public list."""

    cards: list[Card]
    next_cursor: str
    is_first: bool
    total: int
    total_is_capped: bool


@dataclass(frozen=True)
class Choice:
    """A category to filter by."""

    pk: int
    slug: str
    name: str
    group: str


def category_choices() -> list[Choice]:
    """The categories that the public list can be filtered by, in the order of their groups; one query."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    rows = Category.objects.filter(active=True, confidential=False)
    columns = ("pk", "slug", f"name_{language}", f"group__name_{language}")
    return [Choice(*row) for row in rows.values_list(*columns)]


def visible_to(viewer: Person) -> ReportQuerySet:
    """What a list may show to a viewer: the public reports and their own."""
    rows = Report.objects.all()
    if viewer.is_authenticated:
        return rows.filter(Q(public=True) | Q(reporter_id=viewer.pk))
    return rows.public()


def filtered(filters: Filters) -> ReportQuerySet:
    """The public reports that the filters leave."""
    rows = Report.objects.public()
    if filters.category:
        rows = rows.filter(category_id=filters.category)
    if filters.region:
        rows = rows.filter(region__in=_within(filters.region))
    if filters.colour:
        rows = rows.filter(colour=filters.colour)
    if filters.age:
        rows = rows.filter(created__gte=timezone.now() - timedelta(days=filters.age))
    if filters.overdue:
        rows = rows.filter(late_on(timezone.localdate()))
    number = numbers.tidy(filters.text)
    if numbers.is_valid(number):
        return rows.filter(number=number)
    for word in filters.text.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(description__icontains=word))
    return rows


def late_on(today: date) -> Q:
    """The condition of being overdue: the work, or the first answer."""
    late = Q(due__lt=today) | Q(first_answer_due__lt=today, first_answered__isnull=True)
    return late & Q(colour__in=[Colour.RED, Colour.YELLOW], paused_on__isnull=True) & ~Q(state=State.DECLARED_DONE)


def _within(region: Region) -> Any:
    if region.level == "kelurahan":
        return [region.pk]
    return Region.objects.filter(level="kelurahan", code__startswith=f"{region.code}.").values("pk")


def list_page(filters: Filters, after: str = "") -> ListPage:
    """A page of the public list, newest first: four queries however long it is."""
    rows = filtered(filters)
    slim = rows.select_related("category", "region", "unit").only(*CARD_COLUMNS)
    cut: Slice[Report] = page(slim, by="created", after=after, size=PAGE_SIZE)
    total = rows.order_by()[: COUNT_UP_TO + 1].count()
    return ListPage(
        cards=cards(cut.rows),
        next_cursor=cut.next_cursor,
        is_first=cut.is_first,
        total=min(total, COUNT_UP_TO),
        total_is_capped=total > COUNT_UP_TO,
    )


def cards(reports: list[Report]) -> list[Card]:
    """Cards of reports loaded with category, region and unit: two more queries for all."""
    photos: dict[int, Photo] = {}
    supporters: dict[int, int] = {}
    if reports:
        firsts = ReportPhoto.objects.filter(report__in=reports, use=PhotoUse.BEFORE, photo__state="ready")
        slim = firsts.select_related("photo").only("report_id", "photo__state", "photo__width", "photo__height")
        for use in slim.order_by("-position"):
            photos[use.report_id] = use.photo
        supporters = support.counts(reports)
    today = timezone.localdate()
    return [
        Card(
            report=report,
            photo=photos.get(report.pk),
            next=next_of(report, today),
            supporters=supporters.get(report.pk, 0),
            marks=marks_of(report),
            tone=TONES[report.colour][0],
            sign=TONES[report.colour][1],
            word=report.public_word,
            state=str(STATE_LABELS[State(report.state)]),
        )
        for report in reports
    ]


@dataclass(frozen=True)
class Detail:
    """The page of one report, as this viewer may see it."""

    report: Report
    lifeline: LifeLine
    before: list[Photo]
    after: list[Photo]
    supporters: int
    supports: bool
    follows: bool
    is_reporter: bool
    can: dict[str, Answer]
    waits_for_code: bool = False
    duplicates: list[Report] = field(default_factory=list)

    @property
    def answers(self) -> list[Done]:
        """What offices said to citizens, oldest first."""
        return [step for step in self.lifeline.done if step.is_answer]

    @property
    def more_photos(self) -> list[Photo]:
        """All but the first before and after."""
        return self.before[1:] + self.after[1:]

    @property
    def asks_done(self) -> bool:
        """Whether the reporter is asked: done, or not yet?"""
        return State(self.report.state) in (State.DECLARED_DONE, State.UNCONFIRMED)

    @property
    def asks_answer(self) -> bool:
        """Whether an office waits for the reporter's answer."""
        return self.report.state == State.NEEDS_ANSWER

    @property
    def question(self) -> Done | None:
        """The question that is open."""
        asked = [step for step in self.lifeline.done if step.name == "ask"]
        return asked[-1] if asked else None

    @property
    def refused_because(self) -> str:
        """Why it was refused, with what to do next."""
        return next((step.note for step in reversed(self.lifeline.done) if step.name == "refuse"), "")

    @property
    def doubts(self) -> list[str]:
        """Why a second person looks at the proof, in plain words."""
        return [str(DOUBT_WORDS[doubt]) for doubt in self.report.doubts if doubt in DOUBT_WORDS]


def report_by_number(number: str) -> Report | None:
    """A report with what its page needs; None when there is none."""
    rows = Report.objects.select_related(
        "category", "region__parent__parent", "unit", "outside", "original", "escalated_to"
    )
    return rows.filter(number=number).first()


def report_to_act_on(number: str) -> Report | None:
    """A report with just what the rules ask of a public one; what others need is fetched when asked."""
    asked = ("number", "state", "public", "secret_digest", "reporter", "unit", "category", "region", "escalated_to")
    return Report.objects.only(*asked).filter(number=number).order_by().first()


def may_see(viewer: Person, report: Report, *, holds_secret: bool) -> bool:
    """Whether the viewer may open the page: by permission, or by the reporter's own link."""
    return holds_secret or allowed(viewer, "report.read", report)


def detail(report: Report, viewer: Person, *, holds_secret: bool = False) -> Detail:
    """What the page of a report shows: four queries, and three more for an account."""
    uses = list(report.photos.select_related("photo"))
    by_step: dict[int, list[Photo]] = {}
    for use in uses:
        by_step.setdefault(use.step_id or 0, []).append(use.photo)
    last_after = max((use.step_id or 0 for use in uses if use.use == PhotoUse.AFTER), default=0)
    signed_in = viewer.is_authenticated
    is_reporter = holds_secret or (signed_in and report.reporter_id == viewer.pk)
    return Detail(
        report=report,
        lifeline=lifeline(report, by_step),
        before=[use.photo for use in uses if use.use == PhotoUse.BEFORE],
        after=[use.photo for use in uses if use.use == PhotoUse.AFTER and use.step_id == last_after],
        supporters=support.counts([report]).get(report.pk, 0),
        supports=signed_in and report.pk in support.supported_by(viewer, [report]),
        follows=signed_in and Follow.objects.filter(report=report, user_id=viewer.pk or 0).exists(),
        is_reporter=is_reporter,
        can=_answers(viewer, report),
        waits_for_code=is_reporter and waits_for_code(report),
        duplicates=list(report.duplicates.filter(public=True).only("number", "title")[:20]),
    )


def _answers(viewer: Person, report: Report) -> dict[str, Answer]:
    """What the buttons of the page are answered: "support", "work"."""
    asked = {"support": "report.support", "work": "report.note"}
    found = check_many(viewer, asked.values(), report)
    return {name: found[code] for name, code in asked.items()}


def waits_for_code(report: Report) -> bool:
    """Whether a guest has given an address and not yet typed the code that was sent there."""
    is_open = report.reporter_id is None and not report.confirmed
    return is_open and Contact.objects.filter(report=report).exclude(email="").exists()


def was_taken(report: Report, name: str, *, after: int | None) -> bool:
    """Whether the reporter's step that followed what they saw on the page is taken already (sent twice).

    Args:
        report: which one.
        name: of the step.
        after: how many steps the page showed; None when the form did not say.
    """
    return after is not None and report.steps.filter(seq=after + 1, name=name, office="").exists()
