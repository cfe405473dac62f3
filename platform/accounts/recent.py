"""How lately somebody proved to be the owner of the account."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator

from core.requests import SignedInRequest

# This long after a code was right, so that a borrowed phone is not enough.
WINDOW_SECONDS = 15 * 60


def entered_code_lately(request: SignedInRequest) -> bool:
    """Whether a code, a card with its PIN or a second step was right within the last quarter of an hour.

    Who has set up a second step proves it with that: whoever reads the mailbox could ask for codes.
    """
    since = time.time() - WINDOW_SECONDS
    lately = {record["method"] for record in get_authentication_records(request, request.user) if record["at"] >= since}
    if "mfa" in lately:
        return True
    factors = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(lately & {"code", "card"}) and not factors.exists()
