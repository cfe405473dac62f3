"""Whoever takes the ledger along stands in it."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
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
    payload = {
        "format": "json" if as_json else "csv",
        "kind": wanted.kind,
        "key": wanted.key,
        "actor": wanted.actor,
        "verb": wanted.verb,
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
    }
    record(actor=actor, verb="ledger.exported", subject_type="ledger", subject_id="export", payload=payload)
