"""Middleware of the whole site: refusals, security headers, the access log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from accounts.errors import SECOND_STEP_NEEDED
from accounts.offices import staff_standing
from config import refusals
from config.bodies import MOST_BYTES
from core.actions import NOT_YOUR_OFFICE
from core.errors import NOT_ALLOWED, DomainError
from core.requests import HttpRequest

log = logging.getLogger("rembuk.access")
Next = Callable[[HttpRequest], HttpResponseBase]

# Wagtail's own admin needs inline scripts and styles; it is for staff and kept apart.
STAFF_PATHS = ("/staf/",)
# Pages that belong to offices alone.
OFFICE_PATHS = (*STAFF_PATHS, "/meja/", "/warga/meja/", "/warga/daftar/", "/gaya/")
# Digits that a length may have to be worth reading as a number.
LONGEST_NUMBER = 15


class Refusals:
    """DomainError or an empty 4xx -> page, fragment or JSON, whatever the request asked for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return refusals.dressed(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if exception.code in {NOT_ALLOWED, NOT_YOUR_OFFICE} and staff_standing(request.user).rests:
            exception = DomainError(SECOND_STEP_NEEDED)
        return refusals.answer(request, exception)


class SecondStep:
    """Offices rest while a second step of signing in is missing; their pages say so, and where it is set up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The refusal instead of the page; other pages only lose what the office would show or do there."""
        if request.path.startswith(OFFICE_PATHS) and staff_standing(request.user).rests:
            return refusals.answer(request, DomainError(SECOND_STEP_NEEDED))
        return None


class BodyLimit:
    """413 for what is longer than the largest form; its body is not looked at (config.bodies)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and (len(length) > LONGEST_NUMBER or int(length) > MOST_BYTES):
            return refusals.plain(request, 413)
        return self.get_response(request)


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy, a little wider in the staff area; Permissions-Policy with it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:  # type: ignore[override]  # our request type
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if request.path.startswith(STAFF_PATHS):
            vars(response)["_csp_replace"] = settings.STAFF_POLICY
        return super().process_response(request, response)


class AccessLog:
    """One line a request: method, route pattern, status, time. No address, no path, no query, no person."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "-",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - started) * 1000),
            },
        )
        return response
