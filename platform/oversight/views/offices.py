"""Offices: who holds them, filling, reviewing and ending them, outside the staff area and fit for a phone."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.forms import AppointForm
from accounts.models import RoleAssignment
from core.actions import allowed, require
from core.forms import answered
from core.requests import SignedInRequest
from core.streams import csv_download
from oversight import queries
from oversight.forms import EndOfficeForm
from oversight.services.exporting import record_review


@never_cache
@require_safe
@login_required
def offices(request: SignedInRequest) -> HttpResponse:
    """What is to be reviewed, and every office that the person appoints to or audits."""
    exports = allowed(request.user, "offices.export")
    if not exports:
        require(request.user, "account.appoint")
    after = request.GET.get("sesudah", "")
    rows, following = queries.offices_held(
        request.user, after=int(after) if after.isdecimal() and len(after) < 18 else 0
    )
    context = {
        "due": queries.to_review(request.user) if not after else [],
        "rows": rows,
        "next": following,
        "first": not after,
        "may_appoint": allowed(request.user, "account.appoint"),
        "exports": exports,
    }
    return render(request, "oversight/offices.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appoint(request: SignedInRequest) -> HttpResponse:
    """Fill an office."""
    require(request.user, "account.appoint")
    form = AppointForm(request.POST or None)
    form.narrow(request.user)
    if request.method == "POST" and form.is_valid():
        made = answered(form, partial(services.appoint, actor=request.user, **form.cleaned_data))
        if made:
            messages.success(
                request, _("%(office)s: filled. It counts from its first day on.") % {"office": made.office}
            )
            return redirect("offices")
    return render(request, "oversight/appoint.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """It goes on for another year."""
    held = services.confirm_role(actor=request.user, assignment=_seen(request, pk))
    messages.success(request, _("%(office)s: confirmed for another year.") % {"office": held.office})
    return redirect("offices")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an office end."""
    held = _seen(request, pk)
    require(request.user, "account.appoint", held)
    form = EndOfficeForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        act = partial(services.end_role, actor=request.user, assignment=held, **form.cleaned_data)
        if answered(form, act):
            messages.success(request, _("%(office)s: ended as asked.") % {"office": held.office})
            return redirect("offices")
    return render(request, "oversight/end.html", {"form": form, "held": held}, status=422 if form.errors else 200)


@require_POST
@login_required
def export(request: SignedInRequest) -> HttpResponseBase:
    """The access review: every office of one's region as a table; the ledger remembers who took it."""
    record_review(actor=request.user)
    name = f"jabatan-{timezone.localdate().isoformat()}"
    return csv_download(request, name, queries.OFFICE_HEAD, queries.offices_for_review(request.user))


def _seen(request: SignedInRequest, pk: int) -> RoleAssignment:
    found = queries.office_to_manage(pk, request.user)
    if found is None:
        raise Http404
    return found
