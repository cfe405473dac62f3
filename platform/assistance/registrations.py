"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from assistance import actions, demo, personal
from assistance.domain import cards
from assistance.queries import card_of
from core import consents, panels
from core.panels import Panel
from residents.rules import verifying_offices


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    actions.register_all()
    panels.register("account", desk_panel)
    panels.register("demo", demo_panel)
    consents.register(
        "assisted",
        version="2026-11",
        title=_("A desk acts for you"),
        text=_("An officer or facilitator types for me what I say; which desk it was is public, who I am is not."),
    )


def desk_panel(subject: Any, viewer: Any) -> Panel | None:
    """On one's own page: the card, the ticket, and for offices the desk."""
    return Panel(
        "assistance/account.html", {"card": card_of(viewer), "helps": bool(verifying_offices(viewer))}, order=55
    )


def demo_panel(subject: Any, viewer: Any) -> Panel | None:
    """On the page of the demo's cast: the card that anybody may try, as long as nobody changed its PIN."""
    card = demo.card()
    if card is None or card.pin_at != card.made_at:
        return None
    pin = f"{demo.PIN[:3]} {demo.PIN[3:]}"
    return Panel("assistance/demo_card.html", {"card": card, "number": cards.spoken(card.number), "pin": pin})
