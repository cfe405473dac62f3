"""What a free text already says: RT and RW, a category guess, a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A second number is the RW only after a stroke or the word: "RT 04 3 hari" says nothing about it.
RT_RW = re.compile(
    r"\brt\s*[.:]?\s*(?P<rt>\d{1,3})\b"
    r"(?:\s*(?:[/-]\s*(?:rw\s*[.:]?\s*)?|,?\s*rw\s*[.:]?\s*)(?P<rw>\d{1,3})\b)?",
    re.IGNORECASE,
)
RW = re.compile(r"\brw\s*[.:]?\s*(?P<rw>\d{1,3})\b", re.IGNORECASE)
TITLE_LENGTH = 80
A_WORD = 100
SHORT_FORMS = {
    "jln": "jalan", "jl": "jalan", "gg": "gang", "dpn": "depan", "blkg": "belakang", "sblh": "sebelah",
    "lmpu": "lampu", "smph": "sampah", "ga": "tidak", "gak": "tidak", "nggak": "tidak", "tdk": "tidak",
    "byk": "banyak", "krn": "karena", "yg": "yang", "dgn": "dengan", "air2": "air", "pju": "lampu",
}  # fmt: skip


@dataclass(frozen=True)
class Understood:
    """What could be read from a text; empty where it does not say.

    Args:
        rt: three digits, "004".
        rw: two digits, "06".
        categories: slugs, best first.
        title: the first sentence, at most 80 characters.
    """

    rt: str
    rw: str
    categories: tuple[str, ...]
    title: str


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, short forms written out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(SHORT_FORMS.get(word, word) for word in words)


def rt_number(text: str) -> str:
    """ "4" -> "004"; empty stays empty."""
    return text.zfill(3) if text else ""


def rw_number(text: str) -> str:
    """ "6" -> "06"; "006" -> "06"; empty stays empty."""
    return text.lstrip("0").zfill(2) if text else ""


def guess(text: str, keywords: Mapping[str, Sequence[str]], *, limit: int = 3) -> tuple[str, ...]:
    """Categories whose everyday words stand in the text.

    Args:
        text: what the citizen wrote.
        keywords: by category slug, folded words or short phrases ("mampet", "lampu mati").
        limit: how many at the most.

    Returns:
        Slugs, those of the most words first, then of the longest; ties in the mapping's order.
    """
    folded = f" {fold(text)} "
    scores: dict[str, int] = {}
    for slug, words in keywords.items():
        # One long phrase weighs no more than one word: "got mampet, air masuk rumah" is about the drain.
        score = sum(A_WORD + len(word) for word in words if word and f" {word}" in folded)
        if score:
            scores[slug] = score
    return tuple(sorted(scores, key=lambda slug: -scores[slug])[:limit])


def title_of(text: str) -> str:
    """A title from a text: its first sentence, cut at a word, at most 80 characters."""
    first = re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= TITLE_LENGTH:
        return first[:1].upper() + first[1:]
    cut = first[: TITLE_LENGTH - 1].rsplit(" ", 1)[0]
    return cut[:1].upper() + cut[1:] + "…"


def understand(text: str, keywords: Mapping[str, Sequence[str]]) -> Understood:
    """Read a free text from the home page ("got mampet di RT 004/06, air naik ke teras")."""
    both = RT_RW.search(text)
    alone = RW.search(text)
    rt = both["rt"] if both else ""
    rw = (both["rw"] if both else None) or (alone["rw"] if alone else "")
    return Understood(rt=rt_number(rt), rw=rw_number(rw), categories=guess(text, keywords), title=title_of(text))
