"""The second step of signing in, passkeys on the sign-in page, and proving once more to be the owner."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.adapter import AccountAdapter
from accounts.entry import language_of
from accounts.models import User
from core.errors import TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.requests import HttpRequest, SignedInRequest, safe_next
from security import codes, errors, passkeys, queries, services, stages
from security.forms import CodeForm, StepForm
from security.views.common import prove_first

# Options cost no secret; a whole kampung may share one address.
PASSKEY_RATES = "600/h/ip"
CODE_RATES = "4/m/key,12/h/key,40/d/key"


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=stages.KEY, redirect_urlname="account_login")
def second_step(request: Any) -> HttpResponse:
    """Take the code of an app, a recovery code or a passkey; then the door is open."""
    stage = request._login_stage
    user: User = stage.login.user
    form = StepForm(request.POST or None)
    if request.method == "POST" and _take_step(request, user, form, reauthenticated=False):
        response: HttpResponse = stage.exit()
        return response
    context = {"form": form, "factors": queries.factors_of(user)}
    return render(request, "security/second_step.html", context, status=422 if form.errors else 200)


@require_safe
@login_stage_required(stage=stages.KEY, redirect_urlname="account_login")
def second_step_options(request: Any) -> HttpResponse:
    """What the browser needs to show one of the person's passkeys."""
    return JsonResponse(passkeys.begin_proving(request._login_stage.login.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey: what the browser needs, then what it answers."""
    if not allowed(request, "passkey", PASSKEY_RATES, key=""):
        raise DomainError(TOO_MANY)
    if request.method != "POST":
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse(passkeys.begin_proving(None))
        return redirect("account_login")
    try:
        factor = passkeys.proved(request.POST.get("credential", ""), None)
    except DomainError as refused:
        messages.error(request, refused.sentence)
        return redirect("account_login")
    post_authentication(request, factor, passwordless=True)
    response: HttpResponse = perform_login(
        request, Login(user=factor.user, redirect_url=safe_next(request, "") or None)
    )
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def prove(request: SignedInRequest) -> HttpResponse:
    """Prove to be the owner once more, before something about signing in changes."""
    user, then = request.user, safe_next(request, reverse("security"))
    factors = queries.factors_of(user)
    if not factors.any:
        return _prove_by_mail(request, then)
    form = StepForm(request.POST or None)
    if request.method == "POST" and _take_step(request, user, form, reauthenticated=True):
        return redirect(then)
    context = {"form": form, "factors": factors, "next": then}
    return render(request, "security/prove.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@login_required
def prove_options(request: SignedInRequest) -> HttpResponse:
    """What the browser needs to show one of the person's passkeys."""
    return JsonResponse(passkeys.begin_proving(request.user))


@require_POST
@login_required
def send_proof(request: SignedInRequest) -> HttpResponse:
    """Send a code to the account's own address."""
    user, then = request.user, safe_next(request, reverse("security"))
    address = _reachable_at(user)
    if not address:
        raise DomainError(errors.NO_WAY_TO_PROVE)
    if not allowed(request, "prove", CODE_RATES, key=str(user.pk)):
        raise DomainError(TOO_MANY)
    code = codes.issue(request, "prove", address)
    if user.email:
        AccountAdapter(request).send_mail("account/email/login_code", user.email, {"code": code})
    else:
        services.send_code(number=address, code=code, language=language_of(request))
    messages.success(request, _("A code is on its way to %(address)s.") % {"address": address})
    return prove_first(then)


def _reachable_at(user: User) -> str:
    """Where a code reaches somebody: the e-mail address, else the confirmed number if codes can be carried there."""
    found = None if user.email else queries.phone_of(user)
    return user.email or (found.number if found and settings.CODE_SENDER else "")


def _prove_by_mail(request: SignedInRequest, then: str) -> HttpResponse:
    waiting = codes.waiting_for(request, "prove")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        subject = answered(form, lambda: codes.check(request, "prove", form.cleaned_data["code"]))
        if subject is not None:
            record_authentication(request, request.user, "code", to=subject, reauthenticated=True)
            return redirect(then)
    context = {"form": form, "waiting": waiting or form.errors, "next": then, "address": _reachable_at(request.user)}
    return render(request, "security/prove_by_mail.html", context, status=422 if form.errors else 200)


def _take_step(request: Any, user: User, form: StepForm, *, reauthenticated: bool) -> bool:
    """Whether the second step was right; else the form says what to do."""
    credential = request.POST.get("credential")
    if not credential and not form.is_valid():
        return False
    try:
        forgive = check_rate_limit(user)
    except ValidationError:
        raise DomainError(errors.STEP_TOO_OFTEN) from None
    try:
        if credential:
            factor = passkeys.proved(credential, user)
        else:
            factor = services.take_code(user=user, code=form.cleaned_data["code"])
    except DomainError as refused:
        form.errors.clear()
        form.add_error(None, refused.sentence)
        return False
    if factor is None:
        form.add_error("code", DomainError(errors.STEP_WRONG).sentence)
        return False
    forgive()
    post_authentication(request, factor, reauthenticated=reauthenticated)
    return True
