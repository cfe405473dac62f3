"""To a provider and back, and the list of what is connected."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.requests import HttpRequest, SignedInRequest, safe_next
from security import services, social
from security.forms import AddressForm
from security.views.common import after_proof

RATES = "600/h/ip"


@never_cache
@require_POST
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody to a provider to sign in."""
    return _leave(request, provider, "login")


@require_POST
@after_proof
def begin_connecting(request: SignedInRequest, provider: str) -> HttpResponse:
    """Send somebody to a provider to connect the account there."""
    return _leave(request, provider, "connect")


@never_cache
@require_safe
def come_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Whom a provider sends back, with a code for us or with a reason why not."""
    name = _known(provider)
    from security import providers

    try:
        return providers.callback(request, name)
    except (KeyError, ValueError, TypeError, AttributeError, ImproperlyConfigured):
        # The provider answered something else than was agreed on.
        text = _("Signing in with %(provider)s did not work just now. Try again, or use a code.")
        messages.error(request, text % {"provider": social.NAMES[name]})
        return redirect("security" if request.user.is_authenticated else "account_login")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Ask for the address that the provider did not tell."""
    who = social.waiting(request)
    if who is None or request.user.is_authenticated:
        return redirect("account_login")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        named = replace(who, email=form.cleaned_data["email"].lower())
        sent = answered(form, lambda: social.send_code(request, named))
        if sent is not None:
            return sent
    context = {"form": form, "provider": social.NAMES[who.provider]}
    return render(request, "security/social_address.html", context, status=422 if form.errors else 200)


@require_POST
@after_proof
def disconnect(request: SignedInRequest, key: int) -> HttpResponse:
    """Let go of a connected account."""
    if not services.disconnect(actor=request.user, key=key):
        raise Http404
    messages.success(request, _("Removed."))
    return redirect("security")


def _leave(request: HttpRequest, provider: str, process: str) -> HttpResponse:
    name = _known(provider)
    if not allowed(request, "social", RATES, key=""):
        raise DomainError(TOO_MANY)
    from security import providers

    answer: HttpResponse = providers.find(request, name).redirect(
        request, process=process, next_url=safe_next(request, "") or None
    )
    return answer


def _known(provider: str) -> str:
    name = social.SHORT.get(provider, "")
    if name not in social.names():
        raise Http404
    return name
