"""Closed accounts."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.actions import allowed, require
from core.forms import answered
from core.requests import SignedInRequest
from oversight import queries
from oversight.forms import CloseForm
from oversight.models import Closure
from oversight.services import closing


@never_cache
@require_safe
@login_required
def closures(request: SignedInRequest) -> HttpResponse:
    """Find an account to close; which were closed, by whom and why."""
    require(request.user, "closures.read")
    text = request.GET.get("q", "")
    context = {
        "q": text,
        "may_close": allowed(request.user, "account.close"),
        "found": queries.accounts_named(text),
        "page": queries.closures(after=request.GET.get("sesudah", "")),
    }
    return render(request, "oversight/closures.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an account, with a reason."""
    require(request.user, "account.close")
    person = get_object_or_404(User, pk=pk)
    require(request.user, "account.close", person)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(closing.close_account, actor=request.user, person=person, **form.cleaned_data)
        if answered(form, act):
            messages.success(request, _("The account is closed. Its sessions have ended and the person has been told."))
            return redirect("closures")
    context = {"form": form, "person": person, "closed": queries.open_closure_of(person)}
    return render(request, "oversight/close.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open an account again."""
    require(request.user, "account.close")
    closing.open_account_again(actor=request.user, closure=get_object_or_404(Closure, pk=pk))
    messages.success(request, _("The account is open again. The person has been told."))
    return redirect("closures")
