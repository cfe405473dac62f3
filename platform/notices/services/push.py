"""Push messages to browsers (RFC 8030, 8291, 8292), with keys of our own; what encrypts is loaded when it is needed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext, override

from accounts.models import User
from core import consents
from core.errors import DomainError
from notices import errors
from notices.domain.endpoints import are_keys, is_known_endpoint
from notices.kinds import kind_of
from notices.models import Notice, PushDevice
from notices.queries import choices_of, words_of

MOST_DEVICES = 10
TIMEOUT_SECONDS = 10
# How long a push service keeps a message for a device that is away.
LIVES_SECONDS = 24 * 3600
GONE = (404, 410)


class PushError(OSError):
    """The push service did not take a message; it is tried again. Says the status, never the address."""


@dataclass(frozen=True)
class PushMessage:
    """A message that is ready for one device."""

    device: PushDevice
    text: str

    def send(self) -> None:
        """Encrypt it and give it to the push service; a device that is gone is forgotten.

        Raises:
            PushError: not taken, or the service did not answer.
        """
        import requests
        from pywebpush import WebPushException, webpush

        device = self.device
        # An address that was known once may not be any more; redirects would lead anywhere.
        if not is_allowed(device.endpoint):
            device.delete()
            return
        session = requests.Session()
        session.max_redirects = 0
        try:
            webpush(
                {"endpoint": device.endpoint, "keys": {"p256dh": device.point, "auth": device.secret}},
                self.text,
                vapid_private_key=settings.PUSH_PRIVATE_KEY,
                vapid_claims={"sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"},
                ttl=LIVES_SECONDS,
                timeout=TIMEOUT_SECONDS,
                requests_session=session,
            )
        except WebPushException as error:
            if error.status_code in GONE:
                device.delete()
                return
            raise PushError(f"status {error.status_code}") from None
        except requests.RequestException as error:
            raise PushError(type(error).__name__) from None
        finally:
            session.close()


def is_on() -> bool:
    """Whether this site has keys for push messages."""
    return bool(settings.PUSH_PUBLIC_KEY and settings.PUSH_PRIVATE_KEY)


def is_allowed(endpoint: str) -> bool:
    """Whether messages may be sent there: to the services of browsers alone, never into our own network."""
    return is_known_endpoint(endpoint, settings.PUSH_HOSTS) or settings.PUSH_ANYWHERE


@transaction.atomic
def subscribe_device(*, actor: User, endpoint: str, point: str, secret: str, session_key: str) -> PushDevice:
    """Let a browser take messages for a person; again is harmless. Beyond ten the oldest goes.

    Args:
        actor: who is signed in on it.
        endpoint: its address at its push service.
        point: its public key.
        secret: what it encrypts with besides.
        session_key: of the sign-in; the messages end with it.

    Raises:
        DomainError: push_off, push_unreadable, push_host_unknown.
    """
    if not is_on():
        raise DomainError(errors.PUSH_OFF)
    if not are_keys(point, secret) or not endpoint or len(endpoint) > 1_000:
        raise DomainError(errors.PUSH_UNREADABLE)
    if not is_allowed(endpoint):
        raise DomainError(errors.PUSH_HOST_UNKNOWN)
    User.objects.select_for_update().only("pk").get(pk=actor.pk)
    # A browser belongs to who signed in last: a family may share it.
    values: dict[str, Any] = {
        "user": actor,
        "endpoint": endpoint,
        "point": point,
        "secret": secret,
        "session_key": session_key,
    }
    device, _new = PushDevice.objects.update_or_create(digest=digest_of(endpoint), defaults=values)
    kept = PushDevice.objects.filter(user=actor).order_by("-created", "-pk").values_list("pk", flat=True)
    PushDevice.objects.filter(user=actor).exclude(pk__in=list(kept[:MOST_DEVICES])).delete()
    consents.agree(actor, "push")
    return device


@transaction.atomic
def unsubscribe_devices(*, actor: User, endpoint: str = "") -> int:
    """End the messages to one browser, or to all of a person. Returns to how many."""
    mine = PushDevice.objects.filter(user=actor)
    if endpoint:
        mine = mine.filter(digest=digest_of(endpoint))
    many, _by_model = mine.delete()
    if not PushDevice.objects.filter(user=actor).exists():
        consents.withdraw(actor, "push")
    return many


def digest_of(endpoint: str) -> str:
    """SHA-256 of an address, in hex."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def compose_push(key: str) -> PushMessage | None:
    """The message of a notice for a device; None when it was read, is no longer wanted or may no longer be told.

    Args:
        key: "<notice>:<device>".
    """
    number, device_id = key.split(":")
    notice = Notice.objects.select_related("event", "user").filter(pk=int(number), read=None).first()
    device = PushDevice.objects.filter(pk=int(device_id)).first()
    kind = kind_of(notice.event.kind) if notice else None
    if notice is None or device is None or kind is None or not is_on() or device.user_id != notice.user_id:
        return None
    if not _is_signed_in(device, notice.user):
        device.delete()
        return None
    if not choices_of(kind, [notice.user_id])[notice.user_id].push:
        return None
    with override(notice.user.language):
        words = words_of([notice], notice.user).get(notice.pk)
        if words is None:
            return None
        title, sentence = (gettext("News on Rembuk"), words.outside) if words.outside else (words.title, words.sentence)
    body = {
        "title": title[:120],
        "body": sentence[:240],
        "url": reverse("notices_open", args=[notice.pk]),
        "tag": f"kabar-{notice.pk}",
    }
    return PushMessage(device, json.dumps(body, ensure_ascii=False))


def _is_signed_in(device: PushDevice, person: User) -> bool:
    """Whether the sign-in of the device still holds: not signed out, there or from elsewhere, nor run out."""
    session = SessionStore(device.session_key).load()
    held = session.get(HASH_SESSION_KEY, "")
    return person.is_active and constant_time_compare(held, person.get_session_auth_hash())
