"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import consents, panels
from core.panels import Panel
from residents import actions, news, personal
from residents.queries import residency_of
from residents.rules import verifying_offices


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    actions.register_all()
    news.register_all()
    panels.register("account", standing_panel)
    # It cannot be taken back: whoever could would be somebody else with the same card tomorrow.
    consents.register(
        "verification",
        version="2026-11",
        title=_("Being a verified resident"),
        text=_(
            "My identity card may be looked at, and a fingerprint of its number kept with kelurahan and RW, "
            "for at most 24 months."
        ),
    )


def standing_panel(subject: Any, viewer: Any) -> Panel:
    """On one's own page: whether one is a verified resident, and the way to the verification desk."""
    context = {"residency": residency_of(viewer), "verifies": bool(verifying_offices(viewer))}
    return Panel("residents/account.html", context, order=50)
