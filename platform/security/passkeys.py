"""Passkeys: the talk with the browser. Everything of fido2 is loaded on first use (10 MB)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from security import errors

T = TypeVar("T")
MOST = 10
# A browser's answer is 2 to 5 kB.
LONGEST = 40_000
LONGEST_NAME = 40


def begin_adding(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey that can sign in by itself."""
    from allauth.mfa.webauthn.internal import auth

    return dict(auth.begin_registration(user, passwordless=True))


def begin_proving(user: User | None) -> dict[str, Any]:
    """What the browser needs to show a passkey: of this person, or of whoever holds one."""
    from allauth.mfa.webauthn.internal import auth

    return dict(auth.begin_authentication(user))


def made(raw: str) -> dict[str, Any]:
    """A new passkey out of the browser's answer, checked.

    Raises:
        DomainError: passkey_refused, whatever was wrong with it.
    """
    from allauth.mfa.webauthn.internal import auth

    credential = _read(raw)

    def check() -> dict[str, Any]:
        auth.parse_registration_response(credential)
        if not auth.complete_registration(credential).is_user_verified():
            raise ValueError("the device asked for no finger, face or PIN")
        return credential

    return _or_refuse(check)


def proved(raw: str, user: User | None) -> Authenticator:
    """The passkey that was shown.

    Args:
        raw: the browser's answer.
        user: whose it has to be; None: whoever's it is.

    Raises:
        DomainError: passkey_refused.
    """
    from allauth.mfa.webauthn.internal import auth

    credential = _read(raw)

    def check() -> Authenticator:
        shown = auth.parse_authentication_response(credential)
        # Alone it opens an account; what the browser was asked for may have been a second step.
        if user is None and not shown.response.authenticator_data.is_user_verified():
            raise ValueError("the device asked for no finger, face or PIN")
        owner = user or auth.extract_user_from_response(credential)
        found: Authenticator = auth.complete_authentication(owner, credential)
        found.user = owner
        return found

    return _or_refuse(check)


def name_for(typed: str, count: int) -> str:
    """The name that was typed, else a friendly one."""
    name = " ".join(typed.split())[:LONGEST_NAME]
    return name or _("Passkey %(number)s") % {"number": count + 1}


def _read(raw: str) -> dict[str, Any]:
    try:
        credential = json.loads(raw) if len(raw) <= LONGEST else None
    except (ValueError, RecursionError):
        credential = None
    if not isinstance(credential, dict):
        raise DomainError(errors.PASSKEY_REFUSED)
    return credential


def _or_refuse(check: Callable[[], T]) -> T:
    try:
        return check()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as wrong:
        # Whatever a browser, or somebody who plays one, may send: fido2 stumbles over it in many ways.
        raise DomainError(errors.PASSKEY_REFUSED) from wrong
