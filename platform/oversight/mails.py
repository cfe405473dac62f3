"""The e-mails about a closed account. Keys: "closed:<closure>", "reopened:<closure>"."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from notices.composers import Mail
from oversight.models import Closure


def compose(key: str) -> Mail | None:
    """The mail of a key; None without an address, and for a closing that has been taken back meanwhile."""
    kind, number = key.split(":")
    found = Closure.objects.select_related("user").filter(pk=int(number)).first()
    if found is None or not found.user.email or (kind == "closed" and found.reopened_at is not None):
        return None
    context = {"closure": found, "url": f"{settings.SITE_URL}{reverse('what_may_i')}"}
    return Mail(found.user.email, found.user.language, f"oversight/{kind}", context)
