"""The life-line of a report as the page draws it: what happened, what is next, by whom, by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formats import long_date
from photos.models import Photo
from reports.domain.deadlines import Timeliness, answer_until, confirmation_until, timeliness
from reports.domain.proof import Doubt
from reports.domain.reasons import Basis, Reason
from reports.domain.workflow import CLOSED, State
from reports.models import Report, ReportStep

STEP_TITLES: dict[str, str | Promise] = {
    "file": _("Received"),
    "validate": _("Found to be true"),
    "refuse": _("Refused"),
    "mark_duplicate": _("Merged with an earlier report"),
    "forward": _("Forwarded to the responsible owner"),
    "assign": _("Given to its office"),
    "pass_to_desk": _("Passed to the province desk"),
    "send_to_agency": _("Given to the agency"),
    "send_to_sub_agency": _("Given to the sub-agency"),
    "hand_over": _("Handed over"),
    "schedule": _("Scheduled"),
    "start": _("Work has begun"),
    "ask": _("Question to the reporter"),
    "answer": _("The reporter answered"),
    "resume": _("No answer, work goes on"),
    "declare_done": _("Declared done by the office"),
    "accept_proof": _("Proof accepted by a second person"),
    "reject_proof": _("Proof not accepted"),
    "confirm": _("Confirmed: done"),
    "reopen": _("Not done yet: opened again"),
    "lapse": _("Seven days without an answer"),
    "reply": _("Public answer"),
    "escalate": _("Overdue: raised to the unit above"),
    "move_pin": _("Place corrected"),
    "recategorise": _("Category corrected"),
}
# Every verb of the ledger in plain words.
LEDGER_WORDS: dict[str, str | Promise] = {f"report.{name}": title for name, title in STEP_TITLES.items()} | {
    "report.proof_checked": _("Photos of the work checked by the machine"),
    "report.code_confirmed": _("Confirmed by the code from the e-mail"),
    "report.contact_revealed": _("An officer looked up how to reach the reporter; the reason is kept for the auditor"),
}
NEXT_TITLES: dict[State, str | Promise] = {
    State.RECEIVED: _("First answer and check on the spot"),
    State.VALIDATED: _("It is given to its office"),
    State.ASSIGNED: _("The work is scheduled"),
    State.AT_DESK: _("The desk gives it to the right agency"),
    State.AT_AGENCY: _("The agency plans the work"),
    State.AT_SUB_AGENCY: _("The work is scheduled"),
    State.SCHEDULED: _("The work"),
    State.IN_PROGRESS: _("The photo after the work"),
    State.NEEDS_ANSWER: _("The reporter answers"),
    State.DECLARED_DONE: _("The reporter says: done or not yet"),
    State.REOPENED: _("The work is scheduled again"),
}
LATER: dict[State, tuple[str | Promise, ...]] = {
    State.RECEIVED: (_("The work"), _("Photo after the work"), _("The reporter makes sure: is it done?")),
    State.IN_PROGRESS: (_("The reporter makes sure: is it done?"),),
    State.DECLARED_DONE: (),
}
STAGES = 5
# How far along its line a report is: received, found to be true, planned and worked on, declared done, confirmed.
STAGE: dict[State, int] = {
    State.RECEIVED: 1,
    State.NEEDS_ANSWER: 1,
    State.VALIDATED: 2,
    State.ASSIGNED: 2,
    State.AT_DESK: 2,
    State.AT_AGENCY: 2,
    State.AT_SUB_AGENCY: 2,
    State.REOPENED: 2,
    State.SCHEDULED: 3,
    State.IN_PROGRESS: 3,
    State.DECLARED_DONE: 4,
    State.UNCONFIRMED: 5,
    State.CONFIRMED: 5,
}
TO_A_UNIT = {"assign", "send_to_agency", "send_to_sub_agency", "hand_over", "pass_to_desk"}
ANSWERS = {"reply", "ask", "refuse", "forward", "declare_done", "reject_proof"}
ENDING = {"refuse", "mark_duplicate", "forward"}
DOUBT_WORDS: dict[str, str | Promise] = {
    Doubt.SEEN_BEFORE: _("the same or nearly the same photo was used before"),
    Doubt.LIKE_BEFORE_PHOTO: _("it looks almost like the photo of the damage"),
    Doubt.FAR_AWAY: _("it was taken more than 100 m away"),
    Doubt.TOO_EARLY: _("it was taken before the report was found to be true"),
    Doubt.UNREADABLE: _("it could not be read"),
}
# Why, and what the citizen can do next.
REFUSED_BECAUSE: dict[str, tuple[str | Promise, str | Promise]] = {
    Reason.NOT_FOUND: (_("Not found on the spot"), _("Report again with a photo and a landmark if it is still there.")),
    Reason.INCOMPLETE: (_("Too little to act on"), _("Report again and say what, where and since when.")),
    Reason.PRIVATE_MATTER: (
        _("A private matter"),
        _("The RT, the RW or the kelurahan's mediation can help between neighbours."),
    ),
    Reason.NEXT_BUDGET: (_("Needs next year's budget"), _("Bring it to the musrenbang as a proposal.")),
    Reason.NO_PROBLEM: (
        _("Nothing is wrong there"),
        _("No further step is needed; ask at the kelurahan if you disagree."),
    ),
    Reason.IMPROPER: (
        _("Improper content; hidden from the public"),
        _("Report the matter again without insults or names of people."),
    ),
}
# How the office knows that it is true: as it is chosen, and as everybody reads it.
KNOWN_BECAUSE: dict[str, tuple[str | Promise, str | Promise]] = {
    Basis.SEEN: (_("We have seen it on the spot"), _("Seen on the spot.")),
    Basis.PHOTO: (_("The photo shows it beyond doubt"), _("Clear from the photo.")),
    Basis.KNOWN: (_("We knew of it already"), _("Known to the office already.")),
}
AUTOMATIC = _("automatic")
CITIZEN = _("the reporter")


@dataclass(frozen=True)
class Done:
    """A step that was taken.

    Args:
        office: in whose name; for citizens and the clock in plain words.
        note: what the step says beside its text.
        is_official: whether an office took it.
        stops: whether the line ends with it.
    """

    seq: int
    name: str
    title: str
    office: str
    at: datetime
    text: str
    note: str = ""
    photos: list[Photo] = field(default_factory=list)
    is_official: bool = False
    stops: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether an office speaks to citizens in it; the page shows that in full beside the line."""
        return self.is_official and bool(self.text) and self.name in ANSWERS


