"""Setting up and removing second steps."""

from __future__ import annotations

from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.errors import TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.requests import SignedInRequest
from security import errors, passkeys, queries, services
from security.forms import AppForm, PasskeyForm
from security.views.common import after_proof, stay_signed_in

# Wrong first codes of an app, and passkeys that were not accepted.
RATES = "20/10m/key"


@require_http_methods(["GET", "HEAD", "POST"])
@after_proof
def app(request: SignedInRequest) -> HttpResponse:
    """Give an app its secret, and take the first code that it shows."""
    if queries.factors_of(request.user).app:
        raise DomainError(errors.APP_ALREADY)
    secret = get_totp_secret()
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _count(request)
        user = answered(
            form, lambda: services.add_app(actor=request.user, secret=secret, code=form.cleaned_data["code"])
        )
        if user is not None:
            clear_totp_secret(request)
            _keep_going(request, user)
            messages.success(request, _("The app is set up. Now keep your recovery codes."))
            return redirect("security_codes")
    url = get_adapter().build_totp_url(request.user, secret)
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "url": url,
        "qr": _qr(url),
    }
    return render(request, "security/app.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@after_proof
def passkey(request: SignedInRequest) -> HttpResponse:
    """Add a passkey; the browser makes it."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _count(request)
        wanted = form.cleaned_data
        user = services.add_passkey(actor=request.user, name=wanted["name"], raw=wanted["credential"])
        _keep_going(request, user)
        messages.success(request, _("The passkey is set up. Now keep your recovery codes."))
        return redirect("security_codes")
    return render(request, "security/passkey.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@after_proof
def passkey_options(request: SignedInRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(passkeys.begin_adding(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@after_proof
def remove(request: SignedInRequest, key: int) -> HttpResponse:
    """Ask, then remove an app or a passkey."""
    found = queries.factors_of(request.user)
    factor = next((one for one in [found.app, *found.passkeys] if one and one.pk == key), None)
    if factor is None:
        raise Http404
    if request.method == "POST":
        services.remove_factor(actor=request.user, key=key)
        messages.success(request, _("Removed."))
        return redirect("security")
    is_last = len(found.passkeys) + bool(found.app) == 1
    return render(request, "security/remove.html", {"factor": factor, "is_last": is_last})


@require_safe
@after_proof
def codes(request: SignedInRequest) -> HttpResponse:
    """The recovery codes, to be printed or written down."""
    found = queries.factors_of(request.user)
    if found.codes is None:
        raise DomainError(errors.NO_FACTOR)
    unused = [f"{code[:4]} {code[4:]}" for code in found.codes.wrap().get_unused_codes()]
    return render(request, "security/codes.html", {"codes": unused})


@require_POST
@after_proof
def renew_codes(request: SignedInRequest) -> HttpResponse:
    """Make new recovery codes."""
    services.renew_codes(actor=request.user)
    messages.success(request, _("These are your new codes. The old ones are no longer valid."))
    return redirect("security_codes")


def _keep_going(request: SignedInRequest, user: User) -> None:
    """This session goes on, and whoever has just shown the new second step need not show it again."""
    stay_signed_in(request, user)
    newest = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).latest("pk")
    newest.user = user
    post_authentication(request, newest, reauthenticated=True)


def _count(request: Any) -> None:
    if not allowed(request, "second_factor", RATES, key=str(request.user.pk)):
        raise DomainError(TOO_MANY)


def _qr(text: str) -> SafeString:
    drawing = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=2, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308  drawn from an address of our own
