"""Requests as our views see them: middleware has added what the type names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest as DjangoRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User


class HttpRequest(DjangoRequest):
    """A request with htmx details and our own user."""

    htmx: HtmxDetails
    user: User | AnonymousUser


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where somebody wanted to go, if that is a path of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else otherwise
