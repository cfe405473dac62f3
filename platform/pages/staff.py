"""The first page of the staff area: what this person can do there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, admin_menu
from wagtail.admin.ui.components import Component

from core.requests import HttpRequest

PUBLIC_SITE = "public-site"


class WaysPanel(Component):
    """The menu, unfolded: nobody has to guess what stands behind a word of it."""

    name = "ways"
    template_name = "wagtailadmin/home/ways.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
        single = [item for item in items if not isinstance(item, SubmenuMenuItem) and item.name != PUBLIC_SITE]
        groups = [(item, _inside(item, request)) for item in items if isinstance(item, SubmenuMenuItem)]
        return {"single": single, "groups": groups}


def _inside(item: SubmenuMenuItem, request: HttpRequest) -> list[MenuItem]:
    return sorted(item.menu.menu_items_for_request(request), key=lambda one: one.order)


def public_site() -> MenuItem:
    """The way back; with the mark, because the menu takes a bare "/" for a page above every other."""
    return MenuItem(_("To the site"), "/#", name=PUBLIC_SITE, icon_name="view", order=20_000)
