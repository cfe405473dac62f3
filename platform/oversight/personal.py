"""What oversight holds about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, Row
from oversight.models import Closure


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "oversight.Closure", "user", fate=Fate.GOES, what=_("When your account was closed, why, and by which office")
    )
    personal.holds("oversight.Closure", "closed_by", "reopened_by", fate=Fate.UNNAMED)
    personal.holds("oversight.LedgerCheck", "asked_by", fate=Fate.UNNAMED)
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
