"""How large tests are that could be larger: small in every run, whole by `make chaos`."""

from __future__ import annotations

import os

FULL = os.environ.get("FULL_SIZE") == "1"


def sized(usual: int, full: int) -> int:
    """How many of something this run takes."""
    return full if FULL else usual
