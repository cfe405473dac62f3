"""What helping at desks holds about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.domain.acts import What
from assistance.models import Card, Help
from core import personal
from core.personal import Fate, Mend, Row, Use


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "assistance.Card",
        "user",
        fate=Fate.GOES,
        mend=Mend.DESK,
        what=_("Your card: its number, and a hash of the PIN"),
    )
    personal.holds("assistance.Card", "made_by", fate=Fate.UNNAMED)
    personal.holds(
        "assistance.Help", "person", fate=Fate.UNNAMED, mend=Mend.DESK, what=_("What a desk did for you, and when")
    )
    personal.holds(
        "assistance.Help", "helper", fate=Fate.UNNAMED, mend=Mend.DESK, what=_("What you did for others at a desk")
    )
    personal.acts(
        "account", {"account.pin_changed": _("Your PIN was changed"), "account.card_ended": _("Your card ended")}
    )
    personal.uses(_helped)
    personal.exports("card", _("Your card"), _card)
    personal.exports("help", _("What a desk did for you, and what you did for others at a desk"), _help)


def _card(person: User) -> Iterator[Row]:
    for card in Card.objects.filter(user=person):
        yield {"number": card.number, "desk": card.desk, "made_at": card.made_at, "pin_at": card.pin_at}


def _help(person: User) -> Iterator[Row]:
    rows = Help.objects.filter(Q(person=person) | Q(helper=person)).order_by("at", "pk")
    for one in rows.iterator(chunk_size=200):
        yield {
            "at": one.at,
            "what": one.what,
            "as": "helper" if one.helper_id == person.pk else "person",
            "desk": one.desk,
            "subject": f"{one.subject_type} {one.subject_id}" if one.person_id == person.pk else "",
            "claimed_at": one.claimed_at,
        }


def _helped(person: User, limit: int | None) -> Iterator[Use]:
    words = {
        What.CARD: _("A desk made a card for you"),
        What.PIN: _("A desk gave your card a new PIN"),
        What.REPORT: _("A desk filed a report for you"),
        What.SUPPORT: _("A desk noted your support"),
    }
    for one in Help.objects.filter(person=person).order_by("-at", "-pk")[:limit]:
        about = one.subject_id if one.subject_type == "report" else ""
        yield Use(at=one.at, what=words[What(one.what)], office=one.desk, about=about)
