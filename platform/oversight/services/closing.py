"""Closing an account and opening it again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core.actions import require
from core.errors import DomainError
from ledger.services import record
from live.services import recheck_on_commit
from notices import services as notices
from oversight import errors
from oversight.models import Closure
from oversight.rules import closing_office

SHORTEST = 10


@transaction.atomic
def close_account(*, actor: User, person: User, reason: str, words: str, until: date | None = None) -> Closure:
    """Close somebody's account: every session ends, nothing that was written goes.

    Args:
        actor: an admin of the city, or of the region where the person lives or holds office.
        person: whose account.
        reason: one of Reason.
        words: a sentence for the person.
        until: first day on which it is open again; None: until somebody opens it.

    Raises:
        DomainError: close_not_yours, close_yourself, closed_already, close_words, close_until.
    """
    found = User.objects.select_for_update().get(pk=person.pk)
    if found.pk == actor.pk:
        raise DomainError(errors.CLOSE_YOURSELF)
    require(actor, "account.close", found)
    if Closure.objects.filter(user=found, reopened_at=None).exists() or not found.is_active:
        raise DomainError(errors.CLOSED_ALREADY)
    if len(words.strip()) < SHORTEST:
        raise DomainError(errors.CLOSE_WORDS, field="words")
    if until is not None and until <= timezone.localdate():
        raise DomainError(errors.CLOSE_UNTIL, field="until")
    office = closing_office(actor, found)
    made = Closure.objects.create(
        user=found,
        reason=reason,
        words=words.strip(),
        until=until,
        closed_by=actor,
        office=office.office if office else "",
    )
    # The round ends the sessions for good: they must not come back to life with the account.
    User.objects.filter(pk=found.pk).update(is_active=False, session_round=F("session_round") + 1)
    payload = {"closure": made.pk, "reason": str(reason), "until": until.isoformat() if until else ""}
    _record(actor, made.office, "account.closed", found.pk, payload)
    recheck_on_commit(found.pk)
    notices.queue(scope="closure", key=f"closed:{made.pk}")
    return made


@transaction.atomic
def open_account_again(*, actor: User, closure: Closure) -> Closure:
    """Open a closed account again; the person signs in anew.

    Raises:
        DomainError: close_not_yours, open_already.
    """
    found = Closure.objects.select_for_update(of=("self",)).select_related("user").get(pk=closure.pk)
    require(actor, "account.close", found.user)
    if found.reopened_at is not None:
        raise DomainError(errors.OPEN_ALREADY)
    office = closing_office(actor, found.user)
    _open(found, actor, office.office if office else "")
    return found


def open_due(*, now: datetime) -> int:
    """Open the accounts whose time is over; for tick. Returns how many."""
    today = timezone.localtime(now).date()
    with transaction.atomic():
        due = Closure.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
        rows = list(due.filter(reopened_at=None, until__lte=today).order_by("pk")[:500])
        for row in rows:
            _open(row, None, "")
    return len(rows)


def _open(closure: Closure, actor: User | None, office: str) -> None:
    closure.reopened_at, closure.reopened_by = timezone.now(), actor
    closure.save(update_fields=["reopened_at", "reopened_by"])
    User.objects.filter(pk=closure.user_id).update(is_active=True)
    _record(actor, office, "account.reopened", closure.user_id, {"closure": closure.pk})
    notices.queue(scope="closure", key=f"reopened:{closure.pk}")


def _record(actor: User | None, office: str, verb: str, account: int, payload: dict[str, object]) -> None:
    record(actor=actor, office=office, verb=verb, subject_type="account", subject_id=account, payload=payload)
