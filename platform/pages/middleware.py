"""The staff area is Wagtail's; an office opens just the part of it that belongs to the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied

from core.permissions import may
from core.requests import HttpRequest

STAFF_PATH = "/staf/"
# Lists of ours that section heads and auditors work with; they ask for the rights of each office themselves.
OURS = {"offices", "people"}
# What every page of the staff area needs; without a name are Wagtail's own "not found".
SHARED = {
    None,
    "wagtailadmin_home",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
}


class StaffArea:
    """Closes whatever is not named here to those who do not write the site: Wagtail asks too little in places."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Wagtail's own refusal instead of the page; who may not enter at all is led away by Wagtail."""
        user = request.user
        if not request.path.startswith(STAFF_PATH) or not user.is_authenticated:
            return None
        if not may(user, "wagtailadmin.access_admin"):
            return None
        # The sidebar calls people by their first name, or else by the e-mail address.
        vars(user)["first_name"] = user.get_short_name()
        if may(user, "pages.edit_site") or _is_for_every_office(request.resolver_match):
            return None
        refusal: HttpResponse = permission_denied(request)
        return refusal


def _is_for_every_office(match: ResolverMatch | None) -> bool:
    return match is not None and (match.namespace in OURS or (not match.namespace and match.url_name in SHARED))
