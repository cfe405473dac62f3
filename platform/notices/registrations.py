"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from core import panels
from core.panels import Panel
from live import sources
from notices import composers, personal, services
from notices.services.preferences import question


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    sources.register("inbox", may_watch_inbox)
    panels.register("account", lambda subject, viewer: Panel("notices/account.html", order=60))
    composers.register("notice", services.compose_notice)
    composers.register("digest", services.compose_digest)
    composers.register("push", services.compose_push)
    for scope in ("notice", "digest"):
        composers.register_unsubscriber(scope, services.stop, question)


def may_watch_inbox(user: Any, key: str) -> bool:
    """Its owner."""
    return bool(user.is_authenticated) and key == str(user.pk)
