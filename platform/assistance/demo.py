"""A card in the demo, which anybody may try, and its report. Never in a real city (rembuk.E007)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import User
from assistance import services
from assistance.domain.acts import What
from assistance.models import Card, Help
from ledger import services as ledger
from places.models import Region

NUMBER, PIN = "40171952", "527816"
NICKNAME, DESK = "Mbah Surti", "Kelurahan Slipi"
_KEY = uuid.UUID("0c5c3f1e-7f0e-5d0a-8f57-6b6172747531")


def card() -> Card | None:
    """The card that the demo tells number and PIN of."""
    return Card.objects.filter(number=NUMBER, client_key=_KEY).select_related("user").first()


def seed_card(helper: User) -> User:
    """Have an officer make the card; again is harmless. Returns whose it is."""
    kept = card()
    if kept is None:
        kept, _pin = services.open_with_card(actor=helper, language="id", client_key=_KEY)
        Card.objects.filter(pk=kept.pk).update(number=NUMBER, pin_hash=make_password(PIN))
        kept.user.nickname = NICKNAME
        kept.user.save(update_fields=["nickname"])
    return kept.user


def seed_filing(*, helper: User, person: User, number: str, region: Region, at: datetime) -> None:
    """What was kept when the desk filed a report for somebody, as services.remember does it for the present."""
    made = Help.objects.create(
        helper=helper,
        office=f"Petugas Sarana, {DESK}",
        desk=DESK,
        region=region,
        person=person,
        what=What.REPORT,
        subject_type="report",
        subject_id=number,
        at=at + timedelta(seconds=1),
    )
    payload = {"what": str(What.REPORT), "region": region.code}
    ledger.record_many(
        subject_type="assist",
        acts={str(made.pk): [ledger.Act(helper, made.office, "assist.helped", made.at, payload)]},
    )
