"""What stands on a card and on a ticket."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assistance.domain import cards, codes
from assistance.matters import Matter
from assistance.models import Card, Help
from assistance.papers import Fact, Paper
from core.formats import moment


def card_paper(card: Card, pin: str) -> Paper:
    """The card that somebody signs in with."""
    address = _absolute(reverse("card_sign_in"))
    return Paper(
        kicker=f"Rembuk · {card.desk}",
        title=_("Card to sign in"),
        facts=(
            Fact(_("Card number"), cards.spoken(card.number), large=True),
            Fact(_("PIN, for you alone"), f"{pin[:3]} {pin[3:]}", large=True),
            Fact(_("Nickname, which others see"), card.user.nickname),
        ),
        steps=(
            _("Scan this picture with any phone, or type the address below."),
            _("Type card number and PIN. In “My account” you can choose another PIN."),
            _("Tell nobody your PIN. A real officer never asks for it."),
        ),
        address=f"{address}?{urlencode({'nomor': card.number})}",
        typed=_typed(address),
        foot=_("Made on %(moment)s at %(desk)s. PIN lost, or card in strange hands? Go there: you get a new PIN.")
        % {"moment": moment(card.pin_at), "desk": card.desk},
    )


def ticket_paper(helped: Help, matter: Matter, code: str) -> Paper:
    """The ticket of something that was handed in.

    Args:
        helped: the act.
        matter: what it was about.
        code: by which it can be taken over; "" where it is in an account already.
    """
    facts = [Fact(_("Number"), matter.number, large=True), Fact(matter.kind, matter.title)]
    facts += [Fact(label, value) for label, value in matter.facts]
    steps = [_("Scan this picture with any phone to see how it goes. No account is needed.")]
    if code:
        facts.append(Fact(_("Code, for you alone"), codes.spoken(code), large=True))
        steps += [
            _("Whoever has this ticket can answer for you: keep it well."),
            _("Later you can take it into an account of your own: sign in, open %(address)s and type the code.")
            % {"address": _typed(_absolute(reverse("claim")))},
        ]
    else:
        steps.append(_("It lies in your account: sign in with your card or your e-mail address."))
    return Paper(
        kicker=_("Rembuk · handed in at %(desk)s") % {"desk": helped.desk},
        title=_("Ticket"),
        facts=tuple(facts),
        steps=tuple(steps),
        address=matter.address,
        typed=_typed(matter.address),
        foot=_("%(moment)s. Questions: %(office)s, or this desk.")
        % {"moment": moment(helped.at), "office": matter.where_to_ask},
    )


def _typed(address: str) -> str:
    """What somebody types: browsers add the beginning."""
    return address.split("://", 1)[-1]


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
