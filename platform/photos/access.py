"""Who may see a photo that is not public: the app that owns it says so.

An owner registers a function; one that says yes is enough. Photos know nothing of their owners.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib.sessions.backends.base import SessionBase

from photos.models import Photo

AccessRule = Callable[[Any, Photo, SessionBase], bool]
_rules: list[AccessRule] = []

SESSION_KEY = "photo_batches"
MOST_BATCHES = 20


def register(rule: AccessRule) -> None:
    """Let `rule(viewer, photo, session)` open photos that are not public."""
    if rule not in _rules:
        _rules.append(rule)


def may_see(viewer: Any, photo: Photo, session: SessionBase) -> bool:
    """Whether the photo may be shown to this viewer, who sent it from this session or whom its owner lets see it."""
    return photo.public or is_own(photo, session) or any(rule(viewer, photo, session) for rule in _rules)


def is_own(photo: Photo, session: SessionBase) -> bool:
    """Whether the photo was sent from this session."""
    return str(photo.batch) in session.get(SESSION_KEY, [])


def new_batch(session: SessionBase) -> UUID:
    """A batch for a form that is about to be shown; its sender may see its photos."""
    batch = uuid4()
    remember_batch(session, batch)
    return batch


def remember_batch(session: SessionBase, batch: UUID) -> None:
    """Note in the session that this batch is the visitor's own; writes only when it is new."""
    batches = session.get(SESSION_KEY, [])
    if str(batch) not in batches:
        session[SESSION_KEY] = [*batches, str(batch)][-MOST_BATCHES:]
