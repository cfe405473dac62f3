"""What the pages about one's own data read."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from core import personal
from core.personal import Holding
from privacy.models import CopyState, DataCopy


def copy_of(user: User) -> DataCopy | None:
    """The copy that was asked for last, while it is kept."""
    return DataCopy.objects.filter(user=user, expires__gt=timezone.now()).first()


def ready_copy(user: User) -> DataCopy | None:
    """The copy, when it can be fetched."""
    return DataCopy.objects.filter(user=user, state=CopyState.READY, expires__gt=timezone.now()).first()


def shown_holdings() -> list[Holding]:
    """What is kept about people, as the page tells it."""
    return [holding for holding in personal.holdings() if holding.what]
