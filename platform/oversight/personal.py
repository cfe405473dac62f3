"""What oversight holds about people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from core import personal
from core.personal import Fate, Row, Use
from ledger.models import Entry
from oversight.models import Closure, Reason


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "oversight.Closure", "user", fate=Fate.GOES, what=_("When your account was closed, why, and by which office")
    )
    personal.holds("oversight.Closure", "closed_by", "reopened_by", fate=Fate.UNNAMED)
    personal.holds("oversight.LedgerCheck", "asked_by", fate=Fate.UNNAMED)
    personal.acts(
        "account",
        {"account.closed": _("Your account was closed"), "account.reopened": _("Your account was opened again")},
        reason="reason",
        reasons=dict(Reason.choices),
    )
    personal.uses(_exports)
    personal.exports("closures", _("When your account was closed, why, and by which office"), _closures)


def _closures(person: User) -> Iterator[Row]:
    for one in Closure.objects.filter(user=person).order_by("closed_at"):
        yield {
            "reason": one.reason,
            "words": one.words,
            "office": one.office,
            "closed_at": one.closed_at,
            "until": one.until,
            "reopened_at": one.reopened_at,
        }


def _exports(person: User, limit: int | None) -> Iterator[Use]:
    """Tables that were taken along: of offices while one was held, of the ledger where it was asked for the person."""
    number = str(person.pk)
    asked = Q(verb="ledger.exported", payload__actor=person.pk)
    asked |= Q(verb="ledger.exported", payload__kind__in=["account", "resident"], payload__key=number)
    asked |= Q(verb="offices.exported", at__date__gte=_first_office(person) or date.max)
    rows = Entry.objects.filter(asked, subject_type="ledger", subject_id="export").order_by("-at", "-pk")
    words = {
        "ledger.exported": _("The steps recorded about you were taken along as a table"),
        "offices.exported": _("The list of all who hold an office was taken along as a table"),
    }
    for entry in rows[:limit]:
        why = _("yearly review of offices") if entry.verb == "offices.exported" else _("oversight")
        yield Use(
            at=entry.at, what=words[entry.verb], office=entry.office, why=why, oneself=entry.actor_id == person.pk
        )


def _first_office(person: User) -> date | None:
    first: date | None = RoleAssignment.objects.filter(user=person).aggregate(first=Min("starts"))["first"]
    return first
