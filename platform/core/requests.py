"""Requests as our views see them: middleware has added what the type names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest as DjangoRequest
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
