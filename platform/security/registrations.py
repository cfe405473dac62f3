"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from core import panels
from core.panels import Panel
from security import actions, personal, queries, senders, social
from security.social import SHORT


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    actions.register_all()
    panels.register("account", account_panel)
    panels.register("sign_in", providers_panel)
    panels.register("sign_in", phone_entry_panel)
    panels.register("security", phone_panel)
    panels.register("security", connected_panel)
    panels.register("demo_mail", messages_panel)


def account_panel(subject: Any, viewer: Any) -> Panel:
    """On one's own page: how well the account is kept, and the way to what can be changed about it."""
    return Panel("security/account.html", {"factors": queries.factors_of(viewer)}, order=40)


def providers_panel(subject: Any, viewer: Any) -> Panel | None:
    """On the sign-in page: buttons of the providers whose keys are set."""
    buttons = _buttons()
    return Panel("security/providers.html", {"providers": buttons}) if buttons else None


def connected_panel(subject: Any, viewer: Any) -> Panel | None:
    """On the page about security: accounts elsewhere that are connected, and those that can be."""
    connected = [(account, social.NAMES.get(account.provider, "")) for account in queries.connected_to(viewer)]
    taken = {account.provider for account, _name in connected}
    free = [button for button in _buttons() if button[2] not in taken]
    return Panel("security/connected.html", {"connected": connected, "free": free}) if connected or free else None


def phone_entry_panel(subject: Any, viewer: Any) -> Panel | None:
    """On the sign-in page: the way in with a phone number, where codes can be carried there."""
    return Panel("security/phone_entry.html", order=90) if settings.CODE_SENDER else None


def phone_panel(subject: Any, viewer: Any) -> Panel | None:
    """On the page about security: the confirmed number."""
    found = queries.phone_of(viewer)
    if not (settings.CODE_SENDER or found):
        return None
    return Panel("security/phone_panel.html", {"phone": found, "can_add": bool(settings.CODE_SENDER)}, order=50)


def messages_panel(subject: Any, viewer: Any) -> Panel | None:
    """Beside the mails of the demo: the messages that phones would get."""
    return Panel("security/messages.html", {"texts": senders.shown()}) if settings.DEMO or settings.DEBUG else None


def _buttons() -> list[tuple[str, str, str]]:
    known = social.names()
    return [(short, known[name], name) for short, name in SHORT.items() if name in known]
