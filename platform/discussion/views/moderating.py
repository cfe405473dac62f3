"""The moderators' queue, one case, and the public log of what they decided."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.actions import require
from core.forms import answered
from core.requests import HttpRequest, SignedInRequest
from discussion import moderation, services
from discussion.forms import VerdictForm, posted


@never_cache
@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for a moderator, what presses most first."""
    require(request.user, "discussion.moderate")
    return render(request, "discussion/queue.html", {"queue": moderation.open_cases(request.user)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case; opening it claims it for ten minutes."""
    require(request.user, "discussion.moderate")
    opened = moderation.case_of(request.user, pk)
    if opened is None:
        raise Http404
    form = VerdictForm(posted(request), initial={"seen": opened.case.comment.mark})
    is_mine = opened.may_judge and opened.case.decided is None
    if request.method == "POST" and form.is_valid():
        act = partial(services.decide, actor=request.user, case=opened.case, verdict=form.verdict())
        decided = answered(form, act)
        if decided:
            if decided.decided:
                messages.success(request, _("Decided. The author has been told."))
            else:
                messages.success(
                    request, _("Noted. A second moderator decides, because parties or candidates are named.")
                )
            return redirect("moderation")
    elif is_mine and request.method == "GET":
        services.claim(actor=request.user, case=opened.case)
    context = {"opened": opened, "form": form, "is_mine": is_mine}
    return render(request, "discussion/case.html", context, status=422 if form.errors else 200)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What moderators decided, for everybody: figures a month, and each decision without text and people."""
    page = moderation.log(after=request.GET.get("sesudah", ""))
    return render(request, "discussion/log.html", {"page": page, "months": moderation.months()})
