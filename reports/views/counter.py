"""Supporting a report at a desk, for somebody who is present and has an account."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assistance import presence
from assistance.errors import NEEDS_ACCOUNT, NOBODY_PRESENT
from core.errors import NOT_ALLOWED, TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.permissions import may
from core.requests import SignedInRequest
from reports import services
from reports.forms.counter import NumberForm

RATE = "240/h/key"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_support_for(request: SignedInRequest) -> HttpResponse:
    """The number of a report, then one press."""
    if not may(request.user, "assistance.help"):
        raise DomainError(NOT_ALLOWED)
    present = presence.of(request.session)
    if present is None:
        raise DomainError(NOBODY_PRESENT)
    if present.person is None:
        raise DomainError(NEEDS_ACCOUNT)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not allowed(request, "reports.support_for", RATE, key=str(request.user.pk)):
            raise DomainError(TOO_MANY)
        support = partial(services.set_support, actor=present.person, report=form.report, on=True, helper=request.user)
        if answered(form, support):
            messages.success(request, _("The support counts. It may be taken back in the account."))
            return redirect("counter")
    context = {"form": form, "present": present}
    return render(request, "reports/support_for.html", context, status=422 if form.errors else 200)
