"""The e-mails about a verification. Keys: "verified:<verification>", "ended:<verification>"."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from notices.composers import Mail
from residents.domain.terms import End
from residents.models import Verification

# The new verification tells of these.
QUIET = {End.RENEWED, End.MOVED}


def compose(key: str) -> Mail | None:
    """The mail of a key; None for accounts without an address and for what a newer mail tells."""
    kind, number = key.split(":")
    found = Verification.objects.select_related("user", "kelurahan").filter(pk=int(number)).first()
    if found is None or not found.user.email or not found.user.is_active or found.end in QUIET:
        return None
    if kind == "verified" and found.ended_on is not None:
        return None
    context = {"verification": found, "url": f"{settings.SITE_URL}{reverse('residents')}", "revoked": End.REVOKED}
    return Mail(found.user.email, found.user.language, f"residents/{kind}", context)
