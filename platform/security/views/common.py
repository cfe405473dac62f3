"""What the pages about signing in share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.recent import entered_code_lately
from core.errors import DomainError
from core.requests import SignedInRequest
from security import errors

View = Callable[..., HttpResponse]


def after_proof(view: View) -> View:
    """For who is signed in and has proved it lately; others prove it first and come back.

    A form that was pressed too late is pressed again: what it would change is shown once more before.
    """

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if entered_code_lately(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.warning(request, DomainError(errors.PROVE_FIRST).sentence)
            return prove_first(reverse("security"))
        return prove_first(request.get_full_path())

    return guarded


def prove_first(then: str) -> HttpResponse:
    """To the page where somebody proves to be the owner, and from there on to a path of ours."""
    return redirect(f"{reverse('security_prove')}?{urlencode({'next': then})}")


def stay_signed_in(request: SignedInRequest, user: User) -> None:
    """Keep this session where a change has ended all sessions of the account."""
    if user.get_session_auth_hash() != request.user.get_session_auth_hash():
        update_session_auth_hash(request, user)
