"""What the pages about one's own data read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from core import consents, personal
from core.errors import Sentence
from core.personal import Holding, Mend
from privacy.models import Consent, CopyState, DataCopy


def copy_of(user: User) -> DataCopy | None:
    """The copy that was asked for last, while it is kept."""
    return DataCopy.objects.filter(user=user, expires__gt=timezone.now()).first()


def ready_copy(user: User) -> DataCopy | None:
    """The copy, when it can be fetched."""
    return DataCopy.objects.filter(user=user, state=CopyState.READY, expires__gt=timezone.now()).first()


def shown_holdings() -> dict[str, list[Holding]]:
    """What is kept about people, as the page tells it: by who puts it right."""
    told = [holding for holding in personal.holdings() if holding.what]
    return {str(mend): [holding for holding in told if holding.mend == mend] for mend in Mend}


@dataclass(frozen=True)
class Agreement:
    """What somebody said to a text.

    Args:
        title: of the kind.
        text: the sentence; empty where it has changed since, or the yes was taken back.
        row: what was said, when and where.
        can_end: whether it holds and can be taken back.
    """

    title: Sentence
    text: Sentence
    row: Consent
    can_end: bool


def agreements_of(user: User) -> list[Agreement]:
    """What a person agreed to or took back, newest first."""
    kinds, told, found = consents.kinds(), set(), []
    for row in Consent.objects.filter(user=user).order_by("-at", "-pk")[:50]:
        kind = kinds.get(row.kind)
        holds = row.agreed and row.kind not in told
        told.add(row.kind)
        found.append(
            Agreement(
                title=kind.title if kind else row.kind,
                text=kind.text if kind and holds and kind.version == row.version else "",
                row=row,
                can_end=bool(holds and kind and kind.withdraw),
            )
        )
    return found
