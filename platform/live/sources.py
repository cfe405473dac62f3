"""Who may watch what: every app registers a check for its kind of topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from live import topics

MayWatch = Callable[[Any, str], bool]
_sources: dict[str, MayWatch] = {}


def register(kind: str, may_watch: MayWatch) -> None:
    """Let topics "<kind>-<key>" be watched by those for whom `may_watch(user, key)` is true."""
    _sources[kind] = may_watch


def allowed(user: Any, topic: str) -> bool:
    """Whether this user may watch the topic; unknown topics are watched by nobody."""
    parsed = topics.parse(topic)
    if parsed is None or parsed[0] not in _sources:
        return False
    kind, key = parsed
    return _sources[kind](user, key)
