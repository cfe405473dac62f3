"""What pages read about how somebody signs in."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from security.models import Device, Phone

# How much of the seal of a session is kept: enough to tell an ended one.
MARK = 16
Type = Authenticator.Type


@dataclass
class Factors:
    """The second steps of an account."""

    app: Authenticator | None = None
    passkeys: list[Authenticator] = field(default_factory=list)
    codes: Authenticator | None = None

    @property
    def any(self) -> bool:
        """Whether one is set up."""
        return bool(self.app or self.passkeys)

    @property
    def codes_left(self) -> int:
        """Recovery codes that were not used yet."""
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0


def factors_of(user: User) -> Factors:
    """What is set up; one query."""
    found = Factors()
    for factor in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        if factor.type == Type.WEBAUTHN:
            found.passkeys.append(factor)
        elif factor.type == Type.TOTP:
            found.app = factor
        else:
            found.codes = factor
    return found


def has_factor(user: User) -> bool:
    """Whether a second step is set up."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=Type.RECOVERY_CODES).exists())


def connected_to(user: User) -> list[SocialAccount]:
    """Accounts elsewhere with which somebody signs in."""
    return list(SocialAccount.objects.filter(user=user).order_by("pk"))


def phone_of(user: User) -> Phone | None:
    """The confirmed number."""
    return Phone.objects.filter(user=user).first()


def session_store() -> type[Any]:
    """Where sessions are kept."""
    store: type[Any] = import_module(settings.SESSION_ENGINE).SessionStore
    return store


def mark_of(user: User) -> str:
    """What the sessions of this person are signed with now, short."""
    return str(user.get_session_auth_hash())[:MARK]


def devices_of(request: HttpRequest, user: User) -> list[Device]:
    """Where somebody is signed in, this device first, then the newest; `here` is set on this one."""
    rows = Device.objects.filter(user=user, mark=mark_of(user)).signed_in().order_by("-last_seen", "-pk")
    here = request.session.session_key
    found = sorted(rows, key=lambda row: row.session_key != here)
    for row in found:
        vars(row)["here"] = row.session_key == here
    return found
