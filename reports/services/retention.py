"""What is forgotten with time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Months
from reports.models import Contact, Reveal

CONTACTS = retention.keep(
    "reports.contact",
    what=_("E-mail address and telephone number of a report without an account"),
    period=Months(24),
    then=_("after the last step or look at them"),
    job="reports.forget_contacts",
)
BATCH = 500


@transaction.atomic
def forget_contacts(*, now: datetime) -> int:
    """Empty how guests can be reached, 24 months after the last step or look; for tick, a batch at a time.

    Returns:
        How many were emptied.
    """
    since = CONTACTS.before(now)
    looked = Reveal.objects.filter(report=OuterRef("report"), at__gt=since)
    old = Contact.objects.select_for_update(skip_locked=True, of=("self",)).filter(~Exists(looked))
    old = old.filter(report__changed__lte=since).exclude(email="", phone="")
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    empty = {"email": "", "phone": "", "wants_mail": False, "code_digest": "", "code_until": None}
    return Contact.objects.filter(pk__in=keys).update(**empty)
