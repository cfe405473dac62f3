"""What every service of reports shares: the lock, the step on the line, who is told."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from core.tasks import enqueue_on_commit
from ledger import services as ledger
from live import topics
from live.services import publish_on_commit
from photos import services as photos
from photos.models import Photo
from reports import errors
from reports.domain.reasons import HIDING_REASONS
from reports.domain.workflow import COLOURS, State
from reports.models import Report, ReportPhoto, ReportStep

# Steps by which the public learns nothing new; they send no mail.
QUIET = {"move_pin"}


def locked(report: Report) -> Report:
    """The report as it is now, its row locked until the transaction ends."""
    # Two queries: PostgreSQL, woken after another's commit, joins the new row to what the old one pointed at
    # and finds nothing when the unit has changed.
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    return Report.objects.select_related("category", "region", "unit__parent", "escalated_to").get(pk=report.pk)


def digest_of(token: str) -> str:
    """SHA-256 of a token, in hex: what is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def use_photos(report: Report, chosen: list[Photo], *, use: str, step: ReportStep | None = None) -> None:
    """Give photos their place on a report.

    Raises:
        DomainError: one of them is used already, perhaps since a moment.
    """
    rows = [
        ReportPhoto(report=report, photo=photo, use=use, step=step, position=place)
        for place, photo in enumerate(chosen)
    ]
    try:
        with transaction.atomic():
            ReportPhoto.objects.bulk_create(rows)
    except IntegrityError:
        raise DomainError(errors.PHOTO_UNUSABLE, field="photos") from None
    if chosen:
        photos.attach(chosen, public=report.public)


def should_be_public(report: Report, reason: str = "") -> bool:
    """Whether everybody may see a report.

    Confidential categories never; a guest's report once it was confirmed or found to be true;
    one that was refused as improper no longer.
    """
    if report.category.confidential or reason in HIDING_REASONS:
        return False
    # A report that is not stored yet has no steps to ask for.
    refused = report.state == State.REFUSED and report.pk is not None
    if refused and report.steps.filter(name="refuse", reason__in=HIDING_REASONS).exists():
        return False
    return report.confirmed or report.validated_at is not None


def set_state(report: Report, state: State) -> None:
    """Give the report its state with the colour that belongs to it."""
    report.state, report.colour = state, COLOURS[state]


def publish_photos(report: Report) -> None:
    """Let the photos follow the report: public with it, hidden with it."""
    uses = ReportPhoto.objects.filter(report=report).select_related("photo")
    mine = [use.photo for use in uses]
    if report.public:
        photos.publish(mine)
    else:
        photos.withdraw(mine)


def add_step(
    report: Report,
    *,
    name: str,
    source: str,
    actor: User | None,
    office: str,
    at: datetime | None = None,
    payload: dict[str, Any] | None = None,
    **fields: Any,
) -> ReportStep:
    """Put a step on the life-line and into the ledger, save the report and tell who watches.

    Args:
        report: locked, with its new state already set.
        name: of the step.
        source: the state before it.
        actor: None for guests and the clock.
        office: in whose name; empty for citizens.
        payload: further ids and codes for the ledger.
        fields: text, reason, unit, day of the step.
    """
    moment = at or timezone.now()
    report.steps_taken += 1
    report.changed = moment
    report.save()
    step = ReportStep.objects.create(
        report=report,
        seq=report.steps_taken,
        name=name,
        source=source,
        target=report.state,
        actor=actor,
        office=office,
        at=moment,
        announced=name in QUIET,
        **fields,
    )
    ledger.record(
        actor=actor,
        office=office,
        verb=f"report.{name}",
        subject_type="report",
        subject_id=report.number,
        payload={"from": source, "to": report.state, "unit": report.unit.code, "step": step.seq} | (payload or {}),
        at=moment,
    )
    publish_on_commit(topics.report(report.number))
    nudge_desks(report)
    if name not in QUIET:
        enqueue_on_commit("reports.announce", step.pk)
    return step


def nudge_desks(report: Report) -> None:
    """Tell the units on whose piles the report lies: its own, the one it was raised to, who checks its proof."""
    units = {report.unit_id}
    if not report.category.confidential:
        above = (report.escalated_to_id, report.unit.parent_id if report.proof == "in_review" else None)
        units.update(unit for unit in above if unit is not None)
    for unit in units:
        publish_on_commit(topics.desk(unit))
