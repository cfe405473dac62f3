"""Who stands before the helper now: kept in the helper's session for half an hour, or until the next one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from accounts.models import User
from assistance.domain.acts import PRESENT_FOR

KEY = "present"


@dataclass(frozen=True)
class Presence:
    """Somebody is there.

    Args:
        person: the account, or None for somebody without one.
    """

    person: User | None


def begin(session: SessionBase, person: User | None) -> None:
    """Somebody came."""
    session[KEY] = {"person": person.pk if person else None, "until": (timezone.now() + PRESENT_FOR).timestamp()}


def end(session: SessionBase) -> None:
    """The next one, please."""
    session.pop(KEY, None)


def of(session: SessionBase) -> Presence | None:
    """Who is there; None when nobody was named, or too long ago."""
    kept = session.get(KEY)
    if not kept or kept["until"] < timezone.now().timestamp():
        return None
    if kept["person"] is None:
        return Presence(None)
    person = User.objects.filter(pk=kept["person"], is_active=True).first()
    return Presence(person) if person else None
