"""The page that lists how somebody signs in, and where."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.offices import staff_standing
from core.requests import SignedInRequest
from security import queries, services


@never_cache
@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything about signing in: second step, password, phone, other accounts, devices."""
    context = {
        "factors": queries.factors_of(request.user),
        "devices": queries.devices_of(request, request.user),
        "staff": staff_standing(request.user),
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
