"""Second factors as Rembuk wants them: the hooks that allauth.mfa offers."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are encrypted in the database; whoever gets hold of a copy of it makes no codes from them."""

    def encrypt(self, text: str) -> str:
        """Encrypt with a key made of SECRET_KEY."""
        from cryptography.fernet import Fernet

        return Fernet(_keys()[0]).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read what one of SECRET_KEY and SECRET_KEY_FALLBACKS has written.

        What no key opens becomes a secret that nobody knows, so that no code fits: a way in by e-mail and
        another second step are still there.
        """
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet

        try:
            return MultiFernet([Fernet(key) for key in _keys()]).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        """As the app on the phone shows it."""
        return "Rembuk"

    def get_totp_label(self, user: Any) -> str:
        """The address, or the nickname of who has none."""
        return str(user.email or user.nickname)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the name under which the site is open."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Rembuk"}


def _keys() -> list[bytes]:
    return [
        base64.urlsafe_b64encode(hashlib.sha256(b"security.second_factor:" + key.encode()).digest())
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
