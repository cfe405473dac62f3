"""Which addresses a push message may be sent to. They come from browsers, so from anybody."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from urllib.parse import urlsplit

LONGEST = 1_000
# An uncompressed point of P-256, and the secret that goes with it (RFC 8291).
POINT_BYTES, SECRET_BYTES = 65, 16


def is_known_endpoint(address: str, hosts: Iterable[str]) -> bool:
    """Whether the address is https, without port or password, at one of the hosts.

    Args:
        address: as the browser gave it.
        hosts: "fcm.googleapis.com"; ".push.apple.com" for everything below it.
    """
    if len(address) > LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc or "\\" in address:
        return False
    return any(host == known or (known.startswith(".") and host.endswith(known)) for known in hosts)


def are_keys(point: str, secret: str) -> bool:
    """Whether these are a browser's public key and secret, in the alphabet of addresses."""
    first = _bytes(point)
    return len(first) == POINT_BYTES and first[0] == 4 and len(_bytes(secret)) == SECRET_BYTES


def _bytes(text: str) -> bytes:
    if len(text) > 200:
        return b""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
