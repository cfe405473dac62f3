"""The names of the icons that can be drawn."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent / "static/design/icons.svg"


@cache
def icons() -> frozenset[str]:
    """Every name for `<c-icon name="...">`: the symbols of the sprite."""
    return frozenset(re.findall(r'<symbol[^>]*\bid="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))
