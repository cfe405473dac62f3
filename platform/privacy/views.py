"""What is kept about oneself, a copy of it, leaving."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.recent import entered_code_lately
from core.errors import DomainError
from core.forms import answered
from core.requests import SignedInRequest, safe_next
from privacy import consents, errors, queries, services
from privacy.forms import LeaveForm
from privacy.uses import uses_of

# The rest is in the copy.
USES_SHOWN = 30


@never_cache
@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything that is kept, and what can be done about it."""
    uses = uses_of(request.user, USES_SHOWN + 1)
    context = {
        "copy": queries.copy_of(request.user),
        "holdings": queries.shown_holdings(),
        "agreements": queries.agreements_of(request.user),
        "uses": uses[:USES_SHOWN],
        "more_uses": len(uses) > USES_SHOWN,
    }
    return render(request, "privacy/overview.html", context)


@require_POST
@login_required
def ask(request: SignedInRequest) -> HttpResponse:
    """Have a copy made."""
    services.ask_for_copy(actor=request.user)
    return redirect("privacy")


@never_cache
@require_safe
@login_required
def progress(request: SignedInRequest) -> HttpResponse:
    """How far the copy is; the page asks for this part until it is ready."""
    return render(request, "privacy/copy.html", {"copy": queries.copy_of(request.user)})


@never_cache
@require_safe
@login_required
def fetch(request: SignedInRequest) -> HttpResponseBase:
    """The archive itself."""
    copy = queries.ready_copy(request.user)
    if copy is None:
        raise DomainError(errors.COPY_NOT_READY)
    name = f"rembuk-{timezone.localdate(copy.asked).isoformat()}.zip"
    return FileResponse(copy.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@login_required
def agree(request: SignedInRequest) -> HttpResponse:
    """Agree to the newest text, and go on where one was."""
    consents.agree_to_terms(actor=request.user, session=request.session)
    messages.success(request, _("Noted. What you agreed to stands on the page about your data."))
    return redirect(safe_next(request, "privacy"))


@require_POST
@login_required
def withdraw(request: SignedInRequest, name: str) -> HttpResponse:
    """Take a yes back."""
    kind = consents.withdraw(actor=request.user, name=name)
    messages.success(request, _("Taken back: %(title)s. It has stopped.") % {"title": kind.title})
    return redirect("privacy")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: SignedInRequest) -> HttpResponse:
    """Erase one's own account."""
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and not entered_code_lately(request):
        raise DomainError(errors.LEAVE_NEEDS_CODE)
    if request.method == "POST" and form.is_valid():
        gone = answered(form, partial(_leave, request, form))
        if gone:
            logout(request)
            messages.success(request, _("Your account is erased. Thank you for having been here."))
            return redirect("/")
    context = {"form": form, "fresh": entered_code_lately(request)}
    return render(request, "privacy/leave.html", context, status=422 if form.errors else 200)


def _leave(request: SignedInRequest, form: LeaveForm) -> bool:
    services.leave(actor=request.user, **form.cleaned_data)
    return True
