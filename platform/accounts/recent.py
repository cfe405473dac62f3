"""How lately somebody proved to be the owner of the account."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records

from core.requests import SignedInRequest

# This long after a code was right, so that a borrowed phone is not enough.
WINDOW_SECONDS = 15 * 60


def entered_code_lately(request: SignedInRequest) -> bool:
    """Whether the last way in was a code or a card with its PIN, not longer ago than a quarter of an hour."""
    records = get_authentication_records(request, request.user)
    return (
        bool(records)
        and records[-1]["method"] in {"code", "card"}
        and time.time() - records[-1]["at"] <= WINDOW_SECONDS
    )
