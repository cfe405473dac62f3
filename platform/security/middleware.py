from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase

from core.requests import HttpRequest
from security import sessions


class SeenDevices:
    """Keeps the list of devices in step with the session: its key and its seal change, days pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Asking who it is would read the session: only where somebody has asked already.
        if request.session.accessed and request.user.is_authenticated and not request.session.is_empty():
            sessions.note(request, request.user)
        return response
