"""Unsubscribe links: signed, so that only the reader of the mail has them; without an end, as the law of mail asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from core.errors import Sentence
from notices.kinds import Kind

_SALT = "notices.unsubscribe"
# Stands for every kind of news in a link.
ALL = "all"


@dataclass(frozen=True)
class Subscription:
    """What a link stops: a scope and the key for its unsubscriber."""

    scope: str
    key: str


def absolute(path: str) -> str:
    """The whole address of a path of our site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def inbox() -> str:
    """The path of the inbox."""
    return reverse("notices")


def unsubscribe_url(subscription: Subscription) -> str:
    """The whole address that stops these mails."""
    token = signing.dumps([subscription.scope, subscription.key], salt=_SALT)
    return absolute(reverse("notices_unsubscribe", args=[token]))


def ways_out(person: int, kind: Kind | None = None) -> dict[str, Sentence]:
    """What the foot of a mail with news offers: all off, the settings, or why it must arrive.

    Args:
        person: number of the account.
        kind: of the one notice in the mail; None for a digest.
    """
    found: dict[str, Sentence] = {"settings_url": absolute(reverse("notices_settings"))}
    if kind and kind.because:
        return found | {"because": kind.because}
    if kind:
        found["stop_all_url"] = unsubscribe_url(Subscription("notice", f"{person}:{ALL}"))
    return found


def read(token: str) -> Subscription | None:
    """What a token stops; None when it is not one of ours."""
    try:
        scope, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Subscription(str(scope), str(key))
