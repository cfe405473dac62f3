"""Who worked with somebody's data: what the ledger has of the account, and what the apps tell of their tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from accounts.models import User
from core import personal
from core.personal import Acts, Use
from ledger.models import Entry


def uses_of(person: User, limit: int | None = None) -> list[Use]:
    """Newest first; so many queries as apps tell, however much there is.

    Args:
        person: whose data.
        limit: at most so many; None for all.
    """
    found = [*_from_ledger(person, limit), *personal.uses_of(person, limit)]
    return sorted(found, key=lambda use: use.at, reverse=True)[:limit]


def _from_ledger(person: User, limit: int | None) -> Iterator[Use]:
    told = {
        (kind, verb): acts for kind, several in personal.told_acts().items() for acts in several for verb in acts.words
    }
    wanted = Q(pk__in=[])
    for kind in personal.told_acts():
        wanted |= Q(subject_type=kind, verb__in=[verb for of, verb in told if of == kind])
    for entry in Entry.objects.filter(wanted, subject_id=str(person.pk)).order_by("-at", "-pk")[:limit]:
        acts: Acts = told[entry.subject_type, entry.verb]
        yield Use(
            at=entry.at,
            what=acts.words[entry.verb],
            office=entry.office,
            why=acts.reasons.get(str(entry.payload.get(acts.reason, "")), ""),
            oneself=entry.actor_id == person.pk,
        )
