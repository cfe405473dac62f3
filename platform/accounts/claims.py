"""What waits for the owner of an address: higher apps attach it once the address is confirmed.

A guest's report carries an e-mail address. When its owner signs in by a code sent there, `reports`
makes the report theirs; it registers the function for that here.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.models import EmailAddress

from accounts.models import User

Claim = Callable[[User], None]
_claims: list[Claim] = []


def register(claim: Claim) -> Claim:
    """Have `claim(user)` called whenever a person has signed in with a confirmed address; safe to run twice."""
    if claim not in _claims:
        _claims.append(claim)
    return claim


def collect(user: User) -> None:
    """Hand over everything that waits for this person's address, once it is confirmed."""
    if _claims and EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        for claim in _claims:
            claim(user)
