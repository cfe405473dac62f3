"""Signing in with a card, changing its PIN, and taking over what was handed in at a desk."""

from __future__ import annotations

from functools import partial

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import devices
from accounts.models import User
from accounts.recent import entered_code_lately
from assistance import matters, queries, services
from assistance.domain import cards, codes
from assistance.forms import CardEntryForm, ClaimForm, PinForm
from core.errors import TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.requests import HttpRequest, SignedInRequest
from security.errors import PROVE_FIRST
from security.views.common import prove_first

# A known device counts for itself, all others by card (five wrong tries) and, against floods, by address.
RATES = {
    "sign_in": "600/h/ip",
    "known": "5/15m/key,30/d/key",
    "pin": "5/15m/key,20/d/key",
    "claim": "10/h/key,200/h/ip",
}


@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Card number and PIN."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    number = cards.tidy(request.GET.get("nomor", ""))
    initial = {"nomor": cards.spoken(number)} if cards.is_number(number) else {}
    form = CardEntryForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        name = f"card:{form.cleaned_data['nomor']}"
        bucket = devices.bucket(request, name)
        known = bucket.startswith("device:")
        if not _may_try(request, bucket, known):
            form.add_error("pin", DomainError(TOO_MANY).sentence)
            status = 429
        else:
            given = {"number": form.cleaned_data["nomor"], "pin": form.cleaned_data["pin"], "known_device": known}
            user = answered(form, partial(services.owner_of, **given))
            if user:
                return _enter(request, user, name, wanted if safe else "")
    context = {"form": form, "next": wanted if safe else ""}
    return render(request, "assistance/sign_in.html", context, status=status)


def _may_try(request: HttpRequest, bucket: str, known: bool) -> bool:
    within = allowed(request, "card.sign_in", RATES["sign_in"], key=bucket)
    return within and (not known or allowed(request, "card.known", RATES["known"], key=bucket))


def _enter(request: HttpRequest, user: User, name: str, wanted: str) -> HttpResponse:
    record_authentication(request, user, method="card")
    response: HttpResponse = perform_login(
        request, Login(user=user, email_verification="none", redirect_url=wanted or None)
    )
    devices.mark(response, name)
    return response


@never_cache
@sensitive_post_parameters("current", "wanted")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_card(request: SignedInRequest) -> HttpResponse:
    """One's own card: its number, another PIN, its end."""
    card = queries.card_of(request.user)
    form = PinForm(request.POST or None)
    if card and request.method == "POST" and form.is_valid():
        if not allowed(request, "card.pin", RATES["pin"], key=str(request.user.pk)):
            raise DomainError(TOO_MANY)
        user = answered(form, partial(services.change_pin, actor=request.user, **form.cleaned_data))
        if user:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your PIN is changed. The one on the printed card no longer opens anything."))
            return redirect("own_card")
    context = {"form": form, "card": card, "number": cards.spoken(card.number) if card else ""}
    return render(request, "assistance/own_card.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def end_card(request: SignedInRequest) -> HttpResponse:
    """The card is lost or no longer needed; its owner has proved it lately."""
    if not entered_code_lately(request):
        messages.warning(request, DomainError(PROVE_FIRST).sentence)
        return prove_first(reverse("own_card"))
    services.end_card(actor=request.user)
    messages.success(request, _("The card has ended. You sign in with a code from your e-mail."))
    return redirect("account_profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Take over what was handed in at a desk; whoever is not signed in does that first and comes back."""
    typed = codes.tidy(request.GET.get("kode", ""))
    initial = {"kode": codes.spoken(typed)} if codes.is_code(typed) else {}
    form = ClaimForm(request.POST if request.method == "POST" else None, initial=initial)
    person = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and person is None:
        return redirect(f"{reverse('account_login')}?next={reverse('claim')}")
    if request.method == "POST" and person and form.is_valid():
        if not allowed(request, "assistance.claim", RATES["claim"], key=str(person.pk)):
            raise DomainError(TOO_MANY)
        found = answered(form, partial(services.claim, actor=person, code=form.cleaned_data["kode"]))
        if found:
            way = matters.way_of(found.subject_type)
            matter = way.matter(found.subject_id, False) if way else None
            messages.success(request, _("It is in your account now. The code on the ticket is used up."))
            return redirect(matter.page if matter else "account_profile")
    return render(request, "assistance/claim.html", {"form": form}, status=422 if form.errors else 200)
