"""The inbox, how one wants one's news, and links that stop e-mails."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import BAD_REQUEST, NOT_FOUND, TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.requests import HttpRequest, SignedInRequest
from notices import composers, errors, links, queries, services
from notices.forms import NewsForm
from notices.models import Notice
from notices.services.push import is_on

LONGEST_BODY = 4_000
DEVICES_RATE = "30/h/key"


@never_cache
@require_safe
@login_required
def inbox(request: SignedInRequest) -> HttpResponse:
    """One's news, the newest first."""
    found = queries.inbox(request.user, request.GET.get("after", ""))
    template = "notices/list.html" if request.htmx else "notices/inbox.html"
    return render(request, template, {"inbox": found})


@never_cache
@require_safe
@login_required
def bell(request: SignedInRequest) -> HttpResponse:
    """The bell of the header with the number of what is new."""
    return render(request, "notices/bell.html")


@never_cache
@require_safe
@login_required
def open_notice(request: SignedInRequest, number: int) -> HttpResponse:
    """Mark a notice as read and lead to what it is about."""
    notice = _own(request, number)
    # A browser that fetches ahead has not read anything.
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        services.mark_read(actor=request.user, notice=notice)
    words = queries.words_of([notice], request.user).get(notice.pk)
    if words is None:
        messages.info(request, _("What this news was about is no longer shown."))
        return redirect("notices")
    return redirect(words.link)


@require_POST
@login_required
def read(request: SignedInRequest, number: int) -> HttpResponse:
    """Mark one notice as read without opening it."""
    services.mark_read(actor=request.user, notice=_own(request, number))
    return _list_again(request)


@require_POST
@login_required
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark all that was shown as read."""
    until = request.POST.get("until", "")
    if not (until.isascii() and until.isdigit() and len(until) < 19):
        raise DomainError(BAD_REQUEST)
    services.mark_all_read(actor=request.user, until=int(until))
    return _list_again(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_page(request: SignedInRequest) -> HttpResponse:
    """How one wants each kind of news."""
    form = NewsForm(request.POST or None, choices=queries.all_choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        answered(form, partial(services.choose, actor=request.user, choices=form.chosen()))
        if not form.errors:
            messages.success(request, _("Saved. This is how your news reach you from now on."))
            return redirect("notices_settings")
    devices = queries.devices(request.user) if is_on() else 0
    context = {"form": form, "push_key": settings.PUSH_PUBLIC_KEY if is_on() else "", "devices": devices}
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def silence(request: SignedInRequest) -> HttpResponse:
    """Switch all e-mails off that can be."""
    services.silence(actor=request.user)
    messages.success(
        request,
        _("You get no more news by e-mail, except what must reach you. All of it stays in your inbox."),
    )
    return redirect("notices_settings")


@require_POST
@login_required
def push(request: SignedInRequest) -> HttpResponse:
    """Let this browser take push messages; JSON as PushSubscription.toJSON() makes it."""
    if not allowed(request, "push", DEVICES_RATE, key=f"user:{request.user.pk}"):
        raise DomainError(TOO_MANY)
    told = _json(request)
    keys = told.get("keys")
    keys = keys if isinstance(keys, dict) else {}
    texts = [told.get("endpoint"), keys.get("p256dh"), keys.get("auth")]
    if not all(isinstance(text, str) and text.isascii() and text and "\0" not in text for text in texts):
        raise DomainError(errors.PUSH_UNREADABLE)
    endpoint, point, secret = map(str, texts)
    services.subscribe_device(
        actor=request.user, endpoint=endpoint, point=point, secret=secret, session_key=request.session.session_key or ""
    )
    return HttpResponse(status=204)


@require_POST
@login_required
def push_stop(request: SignedInRequest) -> HttpResponse:
    """End push messages: to the browser that says its address, or, from the button, to all of one's own."""
    if request.content_type == "application/json":
        endpoint = _json(request).get("endpoint")
        if not isinstance(endpoint, str) or not endpoint or not endpoint.isascii():
            raise DomainError(errors.PUSH_UNREADABLE)
        services.unsubscribe_devices(actor=request.user, endpoint=endpoint)
        return HttpResponse(status=204)
    services.unsubscribe_devices(actor=request.user)
    messages.success(request, _("No browser gets push messages for you any more."))
    return redirect("notices_settings")


# Mail programs send the POST without a cookie (RFC 8058); the signed token is the permission.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of a link: asked on GET, because scanners open every link; done on POST."""
    subscription = links.read(token)
    if subscription is None:
        raise DomainError(errors.LINK_UNKNOWN)
    if request.method != "POST":
        question = composers.question(subscription.scope, subscription.key)
        return render(request, "notices/unsubscribe.html", {"token": token, "question": question})
    sentence = services.unsubscribe(subscription=subscription)
    if sentence is None:
        raise DomainError(errors.LINK_UNKNOWN)
    return render(request, "notices/unsubscribed.html", {"sentence": sentence})


def _own(request: SignedInRequest, number: int) -> Notice:
    notice = queries.own(request.user, number)
    if notice is None:
        raise DomainError(NOT_FOUND)
    return notice


def _list_again(request: SignedInRequest) -> HttpResponse:
    if not request.htmx:
        return redirect("notices")
    return render(request, "notices/list.html", {"inbox": queries.inbox(request.user, "")})


def _json(request: SignedInRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise DomainError(errors.PUSH_UNREADABLE)
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        raise DomainError(errors.PUSH_UNREADABLE) from None
    return told if isinstance(told, dict) else {}
