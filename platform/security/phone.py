"""Signing in with a confirmed phone number. allauth keeps the process; its codes go out by our sender.

Nobody learns whether a number belongs to an account: page and way are the same, and messages are sent after the answer.
"""

from __future__ import annotations

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from accounts import devices
from accounts.entry import language_of
from core.errors import TOO_MANY, DomainError
from core.limits import allowed
from security import codes, services
from security.models import Phone

RATES = "600/h/ip,4/m/key,12/h/key,40/d/key"


def take_turn(request: HttpRequest, number: str) -> None:
    """Count one message to a number, by known device or number.

    Raises:
        DomainError: too_many.
    """
    if not allowed(request, "phone_code", RATES, key=devices.bucket(request, number)):
        raise DomainError(TOO_MANY, field="number")


def begin(request: HttpRequest, *, number: str, next_url: str) -> HttpResponse:
    """Send a code to a number, if it belongs to somebody, and lead to the page where it is typed."""
    take_turn(request, number)
    clear_login(request)
    found = Phone.objects.select_related("user").filter(number=number, user__is_active=True).first()
    LoginCodeVerificationProcess.initiate(request=request, user=found.user if found else None, phone=number)
    response = redirect("account_confirm_login_code")
    if next_url:
        response["Location"] += "?" + urlencode({"next": next_url})
    return response


def ask_to_confirm(request: HttpRequest, number: str) -> None:
    """Send a code to a number that somebody says is theirs."""
    take_turn(request, number)
    services.send_code(number=number, code=codes.issue(request, "phone", number), language=language_of(request))
