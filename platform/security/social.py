"""Coming in with an account of Google, Facebook or X: what becomes of somebody whom a provider sends.

An account of ours is opened to somebody else's word only for an address that the provider has confirmed and that
nobody here uses. In every other case a code goes to the address first, and what the provider said waits in the session.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import entry
from accounts.models import User
from accounts.services import open_account
from core.errors import DomainError
from security import services

NAMES = services.PROVIDERS
# As they stand in addresses.
SHORT = {"google": "google", "facebook": "facebook", "x": "twitter_oauth2"}
WAITS_SECONDS = 3600
_NAME = "security_social"


@dataclass(frozen=True)
class Waiting:
    """Whom a provider has sent, until the address is proved by a code.

    Args:
        provider: one of NAMES.
        uid: the number of the account there.
        email: the address to be proved, "" until the person has named one.
        next_url: where the person wanted to go.
        at: when, in seconds.
        mark: of the code that proves the address, "" until one is sent.
    """

    provider: str
    uid: str
    email: str
    next_url: str
    at: float
    mark: str = ""


def names() -> dict[str, str]:
    """The providers whose keys are set, by what people call them."""
    return {name: NAMES[name] for name in NAMES if settings.SOCIALACCOUNT_PROVIDERS.get(name)}


def waiting(request: HttpRequest) -> Waiting | None:
    """Who waits for a code in this session."""
    kept = request.session.get(_NAME)
    return Waiting(**kept) if kept and time.time() - kept["at"] <= WAITS_SECONDS else None


def send_code(request: HttpRequest, who: Waiting) -> HttpResponse:
    """Send the code that proves the address, to addresses with and without an account alike.

    Raises:
        DomainError: too_many.
    """
    who = replace(who, mark=secrets.token_urlsafe(16))
    request.session[_NAME] = vars(who)
    return entry.begin(request, email=who.email, next_url=who.next_url, mark=who.mark)


def connect_who_waited(request: HttpRequest, user: User) -> None:
    """Connect what waited with the account, if it was opened by the very code that was sent for it."""
    who = waiting(request)
    request.session.pop(_NAME, None)
    if who and user.email and user.email == who.email and entry.marked(request, user, who.mark):
        try:
            services.connect(actor=user, provider=who.provider, uid=who.uid)
        except DomainError as refused:
            messages.error(request, refused.sentence)
        else:
            text = _("%(provider)s is connected. Next time you can sign in with it.")
            messages.success(request, text % {"provider": NAMES[who.provider]})


class SocialAdapter(DefaultSocialAccountAdapter):
    """Where allauth asks us what to do."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        """Keys come from the environment alone, not out of a table."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Take over unless the account is connected already."""
        provider, uid = sociallogin.account.provider, sociallogin.account.uid
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(_connect(request, provider, uid))
        if sociallogin.is_existing:
            return
        address = next(iter(sociallogin.email_addresses), None)
        email = address.email.strip().lower() if address else ""
        if address and address.verified and not User.objects.filter(email=email).exists():
            user = open_account(email=email, language=entry.language_of(request))
            EmailAddress.objects.filter(user=user, email=email).update(verified=True)
            services.connect(actor=user, provider=provider, uid=uid)
            sociallogin.account = SocialAccount.objects.get(provider=provider, uid=uid)
            sociallogin.user = user
            return
        who = Waiting(provider, uid, email, sociallogin.state.get("next") or "", time.time())
        request.session[_NAME] = vars(who)
        try:
            answer = send_code(request, who) if email else redirect("security_social_address")
        except DomainError as refused:
            messages.error(request, refused.sentence)
            answer = redirect("account_login")
        raise ImmediateHttpResponse(answer)

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **details: Any) -> None:
        """Cancelled, out of time, or the provider is away: back to where it began, with a sentence."""
        told = {"provider": NAMES[provider.id]}
        if error == "cancelled":
            messages.info(request, _("You cancelled it at %(provider)s. Nothing was changed.") % told)
        else:
            text = _("Signing in with %(provider)s did not work just now. Try again, or use a code.")
            messages.error(request, text % told)
        raise ImmediateHttpResponse(redirect("security" if request.user.is_authenticated else "account_login"))


def _connect(request: HttpRequest, provider: str, uid: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return redirect("account_login")
    try:
        services.connect(actor=request.user, provider=provider, uid=uid)
    except DomainError as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("%(provider)s is connected.") % {"provider": NAMES[provider]})
    return redirect(reverse("security"))
