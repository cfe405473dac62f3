"""The page that lists how somebody signs in, and where."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.offices import staff_standing
from core.errors import NOT_ALLOWED, DomainError
from core.forms import answered
from core.permissions import may
from core.requests import SignedInRequest
from security import queries, services
from security.forms import HelpForm
from security.views.common import after_proof


@never_cache
@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything about signing in: second step, password, phone, other accounts, devices."""
    context = {
        "factors": queries.factors_of(request.user),
        "devices": queries.devices_of(request, request.user),
        "staff": staff_standing(request.user),
        "may_help": may(request.user, "security.help"),
    }
    return render(request, "security/overview.html", context)


@require_POST
@login_required
def end_device(request: SignedInRequest, key: int) -> HttpResponse:
    """Sign out one other device."""
    if not services.end_session(actor=request.user, device=key):
        raise Http404
    messages.success(request, _("That device is signed out."))
    return redirect("security")


@require_http_methods(["GET", "HEAD", "POST"])
@after_proof
def help_in(request: SignedInRequest) -> HttpResponse:
    """An admin lets in somebody who has lost every second step."""
    if not may(request.user, "security.help"):
        raise DomainError(NOT_ALLOWED)
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        person = wanted["person"]
        answered(form, lambda: services.help_in(actor=request.user, person=person, how=wanted["how"]))
        if not form.errors:
            told = _("%(nickname)s can sign in with a code from the e-mail again.") % {"nickname": person.nickname}
            messages.success(request, told)
            return redirect("security_help")
    return render(request, "security/help.html", {"form": form}, status=422 if form.errors else 200)
