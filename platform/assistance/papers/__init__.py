"""Cards and tickets as PDF, in memory: nothing of them is ever written to a disk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django.utils.translation import get_language

SOURCE = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True)
class Fact:
    """One line of a paper; what is large is read out or typed off."""

    label: str
    value: str
    large: bool = False


@dataclass(frozen=True)
class Paper:
    """What stands on a slip of A6 width.

    Args:
        kicker: the small line above the title.
        title: what it is.
        facts: what it says, most important first.
        steps: what can be done with it, in plain sentences beside the picture.
        address: what the picture leads to.
        foot: who gave it, when, and where to ask.
    """

    kicker: str
    title: str
    facts: tuple[Fact, ...]
    steps: tuple[str, ...]
    address: str
    foot: str


def draw(paper: Paper) -> bytes:
    """The paper as PDF, in the language that is active now. What people wrote in it stays text."""
    # Seven megabytes that only a process needs which has printed something.
    import typst

    picture = BytesIO()
    segno.make(paper.address, error="m").save(picture, kind="svg", border=1, dark="#000", light="#fff")
    data = asdict(paper) | {"qr": picture.getvalue().decode(), "lang": (get_language() or "id")[:2]}
    made: bytes = typst.compile(
        _source(), sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, format="pdf"
    )
    return made


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()
