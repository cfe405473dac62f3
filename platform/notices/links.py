"""Unsubscribe links: signed, so that only the reader of the mail has them; without an end, as the law of mail asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "notices.unsubscribe"


@dataclass(frozen=True)
class Subscription:
    """What a link stops: a scope and the key for its unsubscriber."""

    scope: str
    key: str


def unsubscribe_url(subscription: Subscription) -> str:
    """The whole address that stops these mails."""
    token = signing.dumps([subscription.scope, subscription.key], salt=_SALT)
    return f"{settings.SITE_URL.rstrip('/')}{reverse('notices_unsubscribe', args=[token])}"


def read(token: str) -> Subscription | None:
    """What a token stops; None when it is not one of ours."""
    try:
        scope, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Subscription(str(scope), str(key))
