"""What is done with one comment: say that it helps, put it right, take it back; and following the whole."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.requests import SignedInRequest
from discussion import errors, queries, services
from discussion.domain.cases import Reason
from discussion.forms import AppealForm, FlagForm, SwitchForm, TextForm, posted
from discussion.models import State, ThreadComment
from discussion.views.threads import found, thread_url
from discussion.words import for_comments

FLAG_RATES = "10/5m/key,40/d/key"


@require_POST
@login_required
def helpful(request: SignedInRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Say that a comment helps, or no longer."""
    address, comment = _one(request, slug, key, pk)
    form = SwitchForm(request.POST)
    services.set_helpful(actor=request.user, comment=comment, on=form.is_valid() and form.cleaned_data["on"])
    if not request.htmx:
        return redirect(f"{address}#{comment.anchor}")
    comment.refresh_from_db(fields=["helpful"])
    shown = queries.Shown(comment, helps=bool(form.cleaned_data["on"]))
    here = reverse("discussion", args=[slug, key])
    return render(request, "discussion/helpful.html", for_comments() | {"shown": shown, "address": here})


@require_POST
@login_required
def follow(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Hear of what is new, or no longer."""
    _subject, item = found(request, slug, key)
    form = SwitchForm(request.POST)
    services.set_following(actor=request.user, item=item, on=form.is_valid() and form.cleaned_data["on"])
    return redirect(f"{reverse('discussion', args=[slug, key])}#ikuti")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Put one's own words right."""
    address, comment = _one(request, slug, key, pk)
    if comment.author_id != request.user.pk:
        raise DomainError(errors.NOT_YOUR_COMMENT)
    form = TextForm(posted(request), initial={"text": comment.comment})
    if request.method == "POST" and form.is_valid():
        act = partial(services.edit, actor=request.user, comment=comment, text=form.cleaned_data["text"])
        if answered(form, act):
            messages.success(request, _("Saved. What stood there before stays readable."))
            return redirect(f"{address}#{comment.anchor}")
    context = {
        "form": form,
        "comment": comment,
        "address": address,
        "withdraw_address": reverse("comment_withdraw", args=[slug, key, pk]),
    }
    return render(request, "discussion/edit.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: SignedInRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    _address, comment = _one(request, slug, key, pk)
    services.withdraw(actor=request.user, comment=comment)
    messages.success(request, _("Your comment is withdrawn. Replies to it stay."))
    return redirect(reverse("discussion", args=[slug, key]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def flag(request: SignedInRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Ask a moderator to look."""
    subject, item = found(request, slug, key)
    address, comment = _one(request, slug, key, pk)
    form = FlagForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if not allowed(request, "discussion.flag", FLAG_RATES, key=str(request.user.pk)):
            raise DomainError(TOO_MANY)
        services.flag(actor=request.user, item=item, comment=comment, reason=Reason(form.cleaned_data["reason"]))
        messages.success(request, _("Thank you. A moderator looks at it; until then it stays."))
        return redirect(f"{address}#{comment.anchor}")
    context = {"form": form, "comment": comment, "address": address, "title": subject.title(item)}
    return render(request, "discussion/flag.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appeal(request: SignedInRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """The author asks for another moderator."""
    address, comment = _one(request, slug, key, pk)
    if comment.author_id != request.user.pk:
        raise DomainError(errors.NOT_YOUR_COMMENT)
    form = AppealForm(posted(request))
    if request.method == "POST" and form.is_valid():
        act = partial(services.appeal, actor=request.user, comment=comment, plea=form.cleaned_data["plea"])
        if answered(form, act):
            messages.success(request, _("Thank you. Another moderator decides; you will be told."))
            return redirect(f"{address}#{comment.anchor}")
    last = queries.last_decision(comment)
    context = {
        "form": form,
        "comment": comment,
        "address": address,
        "last": last,
        "may_appeal": services.may_appeal(comment, last),
        "waits": comment.cases.filter(decided=None, appeals__isnull=False).exists(),
    }
    return render(request, "discussion/appeal.html", context, status=422 if form.errors else 200)


def _one(request: SignedInRequest, slug: str, key: str, pk: int) -> tuple[str, ThreadComment]:
    """The address of the thread, and the comment.

    Raises:
        Http404: it is not there for this person.
    """
    subject, item = found(request, slug, key)
    comment = queries.comment_of(queries.topic_of(item), pk, request.user)
    is_own = comment is not None and comment.author_id == request.user.pk
    if comment is None or not (is_own or comment.state == State.PUBLIC):
        raise Http404
    return thread_url(subject, item, comment.root_id or comment.pk), comment
