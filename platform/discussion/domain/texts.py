"""What people write: brought into one form, looked through, compared."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from enum import StrEnum

from discussion.domain.kinds import LONGEST, Kind, shortest

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINK = re.compile(
    r"(?i)\b(?:https?://|www\.)\S+|\b[a-z0-9-]+\.(?:com|net|org|info|xyz|top|site|click|link|shop|bet)\b"
)
_MENTION = re.compile(r"(?<![\w@])@([^\W_][\w .'’\-]{1,40})")
_WORD = re.compile(r"[^\W_]+")
# Unassigned ones stay: they may be pictures that are newer than this Python.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
# So many letters before a text can be shouting: "PLN" and "RT" are not.
SHOUT_LETTERS = 12
SHOUT_SHARE = 0.8
# Nobody can read the answers of more people than this into one comment.
MENTIONS = 5


class Problem(StrEnum):
    """Why a text is refused."""

    EMPTY = "comment_empty"
    LONG = "comment_long"
    OBJECTION_SHORT = "objection_short"
    CAPITALS = "comment_capitals"


def tidy(text: str) -> str:
    """One form of what looks the same: NFC, plain line ends, at most one blank line, nothing invisible.

    Joiners stay, because pictures of people and some scripts are made with them; what turns the direction goes.
    """
    plain = _NEWLINES.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    kept = "".join(char for char in plain if char in "\n\u200d" or unicodedata.category(char) not in _UNSEEN)
    lines = (line.rstrip() for line in kept.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def problem(text: str, kind: Kind) -> Problem | None:
    """What is wrong with a tidied text; None when it can be taken."""
    if not any(unicodedata.category(char)[0] in "LNPS" for char in text):
        return Problem.EMPTY
    if len(text) > LONGEST:
        return Problem.LONG
    if len(text) < shortest(kind):
        return Problem.OBJECTION_SHORT if kind is Kind.OBJECTION else Problem.EMPTY
    return Problem.CAPITALS if is_shouted(text) else None


def is_shouted(text: str) -> bool:
    """Whether nearly all of a longer text is in capitals."""
    letters = [char for char in text if char.isalpha() and char.upper() != char.lower()]
    return len(letters) >= SHOUT_LETTERS and sum(map(str.isupper, letters)) >= SHOUT_SHARE * len(letters)


def has_link(text: str) -> bool:
    """Whether somebody is sent elsewhere."""
    return _LINK.search(text) is not None


def mentions(text: str) -> tuple[str, ...]:
    """What stands behind each @, up to forty characters; nicknames have spaces, so the longest known one is meant."""
    found = dict.fromkeys(match[1].strip() for match in _MENTION.finditer(text))
    return tuple(found)[:MENTIONS]


def mark(text: str) -> str:
    """A digest that two texts share when they say the same with other capitals, spaces or signs."""
    return hashlib.sha256(" ".join(_words(text)).encode()).hexdigest()[:32]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """Letters as a reader hears them: small, without accents, digits that stand for letters turned back."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(_LOOKALIKES)


_LOOKALIKES = str.maketrans("013457@$", "oieastas")


def contains(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words is said, also with letters drawn out or set apart ("g o b l o k", "gobloook")."""
    found = _words(text)
    spelled = "".join(word if len(word) == 1 else f" {word} " for word in found).split()
    heard = {_short(word) for word in (*found, *spelled)}
    return not heard.isdisjoint({_short(word) for word in words})


def _short(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)
