"""The kinds of news. An app says what its kind is called, who hears of it, and what is read in it.

    kinds.register(Kind("report_own", _("Your reports"), _("Every step ..."), audience=reporters, compose=compose))
    services.tell(kind="report_own", ref=str(step.pk), subject=("report", report.number))

What happened is stored as a reference alone; title and sentence are made when somebody reads them, so that
nothing is told that was hidden in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core.errors import Sentence
from notices.composers import Mail
from notices.domain.digests import Cadence


@dataclass(frozen=True)
class Words:
    """What a person reads of one notice; in the language that is active.

    Args:
        title: what it is about, e.g. the title of a report; the same for all news of a subject.
        sentence: what happened.
        link: path of our own site.
        outside: what may stand on a locked screen instead of both; "" when the two may.
        language: of the title, where somebody wrote it; "" for words of ours.
    """

    title: str
    sentence: str
    link: str
    outside: str = ""
    language: str = ""


# The accounts that hear of a reference: numbers, or a query of numbers that names whom it means.
Audience = Callable[[str], Iterable[int]]
# References -> words for this reader; what the reader may not or no longer see is missing.
Compose = Callable[[Sequence[str], User], Mapping[str, Words]]
WholeMail = Callable[[str, User], Mail | None]


@dataclass(frozen=True)
class Kind:
    """One kind of news.

    Args:
        code: at most 40 letters.
        label: as in the settings.
        help: what it tells.
        audience: who hears of it, asked in the task.
        compose: what they read; one call for many references.
        mail: a mail of its own for those who want it at once; None for the usual one.
        cadence: of e-mails, until the person chooses.
        push: whether devices that take messages get it, until the person chooses.
        because: why its e-mails cannot be switched off; "" where they can.
    """

    code: str
    label: Sentence
    help: Sentence
    audience: Audience
    compose: Compose
    mail: WholeMail | None = None
    cadence: Cadence = Cadence.AT_ONCE
    push: bool = True
    because: Sentence = ""

    @property
    def cadences(self) -> tuple[Cadence, ...]:
        """What can be chosen; what must arrive comes within a day."""
        return (Cadence.AT_ONCE, Cadence.DAILY) if self.because else tuple(Cadence)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; once each."""
    if kind.code in _kinds:
        raise ValueError(f"kind of news registered twice: {kind.code}")
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind | None:
    """The kind of that code; None when no app has it (any more)."""
    return _kinds.get(code)


def all_kinds() -> list[Kind]:
    """All of them, in the order of registration."""
    return list(_kinds.values())


def people_of(kind: Kind, ref: str) -> Iterable[int]:
    """Who hears of a reference, without holding them all in memory.

    Raises:
        ValueError: the audience is a query that leaves nobody out.
    """
    found = kind.audience(ref)
    if not isinstance(found, QuerySet):
        return found
    query: QuerySet[Any] = found
    if not query.query.where:
        raise ValueError(f"{kind.code}: an audience says whom it means")
    return query.iterator(chunk_size=500)
