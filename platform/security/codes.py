"""Codes that prove something to the session that asked for them. Only a seal of the code is kept."""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from core.errors import DomainError
from core.forms import CODE_DIGITS
from core.limits import allowed
from security import errors

LIVES_SECONDS = 15 * 60
MOST_TRIES = 5
_SALT = "security.codes"


def issue(request: HttpRequest, purpose: str, subject: str) -> str:
    """Make a code; an older one for the same purpose is worth nothing from now on.

    Args:
        request: the session that may use it.
        purpose: what it proves, e.g. "phone".
        subject: what it is about; comes back from `check`.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    request.session[_name(purpose)] = {"seal": _seal(subject, code), "subject": subject, "at": time.time(), "tries": 0}
    return code


def waiting_for(request: HttpRequest, purpose: str) -> str:
    """What a code is being waited for; "" for nothing."""
    kept = _kept(request, purpose)
    return kept["subject"] if kept else ""


def check(request: HttpRequest, purpose: str, code: str) -> str:
    """Take a code; it is worth nothing afterwards.

    Returns:
        The subject.

    Raises:
        DomainError: code_wrong, code_old.
    """
    kept = _kept(request, purpose)
    if kept is None:
        raise DomainError(errors.CODE_OLD, field="code")
    # Counted by the cache as well: many tries at once would all read the same number from the session.
    if not allowed(request, f"code_{purpose}", f"{MOST_TRIES}/{LIVES_SECONDS}s/key", key=kept["seal"]):
        raise DomainError(errors.CODE_OLD, field="code")
    if not constant_time_compare(kept["seal"], _seal(kept["subject"], code)):
        request.session[_name(purpose)] = kept | {"tries": kept["tries"] + 1}
        raise DomainError(errors.CODE_WRONG, field="code")
    drop(request, purpose)
    return str(kept["subject"])


def drop(request: HttpRequest, purpose: str) -> None:
    """Forget a code that was not used."""
    request.session.pop(_name(purpose), None)


def _kept(request: HttpRequest, purpose: str) -> dict[str, Any] | None:
    kept = request.session.get(_name(purpose))
    if kept and time.time() - kept["at"] <= LIVES_SECONDS and kept["tries"] < MOST_TRIES:
        return dict(kept)
    return None


def _name(purpose: str) -> str:
    return f"security_code_{purpose}"


def _seal(subject: str, code: str) -> str:
    return salted_hmac(_SALT, f"{subject}|{code}", algorithm="sha256").hexdigest()
