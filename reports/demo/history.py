"""Believable pasts: every step by the table of reports.domain, every date by its clock.

Told in memory and written at once (reports.demo.seeding), because the services know only the present.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import RoleAssignment, User
from places.domain.clock import ONE_DAY, add_working_days, is_working_day
from places.models import Agency
from reports.demo import texts
from reports.domain import deadlines
from reports.domain.reasons import Basis
from reports.domain.workflow import COLOURS, OPEN, STEPS, State, Step, Who, hand_over_goes_to_desk, target_of
from reports.models import Report, ReportStep
from reports.services.clock import ESCALATION_WORKING_DAYS
from reports.services.common import should_be_public

GAP = timedelta(minutes=35)
CHECK_TAKES = timedelta(minutes=4)


@dataclass
class Told:
    """A report with its steps and what else happened to it, not yet stored."""

    row: texts.Row
    report: Report
    steps: list[ReportStep] = field(default_factory=list)
    # What the ledger holds: verb, office, actor, payload, moment.
    acts: list[tuple[str, str, User | None, dict[str, Any], datetime]] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """What stories need of the city.

    Args:
        agency: a unit by "own", "target", "kecamatan", "dinas", "sub", "sub:<code>" or code, for a report.
        head: who decides at a unit, with the office.
        officer: who works there.
        desk: the province desk.
        free: public holidays.
        now: the present.
    """

    agency: Callable[[str, Report], Agency]
    head: Callable[[Agency], RoleAssignment]
    officer: Callable[[Agency], RoleAssignment]
    desk: Agency
    free: frozenset[date]
    now: datetime


class Teller:
    """Tells one report's past, step by step.

    Args:
        world: the city.
        told: the report as it was filed.
        original: what it repeats, for duplicates.
    """

    def __init__(self, world: World, told: Told, original: Report | None = None) -> None:
        self.world, self.told, self.report, self.original = world, told, told.report, original
        self.chance = random.Random(told.row.number)  # noqa: S311  invented data
        self.last = self.report.created
        self.validator: User | None = None

    def tell(self) -> Told:
        """The whole past: filed, then every beat of the story, and what the clock did in between."""
        self._keep("file", "", None, "", self.report.created, payload=self._filed())
        name, needs = self.told.row.plot
        story = list(texts.beats(name))
        for place, beat in enumerate(story):
            moment = self._moment(beat, left=len(story) - place)
            self._clock_until(moment)
            self._step(beat, needs, max(moment, self.last + GAP / 5))
        self._clock_until(self.world.now)
        self.report.changed = self.last
        return self.told

    # --- when ---------------------------------------------------------------------------------
    def _moment(self, beat: texts.Beat, *, left: int) -> datetime:
        age = timedelta(days=self.told.row.days)
        if beat.when.startswith("-"):
            moment = self.world.now - timedelta(days=float(beat.when[1:]))
        elif beat.when.startswith("+"):
            moment = self.last + timedelta(days=float(beat.when[1:]), hours=1)
        else:
            moment = self.world.now - age * (1 - float(beat.when))
        if STEPS[beat.step].who not in (Who.REPORTER, Who.SYSTEM):
            moment = self._in_office_hours(moment)
        latest = self.world.now - timedelta(minutes=9) * left
        return min(max(moment, self.last + GAP), latest)

    def _in_office_hours(self, moment: datetime) -> datetime:
        local = timezone.localtime(moment)
        while not is_working_day(local.date(), self.world.free):
            local += ONE_DAY
        if not 8 <= local.hour < 16:
            local = local.replace(hour=self.chance.randint(8, 15), minute=self.chance.randint(0, 59))
        return local

    # --- a step -------------------------------------------------------------------------------
    def _step(self, beat: texts.Beat, needs: str, moment: datetime) -> None:
        report, step = self.report, STEPS[beat.step]
        source = State(report.state)
        unit = self._next_unit(beat)
        target = target_of(
            step,
            source,
            resume_state=State(report.resume_state) if report.resume_state else None,
            unit_kind=unit.kind if unit else "",
            hand_overs=report.hand_overs,
        )
        office = self._office(step)
        actor = office.user if office else self._citizen(step)
        payload = self._change(beat, needs, unit, actor, moment)
        if step.ends_first_answer and report.first_answered is None:
            report.first_answered = moment
        # Asked before the state is set: afterwards the steps are looked up, which are not stored yet.
        report.public = should_be_public(report, payload.get("reason", ""))
        report.state, report.colour = target, COLOURS[target]
        self._keep(
            beat.step,
            source,
            actor,
            office.office if office else "",
            moment,
            text=self._text(beat),
            reason=payload.get("reason", ""),
            day=report.scheduled_for if beat.step == "schedule" else None,
            payload=payload,
        )

    def _keep(
        self,
        name: str,
        source: str,
        actor: User | None,
        office: str,
        moment: datetime,
        *,
        payload: dict[str, Any] | None = None,
        unit: Agency | None = None,
        **fields: Any,
    ) -> None:
        report = self.report
        report.steps_taken += 1
        person = report.reporter if name == "file" else actor
        self.told.steps.append(
            ReportStep(
                report=report,
                seq=report.steps_taken,
                name=name,
                source=source,
                target=report.state,
                actor=person,
                office=office,
                unit=unit or report.unit,
                at=moment,
                # Nobody is told today of what happened long ago; reports.demo.news fills the inboxes.
                announced=True,
                **fields,
            )
        )
        facts = {"from": source, "to": report.state, "unit": report.unit.code, "step": report.steps_taken}
        self.told.acts.append((f"report.{name}", office, person, facts | (payload or {}), moment))
        if name == "declare_done":
            proof = {"proof": report.proof, "doubts": report.doubts}
            self.told.acts.append(("report.proof_checked", "", None, proof, moment + CHECK_TAKES))
        self.last = moment

    def _filed(self) -> dict[str, Any]:
        report = self.report
        facts = {"category": report.category.slug, "region": report.region.code}
        return facts | ({"via": report.via} if report.via else {})

    def _next_unit(self, beat: texts.Beat) -> Agency | None:
        if beat.step in ("assign", "send_to_agency", "send_to_sub_agency", "hand_over"):
            return self.world.agency(beat.needs or "target", self.report)
        return None

    def _office(self, step: Step) -> RoleAssignment | None:
        if step.who in (Who.HEAD, Who.DESK):
            return self.world.head(self.report.unit)
        if step.who == Who.HANDLER:
            return self.world.officer(self.report.unit)
        return None

    def _citizen(self, step: Step) -> User | None:
        return self.report.reporter if step.who == Who.REPORTER else None

    def _text(self, beat: texts.Beat) -> str:
        row = self.told.row
        if beat.step == "validate":
            return self.chance.choice(texts.FOUND_TRUE)
        if beat.step in ("refuse", "forward", "ask", "hand_over", "pass_to_desk"):
            return row.note
        if beat.step == "reopen":
            return row.note or self.chance.choice(texts.NOT_YET)
        part = {"schedule": 0, "start": 1, "reply": 1, "declare_done": 2}.get(beat.step)
        return "" if part is None else row.words(part)

    # --- what a step changes besides the state (as reports.services.steps does it for the present) ---
    def _change(
        self, beat: texts.Beat, needs: str, unit: Agency | None, actor: User | None, moment: datetime
    ) -> dict[str, Any]:
        report, today = self.report, timezone.localdate(moment)
        if beat.step == "validate":
            report.validated_by, report.validated_at = actor, moment
            return {"reason": Basis.SEEN}
        if beat.step == "refuse":
            return {"reason": needs}
        if beat.step == "mark_duplicate" and self.original:
            report.original = self.original
            return {"original": self.original.number}
        if beat.step == "forward":
            report.outside = self.world.agency(needs, report)
            return {"outside": needs}
        if beat.step == "schedule":
            ahead = int(beat.needs or 1)
            report.scheduled_for = add_working_days(
                timezone.localdate(self.world.now) if beat.needs else today, ahead, self.world.free
            )
        elif beat.step == "ask":
            report.resume_state, report.paused_on = report.state, today
        elif beat.step == "declare_done":
            self._declare(actor, moment)
        elif beat.step == "reopen":
            self._reopen(today)
        self._move(beat.step, unit)
        return {}

    def _move(self, step: str, unit: Agency | None) -> None:
        if step == "pass_to_desk" or (step == "hand_over" and hand_over_goes_to_desk(self.report.hand_overs)):
            self.report.unit = self.world.desk
        elif unit:
            self.report.unit = unit
        if step == "hand_over":
            self.report.hand_overs += 1
            self.report.scheduled_for = None

    def _declare(self, actor: User | None, moment: datetime) -> None:
        doubted = self.told.row.plot[0] == "doubted"
        self.report.declared_by, self.report.declared_at = actor, moment
        self.report.proof = "in_review" if doubted else "clear"
        self.report.doubts = ["like_before_photo"] if doubted else []

    def _reopen(self, today: date) -> None:
        report = self.report
        report.declared_by, report.declared_at, report.proof, report.doubts = None, None, "", []
        report.reopenings += 1
        report.scheduled_for, report.escalated_to, report.escalated_on = None, None, None
        report.due = deadlines.completion_due(today, report.category.days, self.world.free)

    # --- the clock ----------------------------------------------------------------------------
    def _clock_until(self, moment: datetime) -> None:
        """Raise what was overdue to the unit above, as `tick` would have done in the night after."""
        report = self.report
        while State(report.state) in OPEN and report.paused_on is None:
            above = (report.escalated_to or report.unit).parent
            night = datetime.combine(self._escalation_day(), time(0, 10), timezone.get_current_timezone())
            if above is None or night >= moment:
                return
            night = max(night, self.last + timedelta(minutes=1))
            report.escalated_to, report.escalated_on = above, timezone.localdate(night)
            self._keep("escalate", report.state, None, "", night, unit=above, payload={"above": above.code})

    def _escalation_day(self) -> date:
        report = self.report
        late = report.due if report.first_answered else min(report.due, report.first_answer_due)
        first = late + ONE_DAY
        if report.escalated_on is None:
            return first
        return max(first, add_working_days(report.escalated_on, ESCALATION_WORKING_DAYS, self.world.free))
