"""How often somebody may do a thing. Counted by the cache in one step, so that many at once are counted right.

(allauth's own counter takes a lock and refuses whoever cannot get it in a second: when a whole kampung
behind one mobile gateway sends at once, it would refuse people who are far from any limit.)
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import lru_cache

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

_RATE = re.compile(r"(\d+)/(\d*)([smhd])/(key|ip)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def allowed(request: HttpRequest, action: str, rates: str, *, key: str) -> bool:
    """Count one try and tell whether it is within the limits.

    Args:
        request: whose address counts for "ip".
        action: what is done; each is counted for itself.
        rates: "60/10m/key,600/10m/ip": at most 60 in ten minutes for the key, and 600 for the address. "" is no limit.
        key: of the device, person or thing that counts for "key".

    Raises:
        ValueError: the rates cannot be read.
    """
    # The narrow limit stands first: who is over it does not use up that of the neighbours.
    return all(
        _is_within(f"{action}:{most}:{seconds}:{key if per == 'key' else _network(request)}", most, seconds)
        for most, seconds, per in _read(rates)
    )


@lru_cache
def _read(rates: str) -> tuple[tuple[int, int, str], ...]:
    found = []
    for rate in rates.split(",") if rates else ():
        match = _RATE.fullmatch(rate.strip())
        if match is None:
            raise ValueError(f"not a rate: {rate}")
        found.append((int(match[1]), int(match[2] or 1) * _SECONDS[match[3]], match[4]))
    return tuple(found)


def _is_within(name: str, most: int, seconds: int) -> bool:
    digest = f"limit:{hashlib.sha256(name.encode()).hexdigest()}"
    cache.add(digest, 0, timeout=seconds)
    try:
        return cache.incr(digest) <= most
    except ValueError:
        # The time was over between the two lines: a new one begins.
        return True


def _network(request: HttpRequest) -> str:
    """The address; of IPv6 the part that one household shares."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return str(ipaddress.ip_network(f"{address}/64", strict=False) if address.version == 6 else address)
