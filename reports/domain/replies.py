"""Reply templates: a start, never an answer. What must be filled in stands in [brackets]."""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = re.compile(r"\[[^\[\]\n]{1,200}\]")


def gaps(text: str) -> list[str]:
    """What is still to be filled in, as it stands in the text: ["[jam]"]."""
    return GAP.findall(text)


def is_unchanged(text: str, templates: Iterable[str]) -> bool:
    """Whether a text is a template as it came, or still has gaps.

    Args:
        text: what is about to be sent.
        templates: the texts that it may have started from.
    """
    own = " ".join(text.split())
    return bool(gaps(text)) or (bool(own) and any(own == " ".join(template.split()) for template in templates))
