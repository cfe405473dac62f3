"""The services of the grown set-up, seen from code that runs with and without them."""

from __future__ import annotations

import sys


def redis_errors() -> tuple[type[Exception], ...]:
    """What is raised while Redis is away; an embedded process never loads its client (4 MB)."""
    client = sys.modules.get("redis.exceptions")
    return (OSError, client.RedisError) if client else (OSError,)
