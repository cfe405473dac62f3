"""Signing in: a code by e-mail, the same for people with an account and for new ones.

Nobody can learn from it whether an address has an account: page, mail and way are the same. Other
apps begin it for a guest (`begin`) and get the person back, signed in, at the address they name.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import get_language

from accounts import devices
from accounts.models import User
from accounts.services import open_account
from core.errors import TOO_MANY, DomainError

_MARK = "account_code_mark"


def begin(request: HttpRequest, *, email: str, next_url: str = "", mark: str = "") -> HttpResponse:
    """Send a code to an address and lead to the page where it is typed.

    Args:
        request: of the guest.
        email: any valid address, with or without an account.
        next_url: where the person lands once the code was right; a path of this site.
        mark: by which the caller knows the sign-in again (`marked`).

    Raises:
        DomainError: too_many, when this address or device has asked too often.
    """
    if not take_turn(request, email):
        raise DomainError(TOO_MANY, field="email")
    return send_code(request, email=email, next_url=next_url, mark=mark)


def take_turn(request: HttpRequest, email: str) -> bool:
    """Count one request for a code; False when it is one too many."""
    return bool(ratelimit.consume(request, action="request_login_code", key=devices.bucket(request, email)))


def send_code(request: HttpRequest, *, email: str, next_url: str = "", mark: str = "") -> HttpResponse:
    """As `begin`, for a turn that was already taken."""
    clear_login(request)
    request.session[_MARK] = mark
    user = open_account(email=email, language=language_of(request))
    # A closed account gets a mail that says so; the page looks the same.
    known = user if user.is_active else None
    LoginCodeVerificationProcess.initiate(request=request, user=known, email=email.strip().lower())
    response = redirect("account_confirm_login_code")
    if next_url:
        response["Location"] += "?" + urlencode({"next": next_url})
    return response


def marked(request: HttpRequest, user: User, mark: str) -> bool:
    """Whether the code that was sent with this mark was right: each code that is sent has its own mark or none."""
    records = get_authentication_records(request, user)
    by_mail = any(record["method"] == "code" and record.get("email") == user.email for record in records)
    return bool(mark) and request.session.get(_MARK) == mark and by_mail


def language_of(request: HttpRequest) -> str:
    """The language in which the person reads the site now: "id" or "en"."""
    found = (get_language() or settings.LANGUAGE_CODE)[:2]
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
