"""What is forgotten with time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from reports.models import Contact, Reveal

CONTACT_YEARS = 2
BATCH = 500


@transaction.atomic
def forget_contacts(*, now: datetime) -> int:
    """Empty how guests can be reached, 24 months after the last step or look; for tick, a batch at a time.

    Returns:
        How many were emptied.
    """
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    since = now.replace(year=now.year - CONTACT_YEARS, day=day)
    looked = Reveal.objects.filter(report=OuterRef("report"), at__gt=since)
    old = Contact.objects.select_for_update(skip_locked=True, of=("self",)).filter(~Exists(looked))
    old = old.filter(report__changed__lte=since).exclude(email="", phone="")
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    empty = {"email": "", "phone": "", "wants_mail": False, "code_digest": "", "code_until": None}
    return Contact.objects.filter(pk__in=keys).update(**empty)
