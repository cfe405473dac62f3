"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from core import panels
from core.panels import Panel
from security import personal
from security.queries import factors_of


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    panels.register("account", account_panel)


def account_panel(subject: Any, viewer: Any) -> Panel:
    """On one's own page: how well the account is kept, and the way to what can be changed about it."""
    return Panel("security/account.html", {"factors": factors_of(viewer)}, order=40)
