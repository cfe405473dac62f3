"""Devices that an account has used before.

Limits by address alone would let a stranger lock the owner out by asking for code after code;
limits by IP alone would lock out a whole kampung behind one mobile network. So a device that has
signed in to the account counts for itself, and all unknown devices together share one account's turn.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import User

COOKIE = "device"
_SALT = "accounts.devices"
_AGE = 365 * 24 * 3600


def bucket(request: HttpRequest, email: str) -> str:
    """The name under which tries for this address are counted: of the known device, else of the address."""
    address = email.strip().lower()
    try:
        mark, device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return f"address:{address}"
    return f"device:{device}" if mark == _mark(address) else f"address:{address}"


def remember(response: HttpResponse, user: User) -> None:
    """Mark this device as one that has signed in to the account."""
    if user.email:
        mark(response, user.email)


def mark(response: HttpResponse, name: str) -> None:
    """The same, by the name under which tries are counted: an address, or "card:12345674"."""
    value = signing.dumps([_mark(name), secrets.token_urlsafe(12)], salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=_AGE,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
        path="/akun/",
    )


def _mark(address: str) -> str:
    return salted_hmac(_SALT, address, algorithm="sha256").hexdigest()[:24]
