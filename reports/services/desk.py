"""What officers do besides steps: internal notes, looking at a contact."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions import require
from core.errors import DomainError
from ledger import services as ledger
from live import topics
from live.services import publish_on_commit
from reports import errors
from reports.models import Note, Report, Reveal
from reports.rules import offices_at_unit

REASON_LENGTH = 10


@transaction.atomic
def add_note(*, actor: User, report: Report, text: str) -> Note:
    """Keep a note for colleagues; never public, never mailed.

    Raises:
        DomainError: not an officer of the unit, or nothing written.
    """
    require(actor, "report.note", report)
    if not text.strip():
        raise DomainError(errors.TEXT_MISSING, field="text", length=1)
    office = offices_at_unit(actor, report)[0].office
    note = Note.objects.create(report=report, author=actor, office=office, text=text.strip())
    publish_on_commit(topics.desk(report.unit_id))
    return note


@transaction.atomic
def reveal_contact(*, actor: User, report: Report, reason: str) -> Reveal:
    """Look at how the reporter can be reached; the look and its reason are kept for the auditor.

    Raises:
        DomainError: not an officer of the unit, or no reason given.
    """
    require(actor, "report.reveal_contact", report)
    if len(reason.strip()) < REASON_LENGTH:
        raise DomainError(errors.TEXT_MISSING, field="reason_to_reveal", length=REASON_LENGTH)
    office = offices_at_unit(actor, report)[0].office
    reveal = Reveal.objects.create(report=report, actor=actor, office=office, reason=reason.strip())
    ledger.record(
        actor=actor,
        office=office,
        verb="report.contact_revealed",
        subject_type="report",
        subject_id=report.number,
        payload={"reveal": reveal.pk},
    )
    return reveal
