from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from privacy.consents import asks_anew


def terms(request: HttpRequest) -> dict[str, Any]:
    """`terms_are_new`: whether the session knows an older text; asked for where somebody is signed in."""
    return {"terms_are_new": lambda: asks_anew(request.session)}
