"""The keyed fingerprint of a NIK: tells whether a number was seen before, and cannot be turned back.

A NIK has few unknown digits, so a plain hash could be tried out in minutes. The key (pepper) lives in
the environment, never in the database. Keys are changed by wrapping: the fingerprint under keys 1..n is
HMAC(key n, ... HMAC(key 1, NIK)), so what is stored under n - 1 becomes n without the number.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

SHORTEST_PEPPER = 32  # bytes


def fingerprints(digits: str, peppers: Sequence[bytes]) -> tuple[str, ...]:
    """The fingerprints of a number under every version of the key.

    Args:
        digits: the sixteen digits.
        peppers: keys, oldest first; at least one, each of at least 32 bytes.

    Returns:
        64 hexadecimal digits for each version, oldest first; the last one is stored.

    Raises:
        ValueError: no key, or one that is too short.
    """
    if not peppers or any(len(pepper) < SHORTEST_PEPPER for pepper in peppers):
        raise ValueError(f"a pepper of at least {SHORTEST_PEPPER} bytes is needed")
    versions = [_keyed(peppers[0], digits.encode())]
    for pepper in peppers[1:]:
        versions.append(wrap(versions[-1], pepper))
    return tuple(versions)


def wrap(fingerprint: str, pepper: bytes) -> str:
    """What is stored under one key, brought under the next one."""
    return _keyed(pepper, bytes.fromhex(fingerprint))


def _keyed(pepper: bytes, message: bytes) -> str:
    return hmac.new(pepper, message, hashlib.sha256).hexdigest()