@dataclass(frozen=True)
class Next:
    """What must happen now.

    Args:
        title: what.
        by: which office or person.
        until: the day by which; None where no day runs.
        timeliness: how that day looks today.
        promise: the day promised for the whole work, where it is another one.
    """

    title: str
    by: str
    until: date | None
    timeliness: Timeliness
    promise: date | None = None

    @property
    def is_overdue(self) -> bool:
        return self.timeliness == Timeliness.OVERDUE


@dataclass(frozen=True)
class LifeLine:
    """All of it, in the order of time."""

    done: list[Done]
    next: Next | None
    later: list[str]


def next_of(report: Report, today: date | None = None) -> Next | None:
    """What is next, by whom and by when; None when the report has come to its end.

    Args:
        report: with unit loaded.
        today: the day to look at it; today by default.
    """
    state = State(report.state)
    if state not in NEXT_TITLES:
        return None
    day = today or timezone.localdate()
    by, until, promise = report.unit.name, report.due, None
    if state == State.NEEDS_ANSWER and report.paused_on:
        by, until = gettext("the reporter"), answer_until(report.paused_on)
    elif state == State.DECLARED_DONE:
        by = gettext("the reporter")
        until = confirmation_until(timezone.localdate(report.declared_at))
        if report.proof in ("checking", "in_review"):
            by = report.unit.name
            return Next(gettext("The proof is being checked"), by, None, Timeliness.AHEAD)
    elif report.first_answered is None:
        until, promise = report.first_answer_due, report.due
    elif state == State.SCHEDULED and report.scheduled_for:
        until, promise = report.scheduled_for, report.due
    waits = state in (State.NEEDS_ANSWER, State.DECLARED_DONE)
    looks = Timeliness.PAUSED if waits else timeliness(until, day, paused=False)
    return Next(str(NEXT_TITLES[state]), by, until, looks, promise if promise != until else None)


def lifeline(report: Report, photos: Mapping[int, list[Photo]] | None = None) -> LifeLine:
    """The whole line of a report: one query.

    Args:
        report: with unit, outside and original loaded.
        photos: those that came with a step, by the step's key.
    """
    state = State(report.state)
    coming = LATER.get(state, LATER[State.IN_PROGRESS] if state == State.SCHEDULED else LATER[State.RECEIVED])
    upcoming = next_of(report)
    shown = photos or {}
    return LifeLine(
        done=[_done(report, step, shown.get(step.pk, [])) for step in report.steps.select_related("unit")],
        next=upcoming,
        later=[str(title) for title in coming] if upcoming else [],
    )


def marks_of(report: Report) -> tuple[str, ...]:
    """The line lying down, for cards: "done", "now" or "later" for each of its five stages; none without work."""
    state = State(report.state)
    if state in CLOSED:
        return ()
    return tuple("done" if at < STAGE[state] else "now" if at == STAGE[state] else "later" for at in range(STAGES))


def told(report: Report, step: ReportStep) -> str:
    """A step in one line, for who has just taken it: "Dijadwalkan. Untuk Kamis, 26 November 2026"."""
    return ". ".join(filter(None, (str(STEP_TITLES[step.name]), _note(report, step))))


def _done(report: Report, step: ReportStep, photos: list[Photo]) -> Done:
    return Done(
        seq=step.seq,
        name=step.name,
        title=str(STEP_TITLES[step.name]),
        office=step.office or _citizen_or_clock(step),
        at=step.at,
        text=step.text,
        note=_note(report, step),
        photos=photos,
        is_official=bool(step.office),
        stops=step.name in ENDING,
    )


def _citizen_or_clock(step: ReportStep) -> str:
    return str(CITIZEN if step.name in ("file", "answer", "confirm", "reopen") else AUTOMATIC)


def _note(report: Report, step: ReportStep) -> str:
    """What the step says beside its text: to whom it went, for which day, for which reason."""
    if step.name == "file" and report.via:
        return gettext("Handed in at the desk of %(desk)s") % {"desk": report.via}
    if step.name in TO_A_UNIT and step.unit:
        return gettext("To: %(unit)s") % {"unit": step.unit.name}
    if step.name == "escalate" and step.unit:
        return gettext("Now also watched by: %(unit)s") % {"unit": step.unit.name}
    if step.name == "schedule" and step.day:
        return gettext("For %(day)s") % {"day": long_date(step.day)}
    if step.name == "forward" and report.outside:
        return gettext("Responsible: %(owner)s") % {"owner": report.outside.name}
    return why(step)


def why(step: ReportStep) -> str:
    """Why it was refused with what the citizen can do next, or how the office knows it is true; else empty."""
    if step.name == "validate" and step.reason:
        return str(KNOWN_BECAUSE[step.reason][1])
    if step.name == "refuse":
        label, way_on = REFUSED_BECAUSE[step.reason]
        return f"{label}. {way_on}"
    return ""
