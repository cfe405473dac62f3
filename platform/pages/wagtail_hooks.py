"""The staff area shows what this city uses, and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

UNUSED_MENUS = {"help", "documents", "snippets"}


@hooks.register("construct_main_menu")
def hide_unused_menus(request: HttpRequest, items: list[Any]) -> None:
    """No documents, no snippets, no help that is about Wagtail and in English."""
    items[:] = [item for item in items if item.name not in UNUSED_MENUS]


@hooks.register("construct_homepage_panels")
def no_upgrade_notices(request: HttpRequest, panels: list[Any]) -> None:
    """Which version is installed is not the business of editors."""
    panels[:] = [
        panel
        for panel in panels
        if type(panel).__name__ not in {"UpgradeNotificationPanel", "WhatsNewInWagtailVersionPanel"}
    ]
