"""Pages of the demo: choose who you are, read what was mailed. Elsewhere they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import errors
from accounts.adapter import remind_of_second_step
from accounts.demo import CAST
from accounts.demo_mail import letters
from accounts.models import User
from accounts.queries import has_desk
from core.errors import DomainError
from core.requests import HttpRequest

View = Callable[[HttpRequest], HttpResponse]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def demo_only(view: View) -> View:
    """404 unless this is a demo or a developer's machine, whatever the addresses say."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if getattr(settings, "PRODUCTION", False) or not (settings.DEMO or settings.DEBUG):
            raise Http404
        return view(request)

    return guarded


@never_cache
@require_safe
@demo_only
def people(request: HttpRequest) -> HttpResponse:
    """Who can be tried out."""
    here = set(User.objects.filter(email__in=[part.email for part in CAST]).values_list("email", flat=True))
    return render(request, "accounts/demo_cast.html", {"cast": [part for part in CAST if part.email in here]})


@require_POST
@demo_only
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast."""
    part = next((part for part in CAST if part.key == request.POST.get("who")), None)
    user = User.objects.filter(email=part.email, is_active=True).first() if part else None
    if user is None:
        raise DomainError(errors.DEMO_NO_SUCH_PERSON)
    login(request, user, backend=BACKEND)
    messages.success(request, _("You are signed in as %(nickname)s.") % {"nickname": user.nickname})
    if remind_of_second_step(request, user):
        return redirect("security")
    return redirect("/meja/" if has_desk(user) else "/")


@never_cache
@require_safe
@demo_only
def mail(request: HttpRequest) -> HttpResponse:
    """What was mailed."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return render(request, "accounts/demo_mail.html", {"letters": letters(Path(folder)) if folder else []})
