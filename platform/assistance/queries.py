"""What pages read about cards and help at desks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.offices import Person
from assistance.domain.acts import PAPERS, PRINTABLE_FOR, What
from assistance.models import Card, Help
from places.models import Region
from residents.rules import verifying_offices


def card_of(user: User) -> Card | None:
    """The card of an account."""
    return Card.objects.filter(user=user).select_related("region").first()


def card_by_number(number: str) -> Card | None:
    """The card with this number."""
    return Card.objects.filter(number=number).select_related("user", "region__parent").first()


def helped_today(helper: Person, limit: int = 12) -> list[Help]:
    """What a helper did today, newest first."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Help.objects.filter(helper_id=helper.pk, at__gte=since).select_related("person")
    return list(rows.order_by("-at", "-pk")[:limit])


def ticket_of(helper: Person, pk: int) -> Help | None:
    """A ticket that the helper may still print."""
    since = timezone.now() - PRINTABLE_FOR
    rows = Help.objects.filter(pk=pk, helper_id=helper.pk, at__gte=since, what__in=PAPERS)
    return rows.filter(claimed_at=None).select_related("person", "region").first()


def ticket_for(number: str) -> Help:
    """The act by which a report was handed in.

    Raises:
        Http404: somebody filed it alone.
    """
    return get_object_or_404(Help, what=What.REPORT, subject_type="report", subject_id=number)


def own_kelurahan(helper: Person) -> Region | None:
    """The kelurahan at whose desk somebody helps; None when the office is for a larger area."""
    agency = next((office.agency for office in verifying_offices(helper) if office.agency), None)
    return agency.region if agency else None
