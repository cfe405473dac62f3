"""Pages of one's own account, and the way in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmEmailVerificationCodeView, ConfirmLoginCodeView, EmailView, LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import errors, services
from accounts.adapter import set_language
from accounts.forms import (
    AddressForm,
    CodeForm,
    EmailCodeForm,
    EntryForm,
    PasswordEntryForm,
    PasswordForm,
    ProfileForm,
)
from accounts.models import User
from accounts.queries import offices_of
from accounts.recent import entered_code_lately
from core.errors import NOT_ALLOWED, TOO_MANY, DomainError
from core.limits import allowed
from core.requests import HttpRequest, SignedInRequest

# Of one process of signing in; allauth's own count stops at five wrong codes.
TRIES = "20/h/key"


class RefusedFormMixin:
    """A form that was refused answers 422, so that nobody takes it for done."""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_invalid(form)  # type: ignore[misc]  # of allauth's view
        if response.status_code == 200:
            response.status_code = 429 if form.has_error("email", TOO_MANY) else 422
        return response


class EntryView(RefusedFormMixin, LoginView):
    """Where a code is asked for."""

    form_class = EntryForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Wagtail sends here whoever may not enter; somebody signed in would be sent back, and so on for ever.
        to_staff_area = request.GET.get("next", "").startswith(reverse("wagtailadmin_home"))
        if to_staff_area and request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise DomainError(NOT_ALLOWED)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_class(self) -> type[EntryForm]:
        return self.form_class

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        # Whoever waits for a code is led to the code page, but may start again with another address.
        if request.method == "POST" or "ganti" in request.GET:
            clear_login(request)
            return None
        return redirect(self.passthrough_next_url(reverse(stage.urlname)))


class PasswordEntryView(EntryView):
    """For people who have set a password."""

    form_class = PasswordEntryForm
    template_name = "account/login_by_password.html"


class CodeFormMixin(RefusedFormMixin):
    """Only a code that is wrong counts as a try, not one that is not whole."""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        if form.has_error("code", "incorrect_code"):
            return super().form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[attr-defined, no-any-return]  # of allauth's view


class CodeView(CodeFormMixin, ConfirmLoginCodeView):
    """Where the code is typed."""

    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage = get_pending_stage(request)
        if stage and stage.key == LoginByCodeStage.key:
            age = time.time() - stage.state.get("at", 0)
            if age > settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT:
                messages.warning(request, _("This code is too old. Ask for a new one; it takes a minute."))
            if stage.state.get("phone") and request.POST.get("action") == "resend":
                return redirect(self.passthrough_next_url(reverse("security_by_phone")))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Counted by the cache as well: many tries at once would all read the same number from the session."""
        tries = f"{request.session.session_key}:{self.stage.state['at']}"
        if not allowed(request, "login_code_try", TRIES, key=tries):
            clear_login(request)
            raise DomainError(TOO_MANY)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_form(self, form_class: Any = None) -> Any:
        """Named after what the code came by."""
        form = super().get_form(form_class)
        if self.stage.state.get("phone"):
            form.fields["code"].label = _("Code from the message")
        return form


class EmailCodeView(CodeFormMixin, ConfirmEmailVerificationCodeView):
    """Where the code for a new address is typed."""

    form_class = EmailCodeForm


class AddressView(RefusedFormMixin, EmailView):
    """Where another address is given. Allauth's further buttons (remove, make primary) have no use with one address."""

    form_class = AddressForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Another address would be another way into the account.
        if request.user.is_authenticated and _can_prove(request.user) and not entered_code_lately(request):
            return _prove_first(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "action_add" not in request.POST:
            return redirect("account_email")
        response: HttpResponseBase = super().post(request, *args, **kwargs)
        return response


change_email = AddressView.as_view()
enter = EntryView.as_view()
enter_by_password = PasswordEntryView.as_view()
enter_code = CodeView.as_view()
confirm_email = method_decorator(login_not_required, name="dispatch")(EmailCodeView).as_view()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """One's own account: see and change."""
    user = request.user
    form = ProfileForm(request.POST or None, initial=_shown(user))
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_profile(actor=user, **form.cleaned_data)
        except DomainError as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            with translation.override(changed.language):
                messages.success(request, _("Saved."))
            response = redirect("account_profile")
            set_language(response, changed.language)
            return response
    context = {"form": form, "offices": offices_of(user)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def sign_out_elsewhere(request: SignedInRequest) -> HttpResponse:
    """End the sessions of the account on every other device."""
    user = services.sign_out_elsewhere(actor=request.user)
    update_session_auth_hash(request, user)
    messages.success(request, _("You are signed out everywhere else. On this device you stay signed in."))
    return redirect("security")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def password(request: SignedInRequest) -> HttpResponse:
    """Set a password or another one, soon after a code was right."""
    user = request.user
    if not entered_code_lately(request):
        return _prove_first(request)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, services.set_password(actor=user, password=form.cleaned_data["password"]))
        messages.success(request, _("Your password is set. You can still sign in with a code."))
        return redirect("security")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
def remove_password(request: SignedInRequest) -> HttpResponse:
    """Take the password away, soon after a code was right."""
    if not entered_code_lately(request):
        return _prove_first(request)
    update_session_auth_hash(request, services.remove_password(actor=request.user))
    messages.success(request, _("The password is removed. You sign in with a code or a passkey."))
    return redirect("security")


def _can_prove(user: User) -> bool:
    """Whether somebody has a way in that proves who they are: an address, a phone or a card (security, assistance)."""
    return bool(user.email) or hasattr(user, "phone") or hasattr(user, "card")


def _prove_first(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, DomainError(errors.PASSWORD_NEEDS_CODE).sentence)
    then = request.path if request.method != "POST" else reverse("security")
    return redirect(f"{reverse('security_prove')}?{urlencode({'next': then})}")


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What allauth answers when somebody tries too often; the middleware makes a page of it."""
    raise DomainError(TOO_MANY)


def _shown(user: Any) -> dict[str, str]:
    return {"nickname": user.nickname, "name": user.name, "language": user.language}
