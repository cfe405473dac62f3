"""Middleware of the whole site: refusals, security headers, the access log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from config import refusals
from config.bodies import MOST_BYTES
from core.errors import DomainError
from core.requests import HttpRequest

log = logging.getLogger("rembuk.access")
Next = Callable[[HttpRequest], HttpResponseBase]

# Wagtail's own admin needs inline scripts and styles; it is for staff and kept apart.
STAFF_PATHS = ("/staf/",)
# Digits that a length may have to be worth reading as a number.
LONGEST_NUMBER = 15


class Refusals:
    """DomainError or an empty 4xx -> page, fragment or JSON, whatever the request asked for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return refusals.dressed(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return refusals.answer(request, exception)
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
