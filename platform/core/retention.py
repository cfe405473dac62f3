"""What is kept how long: one table, filled beside the jobs of tick that keep to it.

    CONTACTS = retention.keep("reports.contacts", what=_("…"), period=Months(24), job="reports.forget_contacts")
    old = Contact.objects.filter(changed__lte=CONTACTS.before(now))

The page about data and docs/operations.md show the table; a test compares them.
"""

from __future__ import annotations

import math
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Sentence


@dataclass(frozen=True)
class Months:
    """A period by the calendar."""

    many: int


@dataclass(frozen=True)
class Rule:
    """One row.

    Args:
        what: is kept.
        period: so long; None for good.
        then: from when it counts, and what becomes of it.
        job: the job of tick that sees to it; "" for none.
    """

    what: Sentence
    period: timedelta | Months | None
    then: Sentence
    job: str

    def before(self, now: datetime) -> datetime:
        """What is as old as this goes; of a month that is too short the last day.

        Raises:
            ValueError: it is kept for good.
        """
        if isinstance(self.period, timedelta):
            return now - self.period
        if self.period is None:
            raise ValueError("kept for good")
        year, month = divmod(now.year * 12 + now.month - 1 - self.period.many, 12)
        return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))

    @property
    def long(self) -> str:
        """The period in words: in the largest unit that fits."""
        if self.period is None:
            return _("for good")
        if isinstance(self.period, Months):
            return ngettext("%(many)d month", "%(many)d months", self.period.many) % {"many": self.period.many}
        minutes = int(self.period.total_seconds() // 60)
        if minutes % (24 * 60):
            return ngettext("%(many)d minute", "%(many)d minutes", minutes) % {"many": minutes}
        days = minutes // (24 * 60)
        return ngettext("%(many)d day", "%(many)d days", days) % {"many": days}


_rules: dict[str, Rule] = {}


def keep(name: str, *, what: Sentence, period: timedelta | Months | None, then: Sentence = "", job: str = "") -> Rule:
    """Add a row; see Rule."""
    _rules[name] = Rule(what, period, then, job)
    return _rules[name]


def rules() -> dict[str, Rule]:
    """All rows by name, the shortest first."""
    return dict(sorted(_rules.items(), key=lambda row: (_days(row[1].period), row[0])))


def _days(period: timedelta | Months | None) -> float:
    if isinstance(period, timedelta):
        return period / timedelta(days=1)
    return period.many * 31 if period else math.inf
