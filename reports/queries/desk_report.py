"""One report as the desk shows it: everything that a decision needs, and the steps that are possible."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.actions import allowed
from photos.models import Photo
from places.domain.geo import METRES_PER_DEGREE_LAT, METRES_PER_DEGREE_LNG, distance_m
from reports import errors
from reports.domain.proof import Doubt
from reports.domain.sketch import Label, around, labelled
from reports.domain.workflow import OPEN, State, Step, Who, hand_over_goes_to_desk, steps_from
from reports.models import Contact, Note, PhotoUse, Report, Reveal
from reports.queries.desk import Row, rows_of
from reports.queries.filing import Suggestion, suggestion_for
from reports.queries.lifeline import DOUBT_WORDS, LifeLine, lifeline
from reports.queries.maps import Shape
from reports.queries.outlines import outlines
from reports.rules import action_of

NEAR_METRES = 250.0
NEAR_AT_MOST = 5
MAP_WIDTH, MAP_HEIGHT, MAP_KM = 720, 380, 1.8
MAP_TYPE = 24  # reports/desk.css

STEP_VERBS: dict[str, str | Promise] = {
    "validate": _("Say that it is true"),
    "refuse": _("Refuse"),
    "mark_duplicate": _("Merge with an earlier report"),
    "forward": _("Forward to an outside owner"),
    "assign": _("Give it to its office"),
    "pass_to_desk": _("Pass to the province desk"),
    "send_to_agency": _("Give it to the agency"),
    "send_to_sub_agency": _("Give it to the sub-agency"),
    "hand_over": _("Hand over to another office"),
    "schedule": _("Schedule the work"),
    "start": _("Begin the work"),
    "ask": _("Ask the reporter"),
    "declare_done": _("Declare it done"),
    "accept_proof": _("Accept the proof"),
    "reject_proof": _("Do not accept the proof"),
    "reply": _("Answer in public"),
    "move_pin": _("Correct the place"),
    "recategorise": _("Correct the category"),
}
ANOTHER_DAY = _("Choose another day")
STEP_HINTS: dict[str, str | Promise] = {
    "validate": _(
        "You stand for it that the problem exists. The report becomes public, also when a guest filed it, and gets "
        "its first answer. Somebody else has to declare the work done later: whoever says that it is true may not."
    ),
    "refuse": _("The reporter reads the reason and what to do next. The report ends here."),
    "mark_duplicate": _("Supporters and the reporter are led to the earlier report. This one ends here."),
    "forward": _("The page names who is responsible. It is never counted as done."),
    "assign": _("The office gets the report into its queue; the clock runs on."),
    "pass_to_desk": _("For large matters and where nobody near is responsible. The desk finds the right agency."),
    "send_to_agency": _("The agency gets the report into its queue; the clock runs on."),
    "send_to_sub_agency": _("The sub-agency of the city does the work."),
    "hand_over": _("An office may hand over once, with a reason. The third time it goes to the province desk."),
    "schedule": _("Everybody reads the day. You can move it later."),
    "start": _("Everybody sees that the work has begun."),
    "ask": _("The clock stops for five days at the most while we wait for the answer."),
    "declare_done": _("With a photo taken after the work. The reporter then says: done, or not yet."),
    "accept_proof": _(
        "You stand for it that the photos show this work. The reporter is asked whether it is done; after seven "
        "silent days it counts as done. Everybody reads your reason."
    ),
    "reject_proof": _("The report goes back to work. Say what the photo has to show."),
    "reply": _("Everybody reads it on the report's page. The state stays."),
    "move_pin": _("The reporter's mark was at the wrong spot. The kelurahan follows."),
    "recategorise": _("The promised days of the new category count from the day of the report."),
}
# The step that most reports take next, and what may as well be right; the others are folded away.
USUAL: dict[State, tuple[str, ...]] = {
    State.RECEIVED: ("validate",),
    State.VALIDATED: ("assign",),
    State.AT_DESK: ("send_to_agency",),
    State.AT_AGENCY: ("send_to_sub_agency",),
    State.ASSIGNED: ("schedule", "start"),
    State.AT_SUB_AGENCY: ("schedule", "start"),
    State.REOPENED: ("schedule", "start"),
    State.SCHEDULED: ("start",),
    State.IN_PROGRESS: ("declare_done",),
    State.DECLARED_DONE: ("accept_proof", "reject_proof"),
}
# So few need no fold.
SHOWN_ANYWAY = 2
PLAIN = {"reply", "move_pin", "recategorise", "ask"}


@dataclass(frozen=True)
class Choice:
    """A step that this person may take now.

    Args:
        step: of the table.
        verb: what its button says.
        place: among the usual steps of the state, from 0; None when it is none of them.
    """

    step: Step
    verb: str
    place: int | None

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def hint(self) -> str:
        return str(STEP_HINTS[self.step.name])

    @property
    def usual(self) -> bool:
        """Whether it is the step that most reports take next; a judgement about a proof is not made by habit."""
        return self.place == 0 and self.step.who != Who.SECOND

    @property
    def ends(self) -> bool:
        """Whether the report ends by it."""
        return self.step.name in {"refuse", "mark_duplicate", "forward"}

    @property
    def plain(self) -> bool:
        """Whether it only adds or corrects something."""
        return self.step.name in PLAIN


@dataclass(frozen=True)
class Steps:
    """What can be done now.

    Args:
        choices: possible for this person.
        hindered: code of a refusal -> verbs of the steps that it keeps from this person.
        others: verbs of what somebody else may do now, by who that is.
    """

    choices: list[Choice]
    hindered: dict[str, list[str]]
    others: dict[Who, list[str]]

    @property
    def first(self) -> list[Choice]:
        """What is shown at once: the usual steps, or else the likeliest one."""
        if len(self.choices) <= SHOWN_ANYWAY:
            return self.choices
        return [choice for choice in self.choices if choice.place is not None] or self.choices[:1]

    @property
    def more(self) -> list[Choice]:
        """What stands in the fold."""
        return self.choices[len(self.first) :]

    def get(self, name: str) -> Choice | None:
        """The choice of that name; None when it is not possible."""
        return next((choice for choice in self.choices if choice.name == name), None)


@dataclass(frozen=True)
class Reach:
    """Whether and how the reporter can be reached, without telling the address."""

    has_account: bool
    has_email: bool
    has_phone: bool
    confirmed: bool


@dataclass(frozen=True)
class SmallMap:
    """The exact place on the shapes around it, in whole units of the drawing.

    Args:
        shapes: kelurahan, the report's own marked.
        names: those whose name has room.
        pin: x and y of the place.
        near: x and y of similar reports.
        radius: of the search for them.
    """

    width: int
    height: int
    shapes: list[Shape]
    names: list[Label]
    pin: tuple[int, int]
    near: list[tuple[int, int]]
    radius: int


@dataclass(frozen=True)
class DeskReport:
    """Everything that a decision needs."""

    report: Report
    row: Row
    lifeline: LifeLine
    before: list[Photo]
    after: list[Photo]
    answers: list[Photo]
    doubts: list[str]
    steps: Steps
    suggestion: Suggestion
    near: list[Report]
    map: SmallMap | None
    notes: list[Note]
    reveals: list[Reveal]
    reach: Reach


def possible_steps(report: Report, viewer: User) -> Steps:
    """The steps of the table that this person may take now, and why others are missing."""
    state = State(report.state)
    choices: list[Choice] = []
    hindered: dict[str, list[str]] = {}
    others: dict[Who, list[str]] = {}
    usual = USUAL.get(state, ())
    for step in steps_from(state):
        if step.who in (Who.REPORTER, Who.SYSTEM) or not _fits(step, report):
            continue
        hindrance = _hindrance(step, report, viewer)
        if hindrance:
            hindered.setdefault(hindrance, []).append(str(STEP_VERBS[step.name]))
        elif allowed(viewer, action_of(step.name), report):
            again = state == State.SCHEDULED and step.name == "schedule"
            verb = str(ANOTHER_DAY if again else STEP_VERBS[step.name])
            choices.append(Choice(step, verb, usual.index(step.name) if step.name in usual else None))
        else:
            others.setdefault(step.who, []).append(str(STEP_VERBS[step.name]))
    choices.sort(key=lambda one: (len(usual) if one.place is None else one.place, one.plain, one.ends))
    return Steps(choices, hindered, others)


def _fits(step: Step, report: Report) -> bool:
    """Whether the step makes sense besides the state.

    A proof is judged once the check has found doubts; what was told in confidence never goes to the desk.
    """
    to_desk = step.name == "pass_to_desk" or (step.name == "hand_over" and hand_over_goes_to_desk(report.hand_overs))
    if to_desk and report.category.confidential:
        return False
    return step.who != Who.SECOND or report.proof == "in_review"


def _hindrance(step: Step, report: Report, viewer: User) -> str:
    """Code of the refusal that keeps this very person from a step that a colleague may take; else empty."""
    mine = allowed(viewer, "report.note", report)
    if step.name == "declare_done" and mine and report.validated_by_id == viewer.pk:
        return errors.SAME_PERSON
    if step.name == "declare_done" and mine and report.reporter_id == viewer.pk:
        return errors.OWN_WORK
    if step.who == Who.SECOND and report.declared_by_id == viewer.pk:
        return errors.OWN_PROOF
    if step.name == "hand_over" and mine and has_handed_over(report):
        return errors.ALREADY_HANDED_OVER
    return ""


def has_handed_over(report: Report) -> bool:
    """Whether the unit that has the report now gave it away before; one query at the most."""
    if not report.hand_overs:
        return False
    holder: int | None = None
    for name, unit in report.steps.order_by("seq").values_list("name", "unit_id"):
        if name == "hand_over" and holder == report.unit_id:
            return True
        holder = unit
    return False


def desk_report(report: Report, viewer: User) -> DeskReport:
    """What the desk shows of a report.

    Args:
        report: from `public.report_by_number`.
        viewer: who may open it (reports.open_at_desk).
    """
    uses = list(report.photos.select_related("photo"))
    last_after = max((use.step_id or 0 for use in uses if use.use == PhotoUse.AFTER), default=0)
    near = similar_near(report)
    return DeskReport(
        report=report,
        row=rows_of([report])[0],
        lifeline=lifeline(report),
        before=[use.photo for use in uses if use.use == PhotoUse.BEFORE],
        after=[use.photo for use in uses if use.use == PhotoUse.AFTER and use.step_id == last_after],
        answers=[use.photo for use in uses if use.use in (PhotoUse.ANSWER, PhotoUse.STILL)],
        doubts=[str(DOUBT_WORDS[Doubt(code)]) for code in report.doubts],
        steps=possible_steps(report, viewer),
        suggestion=suggestion_for(report),
        near=near,
        map=small_map(report, near),
        notes=list(report.notes.all()),
        reveals=list(report.reveals.all()),
        reach=_reach(report),
    )


def similar_near(report: Report) -> list[Report]:
    """Open public reports of the same category within 250 m, nearest first; one query on a box."""
    if report.lat is None or report.lng is None or report.category.confidential:
        return []
    lat, lng = report.lat, report.lng
    high, wide = NEAR_METRES / METRES_PER_DEGREE_LAT, NEAR_METRES / METRES_PER_DEGREE_LNG
    box = Q(lat__range=(lat - high, lat + high), lng__range=(lng - wide, lng + wide))
    rows = Report.objects.public().filter(box, category=report.category, state__in=OPEN).exclude(pk=report.pk)
    found = [(_apart(other, lat, lng), other) for other in rows.select_related("region", "unit")[:100]]
    found.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [other for metres, other in found if metres <= NEAR_METRES][:NEAR_AT_MOST]


def _apart(other: Report, lat: float, lng: float) -> float:
    return math.inf if other.lat is None or other.lng is None else distance_m(lat, lng, other.lat, other.lng)


def small_map(report: Report, near: list[Report]) -> SmallMap | None:
    """A drawing of 1.8 km around the place; None when no position is known. One query."""
    if report.lat is None or report.lng is None:
        return None
    frame = around(report.lat, report.lng, km=MAP_KM, width=MAP_WIDTH, height=MAP_HEIGHT)
    areas = [area for area in outlines().areas if any(frame.touches(ring) for ring in area.rings)]
    areas.sort(key=lambda area: area.code == report.region.code)
    names = [Label(area.name, *frame.at(area.lat, area.lng), own=area.code == report.region.code) for area in areas]
    pin = frame.at(report.lat, report.lng)
    return SmallMap(
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
        shapes=[Shape(frame.path(area.rings), own=area.code == report.region.code) for area in areas],
        names=labelled(names, frame, size=MAP_TYPE, pin=pin),
        pin=pin,
        near=[frame.at(other.lat, other.lng) for other in near if other.lat is not None and other.lng is not None],
        radius=round(NEAR_METRES / 1000 / MAP_KM * MAP_WIDTH),
    )


def contact_of(report: Report) -> tuple[str, str]:
    """E-mail address and phone number of the reporter, empty where there is none; for a look that is kept."""
    contact = Contact.objects.filter(report=report).first()
    email, phone = (contact.email, contact.phone) if contact else ("", "")
    return (report.reporter.email or "" if report.reporter else email), phone


def _reach(report: Report) -> Reach:
    if report.reporter_id is not None:
        return Reach(True, bool(report.reporter and report.reporter.email), False, report.confirmed)
    contact = Contact.objects.filter(report=report).first()
    return Reach(
        has_account=False,
        has_email=bool(contact and contact.email),
        has_phone=bool(contact and contact.phone),
        confirmed=report.confirmed,
    )
