"""One's own standing as a resident, and the desk where people are verified."""

from __future__ import annotations

from functools import partial
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.actions import check, require
from core.errors import NOT_ALLOWED, TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.permissions import may
from core.requests import HttpRequest, SignedInRequest
from residents import errors, queries, services
from residents.forms import CardForm, IntroductionForm, RevokeForm, SeenForm

LAST_KELURAHAN = "verified_last_in"
# A desk takes forty people an hour. Who asks neighbours learns whether a card is known, so that is for few tries.
RATES = {"code": "200/h/key", "ask": "5/d/key"}


@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """What a verified resident is, what is kept of it and why; for an account, how it stands."""
    mine = queries.standing(request.user) if isinstance(request.user, User) else None
    code = mine.introduction if mine else None
    context = {
        "standing": mine,
        "code": code,
        "qr": _qr(code.code) if code else "",
        "witnesses": settings.RESIDENT_WITNESSES,
    }
    return render(request, "residents/standing.html", context)


@require_POST
@login_required
def introduce(request: SignedInRequest) -> HttpResponse:
    """Make the code to show at the desk."""
    services.introduce(actor=request.user)
    return redirect(f"{reverse('residents')}#kode")


@never_cache
@sensitive_post_parameters("nik")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """Who stands at the desk (a code), then what the card says; made for forty people an hour."""
    require(request.user, "resident.verify")
    context: dict[str, Any] = {"lately": queries.verified_lately(request.user)}
    if "kode" not in request.GET:
        return render(request, "residents/desk.html", context | {"form": IntroductionForm()})
    opening = IntroductionForm(request.GET)
    person = _person_of(request, opening)
    if person is None:
        return render(request, "residents/desk.html", context | {"form": opening}, status=422)
    last = request.session.get(LAST_KELURAHAN)
    form = SeenForm(
        request.POST or None,
        kelurahan=queries.kelurahan_to_verify_in(request.user),
        initial={"kelurahan": last} if last else {},
    )
    if request.method == "POST" and form.is_valid():
        card = {name: form.cleaned_data[name] for name in ("nik", "kelurahan", "rw", "of_a_hundred")}
        made = answered(form, partial(services.verify, actor=request.user, user=person, **card))
        if made:
            request.session[LAST_KELURAHAN] = made.kelurahan_id
            words = _("%(who)s is now a verified resident of %(place)s, RW %(rw)s.")
            messages.success(request, words % {"who": person.nickname, "place": made.kelurahan.label, "rw": made.rw})
            return redirect("residents_desk")
    if form.has_error("nik", errors.CENTURY_UNKNOWN):
        form.ask_age()
    context |= {"form": form, "person": person}
    return render(request, "residents/desk_card.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@login_required
def verified(request: SignedInRequest) -> HttpResponse:
    """The verified residents of the kelurahan whose verifications the person may take back."""
    if not queries.revokes_somewhere(request.user):
        raise DomainError(NOT_ALLOWED)
    text = request.GET.get("q", "")
    page = queries.residents_of(request.user, text, after=request.GET.get("sesudah", ""))
    return render(request, "residents/verified.html", {"page": page, "q": text})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a verification back, with a reason."""
    verification = queries.verification(pk)
    if verification is None or not may(request.user, "residents.revoke", verification.kelurahan):
        raise Http404
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(services.revoke, actor=request.user, verification=verification, **form.cleaned_data)
        if answered(form, act):
            messages.success(request, _("The verification was taken back. The person has been told."))
            return redirect("residents_verified")
    context = {"form": form, "verification": verification}
    return render(request, "residents/revoke.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("nik")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def neighbours(request: SignedInRequest) -> HttpResponse:
    """Ask two neighbours to speak for oneself."""
    if not settings.RESIDENT_WITNESSES:
        raise DomainError(errors.WITNESSES_OFF)
    form = CardForm(request.POST or None, kelurahan=queries.all_kelurahan())
    if request.method == "POST" and form.is_valid():
        if not allowed(request, "residents.ask", RATES["ask"], key=str(request.user.pk)):
            raise DomainError(TOO_MANY)
        act = partial(services.ask_neighbours, actor=request.user, **form.cleaned_data)
        if answered(form, act):
            services.introduce(actor=request.user)
            messages.success(
                request, _("Now two neighbours of your RW can speak for you. Show each of them your code.")
            )
            return redirect(f"{reverse('residents')}#kode")
    if form.has_error("nik", errors.CENTURY_UNKNOWN):
        form.ask_age()
    return render(request, "residents/neighbours.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def testify(request: SignedInRequest) -> HttpResponse:
    """A neighbour's code, then one's word."""
    if not settings.RESIDENT_WITNESSES:
        raise DomainError(errors.WITNESSES_OFF)
    form = IntroductionForm(request.GET if "kode" in request.GET else None)
    may_speak = check(request.user, "resident.witness")
    if request.method == "POST" and not may_speak.allowed:
        require(request.user, "resident.witness")
    person, held = _person_of(request, form) if may_speak.allowed else None, queries.residency_of(request.user)
    if person and request.method == "POST":
        made = services.testify(actor=request.user, neighbour=person)
        if made:
            thanks = _("Thank you. %(who)s is now a verified resident.") % {"who": person.nickname}
        else:
            thanks = _("Thank you. The word of one more neighbour is needed.")
        messages.success(request, thanks)
        return redirect("residents")
    context = {"form": form, "person": person, "held": held, "may_speak": may_speak}
    return render(request, "residents/testify.html", context, status=422 if form.errors else 200)


def _person_of(request: SignedInRequest, form: IntroductionForm) -> User | None:
    """Whose code was typed; None when the form says why not."""
    if not form.is_valid():
        return None
    if not allowed(request, "residents.code", RATES["code"], key=str(request.user.pk)):
        raise DomainError(TOO_MANY)
    return answered(form, partial(services.introduced, actor=request.user, code=form.cleaned_data["kode"]))


def _qr(code: str) -> SafeString:
    """The code as a picture that a phone's camera opens at the desk."""
    address = f"{settings.SITE_URL}{reverse('residents_desk')}?{urlencode({'kode': code})}"
    drawing = segno.make(address, error="m").svg_inline(scale=5, border=2, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308  drawn from an address of our own
