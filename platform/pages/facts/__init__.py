"""The pages that an installation starts with; all of them can be edited in the staff area."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIRST_PAGES = Path(__file__).parent / "first_pages.json"


def first_pages() -> dict[str, Any]:
    """Their fields, by their place in the tree."""
    found: dict[str, Any] = json.loads(FIRST_PAGES.read_text(encoding="utf-8"))
    return found
