"""Cards and tickets as PDF, in memory: nothing of them is ever written to a disk."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import category

import segno
from django.utils.translation import get_language

# Turns of direction and other letters without a shape, surrogates, letters of nobody.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
LONG_WORD = re.compile(r"[^\s/-]{18}(?=[^\s/-])")
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
        typed: the same way for whoever types it, without what browsers add themselves.
        foot: who gave it, when, and where to ask.
    """

    kicker: str
    title: str
    facts: tuple[Fact, ...]
    steps: tuple[str, ...]
    address: str
    typed: str
    foot: str


def draw(paper: Paper) -> bytes:
    """The paper as PDF, in the language that is active now. What people wrote in it stays text."""
    # Seven megabytes that only a process needs which has printed something.
    import typst

    picture = BytesIO()
    segno.make(paper.address, error="m").save(picture, kind="svg", border=1, dark="#000", light="#fff")
    data = _printable(asdict(paper)) | {
        # As they are: copied out of the paper they must still lead there.
        "address": paper.address,
        "typed": paper.typed,
        "qr": picture.getvalue().decode(),
        "lang": (get_language() or "id")[:2],
    }
    made: bytes = typst.compile(
        _source(), sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, format="pdf"
    )
    return made


def _printable(value: Any) -> Any:
    """The same with texts that fit: without pictures and hidden characters, and long words may break."""
    if isinstance(value, str):
        shown = "".join(letter for letter in value if letter <= "\uffff" and category(letter) not in HIDDEN)
        return LONG_WORD.sub("\\g<0>\u200b", shown)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()
