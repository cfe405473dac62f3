"""The staff area shows what this city uses, and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.permissions import may
from pages.staff import WaysPanel, public_site

UNUSED_MENUS = {"help", "documents", "snippets"}
USED_REPORTS = {"site-history"}
USED_PANELS = {"RecentEditsPanel"}


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("pages/staff.css"))


@hooks.register("construct_main_menu")
def hide_unused_menus(request: HttpRequest, items: list[Any]) -> None:
    """No documents, no snippets, no help that is about Wagtail and in English."""
    items[:] = [item for item in items if item.name not in UNUSED_MENUS]
    for item in items:
        if item.name == "reports":
            # "Laporan" are the citizens' reports.
            item.label = _("What was edited")


@hooks.register("construct_reports_menu")
def hide_unused_reports(request: HttpRequest, items: list[Any]) -> None:
    """Nothing is locked, approved in stages or left to age here."""
    items[:] = [item for item in items if item.name in USED_REPORTS]


@hooks.register("register_admin_menu_item")
def back_to_the_site() -> MenuItem:
    return public_site()


@hooks.register("construct_homepage_panels")
def what_can_be_done_here(request: HttpRequest, panels: list[Any]) -> None:
    """The ways of this person; for those who write the site, what they wrote last."""
    used = USED_PANELS if may(request.user, "pages.edit_site") else set()
    panels[:] = [WaysPanel(), *(panel for panel in panels if type(panel).__name__ in used)]
