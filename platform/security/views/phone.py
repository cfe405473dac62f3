"""Signing in with a phone number, and confirming one. Without a sender none of it is there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.forms import answered
from core.requests import HttpRequest, SignedInRequest, safe_next
from security import codes, phone, senders, services
from security.forms import CodeForm, PhoneForm
from security.views.common import after_proof


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Ask for a code by a number."""
    _check_sender()
    then = safe_next(request, "")
    if request.user.is_authenticated:
        return redirect(then or "/")
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        sent = answered(form, lambda: phone.begin(request, number=number, next_url=then))
        if sent is not None:
            return sent
    return render(request, "security/by_phone.html", {"form": form, "next": then}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@after_proof
def add(request: SignedInRequest) -> HttpResponse:
    """Send a code to a number that is to be confirmed."""
    _check_sender()
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        answered(form, lambda: phone.ask_to_confirm(request, number))
        if not form.errors:
            return redirect("security_phone_code")
    return render(request, "security/phone.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@after_proof
def confirm(request: SignedInRequest) -> HttpResponse:
    """Take the code; the number is kept then."""
    _check_sender()
    waiting = codes.waiting_for(request, "phone")
    if not waiting and request.method != "POST":
        return redirect("security_phone")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = answered(form, lambda: codes.check(request, "phone", form.cleaned_data["code"]))
        if number is not None:
            services.confirm_phone(actor=request.user, number=number)
            messages.success(request, _("Your number is confirmed. You can sign in with it."))
            return redirect("security")
    context = {"form": form, "number": waiting}
    return render(request, "security/phone_code.html", context, status=422 if form.errors else 200)


@require_POST
@after_proof
def remove(request: SignedInRequest) -> HttpResponse:
    """Forget the number."""
    services.remove_phone(actor=request.user)
    messages.success(request, _("Removed."))
    return redirect("security")


def _check_sender() -> None:
    if senders.sender() is None:
        raise Http404
