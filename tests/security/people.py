"""People who sign in with what they have set up."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ENTER, CODE, STEP, SECURITY = "/akun/masuk/", "/akun/masuk/kode/", "/akun/masuk/langkah-kedua/", "/akun/keamanan/"


def newest_code() -> str:
    """The six digits of the newest mail that has some."""
    for message in reversed(mail.outbox):
        if found := re.search(r"(?m)^ *([0-9]{6})$", message.body):
            return found[1]
    raise AssertionError("no code was mailed")


def enter(client: Client, user: User) -> Any:
    """Sign in by the code from the mail; the answer of the last step."""
    client.post(ENTER, {"email": user.email})
    return client.post(CODE, {"code": newest_code()})


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


def give_app(user: User) -> Authenticator:
    """An app that shows codes, with recovery codes."""
    RecoveryCodes.activate(user)
    return TOTP.activate(user, SECRET).instance


def app_code(secret: str = SECRET, later: int = 0) -> str:
    """What the app shows now, or some periods later."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + later))


def recovery_codes(user: User) -> list[str]:
    """Those that are not used yet."""
    return list(Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes())


def prove(client: Client, user: User) -> None:
    """As after the code that somebody has just typed."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
