"""Whoever takes the ledger or the list of offices along stands in the ledger."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Role, User
from accounts.offices import offices_of
from core.actions import require
from ledger.services import record
from oversight.queries import Wanted


@transaction.atomic
def record_export(*, actor: User, wanted: Wanted, as_json: bool) -> None:
    """Keep that a part of the ledger was taken along, and which.

    Raises:
        DomainError: not_your_office.
    """
    require(actor, "ledger.read")
    payload: dict[str, object] = {
        "format": "json" if as_json else "csv",
        "kind": wanted.kind,
        "key": wanted.key,
        "actor": wanted.actor,
        "verb": wanted.verb,
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
    }
    _record(actor, "ledger.exported", payload)


@transaction.atomic
def record_review(*, actor: User) -> None:
    """Keep that the list of offices was taken along.

    Raises:
        DomainError: not_your_office.
    """
    require(actor, "offices.export")
    _record(actor, "offices.exported", {})


def _record(actor: User, verb: str, payload: dict[str, object]) -> None:
    overseeing = (held.office for held in offices_of(actor) if held.role in (Role.AUDITOR, Role.ADMIN))
    office = next(overseeing, "")
    record(actor=actor, office=office, verb=verb, subject_type="ledger", subject_id="export", payload=payload)
