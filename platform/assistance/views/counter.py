"""The desk on a phone: who is there, what they need, the paper, the next one."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from assistance import errors, matters, papers, presence, queries, services
from assistance.domain import cards, codes
from assistance.forms import CardEntryForm, NewPinForm, OpenForm, ShownCodeForm
from assistance.matters import Matter
from assistance.models import Card, Help
from assistance.papers import slips
from assistance.services import acts
from core.errors import NOT_ALLOWED, TOO_MANY, DomainError
from core.forms import answered
from core.limits import allowed
from core.permissions import may
from core.requests import SignedInRequest, safe_next
from residents import services as residents

# Forty people an hour, each with a few slips.
RATES = {"card": "120/h/key", "look": "200/h/key"}
PRINT_SECONDS = 30 * 60
_SALT = "assistance.print"


@never_cache
@require_safe
@login_required
def counter(request: SignedInRequest) -> HttpResponse:
    """Who is there; then what can be done for them."""
    return _counter(request)


def _counter(request: SignedInRequest, status: int = 200, **forms: Any) -> HttpResponse:
    _may_help(request)
    context = {
        "present": presence.of(request.session),
        "code_form": ShownCodeForm(),
        "card_form": CardEntryForm(),
        "lately": queries.helped_today(request.user),
    }
    return render(request, "assistance/counter.html", context | forms, status=status)


@require_POST
@sensitive_post_parameters("pin")
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """Somebody stands there: without an account, with the code of a phone, or with a card."""
    _may_help(request)
    way = request.POST.get("cara")
    if way == "kode":
        return _begin_by_code(request)
    if way == "kartu":
        return _begin_by_card(request)
    presence.begin(request.session, None)
    return redirect(safe_next(request, "counter"))


def _begin_by_code(request: SignedInRequest) -> HttpResponse:
    form = ShownCodeForm(request.POST)
    if form.is_valid():
        _take_turn(request, "look")
        act = partial(residents.introduced, actor=request.user, code=form.cleaned_data["kode"])
        if person := answered(form, act):
            return _present(request, person)
    return _counter(request, 422, code_form=form, chosen="kode")


def _begin_by_card(request: SignedInRequest) -> HttpResponse:
    form = CardEntryForm(request.POST)
    if form.is_valid():
        _take_turn(request, "look")
        act = partial(services.owner_of, number=form.cleaned_data["nomor"], pin=form.cleaned_data["pin"])
        if person := answered(form, act):
            return _present(request, person)
    return _counter(request, 422, card_form=form, chosen="kartu")


def _present(request: SignedInRequest, person: User) -> HttpResponse:
    if person.pk == request.user.pk:
        raise DomainError(errors.NOT_FOR_YOURSELF)
    presence.begin(request.session, person)
    return redirect("counter")


@require_POST
@login_required
def finish(request: SignedInRequest) -> HttpResponse:
    """The next one, please."""
    presence.end(request.session)
    return redirect("counter")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def make_card(request: SignedInRequest) -> HttpResponse:
    """Open an account with a card; the PIN is on the answer to this form alone."""
    _may_help(request)
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"client_key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        _take_turn(request, "card")
        given = {"language": form.cleaned_data["language"], "client_key": form.cleaned_data["client_key"]}
        card, pin = services.open_with_card(actor=request.user, **given)
        return _card_made(request, card, pin)
    return render(request, "assistance/make_card.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("nik")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def make_pin(request: SignedInRequest) -> HttpResponse:
    """A new PIN for a card."""
    _may_help(request)
    form = NewPinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _take_turn(request, "look")
        card = queries.card_by_number(form.cleaned_data["nomor"])
        if card is None:
            form.add_error("nomor", DomainError(errors.NO_SUCH_CARD).sentence)
        else:
            act = partial(services.new_pin, actor=request.user, card=card, nik=form.cleaned_data["nik"])
            if pin := answered(form, act):
                card.refresh_from_db()
                return _card_made(request, card, pin)
    return render(request, "assistance/make_pin.html", {"form": form}, status=422 if form.errors else 200)


def _card_made(request: SignedInRequest, card: Card, pin: str) -> HttpResponse:
    presence.begin(request.session, card.user)
    context = {
        "card": card,
        "number": cards.spoken(card.number),
        "pin": f"{pin[:3]} {pin[3:]}",
        # Nothing of it is kept: the page itself carries what the paper needs.
        "paper": signing.dumps([request.user.pk, card.pk, pin], salt=_SALT),
        "introduction": residents.introduce(actor=card.user).code,
    }
    return render(request, "assistance/card_made.html", context)


@never_cache
@require_POST
@sensitive_post_parameters("paper")
@login_required
def print_card(request: SignedInRequest) -> HttpResponse:
    """The card as PDF, while its page is open and the PIN is still the one on it."""
    _may_help(request)
    try:
        helper, pk, pin = signing.loads(request.POST.get("paper", ""), salt=_SALT, max_age=PRINT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise DomainError(errors.PAPER_TOO_LATE) from None
    card = Card.objects.select_related("user").filter(pk=pk).first()
    if helper != request.user.pk or card is None or not services.is_pin(card, pin):
        raise DomainError(errors.PAPER_TOO_LATE)
    with override(card.user.language):
        drawn = papers.draw(slips.card_paper(card, pin))
    return _pdf(drawn, f"kartu-{card.number}.pdf")


@never_cache
@require_safe
@login_required
def ticket(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was handed in, and its ticket to print."""
    helped, matter = _ticket(request, pk)
    code = _code(helped, matter)
    context = {"helped": helped, "matter": matter, "code": codes.spoken(code) if code else ""}
    return render(request, "assistance/ticket.html", context)


@never_cache
@require_safe
@login_required
def print_ticket(request: SignedInRequest, pk: int) -> HttpResponse:
    """The ticket as PDF."""
    helped, _matter = _ticket(request, pk)
    with override(helped.person.language if helped.person else get_language()):
        _helped, matter = _ticket(request, pk)
        drawn = papers.draw(slips.ticket_paper(helped, matter, _code(helped, matter)))
    return _pdf(drawn, f"tiket-{matter.number}.pdf")


def _ticket(request: SignedInRequest, pk: int) -> tuple[Help, Matter]:
    helped = queries.ticket_of(request.user, pk)
    way = matters.way_of(helped.subject_type) if helped else None
    matter = way.matter(helped.subject_id, bool(helped.code_digest)) if helped and way else None
    if helped is None or matter is None:
        raise Http404
    return helped, matter


def _code(helped: Help, matter: Matter) -> str:
    return acts.code_of(matter.client_key) if helped.code_digest else ""


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _may_help(request: SignedInRequest) -> None:
    if not may(request.user, "assistance.help"):
        raise DomainError(NOT_ALLOWED)


def _take_turn(request: SignedInRequest, action: str) -> None:
    if not allowed(request, f"assistance.{action}", RATES[action], key=str(request.user.pk)):
        raise DomainError(TOO_MANY)
