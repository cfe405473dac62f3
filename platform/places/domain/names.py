"""How people write the name of a kelurahan: folding, old spellings, abbreviations, one slip.

The search key of a region and what somebody types meet in the middle: the key holds the official
words, their common form and both run together ("jati padang jatipadang"); a typed text is tried in
several readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_TYPED = 80
LEVEL_WORDS = frozenset({"kelurahan", "kel", "kecamatan", "kec"})
ABBREVIATIONS = {
    short: word
    for word, shorts in {
        "bendungan": "bdg bend",
        "barat": "brt",
        "cempaka": "cmp cemp",
        "cipinang": "cip cpn",
        "dua": "2 ii",
        "gunung": "gn gng",
        "jakarta": "jkt",
        "jati": "jt",
        "jembatan": "jbt jemb",
        "kali": "kl",
        "kampung": "kp kpg kmp",
        "karang": "kr krg",
        "kebayoran": "kby kbyrn",
        "kebon": "kb kbn",
        "lima": "5",
        "mangga": "mgg",
        "pasar": "ps psr",
        "pondok": "pd pdk",
        "pulo": "pl plo",
        "pusat": "pst",
        "rawa": "rw",
        "selatan": "sel slt",
        "tanjung": "tj tg tjg tnjg",
        "teluk": "tlk",
        "tiga": "3 iii",
        "timur": "tim tmr",
        "utara": "ut utr",
    }.items()
    for short in shorts.split()
}
SAME = {
    "durian": "duren",
    "hutan": "utan",
    "kampong": "kampung",
    "kebun": "kebon",
    "kedawung": "kedaung",
    "kuitang": "kwitang",
    "meester": "mester",
    "mulya": "mulia",
    "penjagalan": "pejagalan",
    "pulau": "pulo",
    "sareal": "sereal",
    "tanjong": "tanjung",
}
KOTA_NICKNAMES = {
    "jakarta pusat": "jakpus",
    "jakarta utara": "jakut",
    "jakarta barat": "jakbar",
    "jakarta selatan": "jaksel",
    "jakarta timur": "jaktim",
}


def plain(text: str) -> str:
    """Lower case without accents, apostrophes and punctuation; single spaces."""
    bare = unicodedata.normalize("NFKD", text[:MAX_TYPED]).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter) and letter not in "'’`")
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def folded(text: str) -> str:
    """The words of a name, without "Kelurahan", "Kec." and a number of RT or RW."""
    words = re.sub(r"\b(?:rt|rw)[ /]*[0-9]+(?: [0-9]+)?\b", " ", plain(text)).split()
    # "kel" alone may be the beginning of Kelapa Dua.
    return " ".join([word for word in words if word not in LEVEL_WORDS] or words)


def common(words: str) -> str:
    """A folded name in the form that its spellings share: kebun -> kebon, keramat -> kramat, rr -> r."""
    return " ".join(_common_word(word) for word in words.split())


def _common_word(word: str) -> str:
    word = re.sub(r"^([kgsp])e([rl])(?=[aeiou])", r"\1\2", SAME.get(word, word))
    return re.sub(r"([a-z])\1", r"\1", word)


def modern(words: str) -> str:
    """Spelling before 1972 made modern: Tjempaka -> cempaka, Djati -> jati, Goenoeng -> gunung."""
    return words.replace("oe", "u").replace("dj", "j").replace("tj", "c")


def search_key(name: str, within: Iterable[str] = ()) -> str:
    """What a search looks through: the whole name run together, its words, the regions around it.

    Args:
        name: short official name, e.g. "Jati Padang".
        within: short names of the regions that it lies in, e.g. ("Pasar Minggu", "Jakarta Selatan").

    Returns:
        Three parts, a space before each word:
        " jatipadang | jati padang | pasar minggu jakarta selatan jaksel ".
    """
    whole = plain(name)
    around = [plain(region) for region in within]
    around += [KOTA_NICKNAMES.get(region, joined(region)) for region in around if " " in region]
    parts = ([joined(whole), joined(common(whole))], [whole, common(whole)], around)
    return f" {' | '.join(' '.join(_unique(part)) for part in parts)} "


def joined(words: str) -> str:
    """The words run together: "jati pulo" -> "jatipulo"."""
    return words.replace(" ", "")


def readings(typed: str) -> list[str]:
    """How a typed text may be meant, likeliest first: as it stands, written out, modern, common.

    Args:
        typed: whatever was typed; only the first 80 characters are read.

    Returns:
        Folded texts without repetition; empty when nothing is left to look for.
    """
    words = folded(typed)
    long = " ".join(ABBREVIATIONS.get(word, word) for word in words.split())
    texts = [words, long, modern(words), modern(long), common(long), common(modern(long))]
    return [text for text in _unique(texts) if text]


def matches(key: str, text: str) -> bool:
    """Whether a search key answers one reading: it begins the whole name, or each word begins a word."""
    return f" {joined(text)}" in key or all(f" {word}" in key for word in text.split())


def closeness(key: str, texts: list[str]) -> int:
    """How well a search key answers: 0 is the name itself, 1 begins it, 2 lies in it, 3 lies around it.

    Args:
        key: from `search_key`.
        texts: from `readings`.
    """
    whole, words, _ = key.split("|")
    if any(joined(text) in whole.split() for text in texts):
        return 0
    if any(f" {joined(text)}" in whole for text in texts):
        return 1
    return 2 if any(matches(words, text) for text in texts) else 3


def one_slip_away(name: str, text: str) -> bool:
    """Whether a typed text is the name, or begins it, but for one letter wrong, missing, extra or swapped.

    Args:
        name: short official name.
        text: one of `readings`; shorter than four letters it is never near.
    """
    target, typed = joined(common(plain(name))), joined(common(text))
    if len(typed) < 4:
        return False
    return any(_one_edit(typed, target[:length]) for length in range(len(typed) - 1, len(typed) + 2))


def _one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[1::-1] and len(rest) > 1 and rest[2:] == others[2:])
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
