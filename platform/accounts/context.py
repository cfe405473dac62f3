from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.queries import has_desk


def desk(request: HttpRequest) -> dict[str, Any]:
    """`has_desk`: whether the person works a queue. Costs nothing until a template asks, nor for guests."""
    user = getattr(request, "user", None)
    return {"has_desk": SimpleLazyObject(lambda: user is not None and has_desk(user))}
