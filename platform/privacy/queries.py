"""What the pages about one's own data read."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from core import consents, personal
from core.errors import Sentence
from core.personal import Holding
from privacy.models import Consent, CopyState, DataCopy


def copy_of(user: User) -> DataCopy | None:
    """The copy that was asked for last, while it is kept."""
    return DataCopy.objects.filter(user=user, expires__gt=timezone.now()).first()


def ready_copy(user: User) -> DataCopy | None:
    """The copy, when it can be fetched."""
    return DataCopy.objects.filter(user=user, state=CopyState.READY, expires__gt=timezone.now()).first()


def shown_holdings() -> list[Holding]:
    """What is kept about people, as the page tells it."""
    return [holding for holding in personal.holdings() if holding.what]


def agreements_of(user: User) -> list[tuple[Sentence, Consent]]:
    """What a person agreed to or took back, newest first: the kind in words, and the row."""
    titles = {kind.name: kind.title for kind in consents.kinds().values()}
    rows = Consent.objects.filter(user=user).order_by("-at", "-pk")[:50]
    return [(titles.get(row.kind, row.kind), row) for row in rows]
