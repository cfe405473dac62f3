"""What a session knows of how its person came in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest


def came_by_passkey(request: HttpRequest, user: Any) -> bool:
    """Whether a passkey opened this session: something one has, and a finger, a face or a PIN."""
    return any(
        record.get("method") == "mfa" and record.get("passwordless")
        for record in get_authentication_records(request, user)
    )
