"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import consents, panels
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
    consents.register(
        "push",
        version="2026-11",
        title=_("Push messages on your devices"),
        text=_("The push service of my browser carries encrypted news from Rembuk to this device."),
        withdraw=lambda person: services.unsubscribe_devices(actor=person),
    )


def may_watch_inbox(user: Any, key: str) -> bool:
    """Its owner."""
    return bool(user.is_authenticated) and key == str(user.pk)
