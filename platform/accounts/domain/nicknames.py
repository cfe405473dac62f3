"""Public nicknames: what people may call themselves, and the friendly one that everybody starts with."""

from __future__ import annotations

import random
import re
import unicodedata
from enum import StrEnum
from itertools import pairwise

from accounts.domain.lookalikes import look, mixes_scripts
from accounts.domain.offensive import is_offensive

SHORTEST, LONGEST = 3, 40
_ALLOWED = re.compile(r"[^\W_]+(?:[ .'’\-][^\W_]+)*\.?")
# Folded words that make a nickname sound like an office or like the site itself.
_OFFICIAL = frozenset(
    """
    admin administrator asn bappeda biro bupati camat dinas dki dlh dprd fasilitator gubernur humas inspektorat
    jakartasatu kabag kabid kadis kantor kasi kasie kasubag kasudin kecamatan kelurahan kepala ketua lurah menteri
    moderator official operator opd pejabat pemda pemerintah pemkot pemprov pendamping petugas polisi polres polsek
    pppk presiden rembuk resmi root satpol seksi sekda sekdes sekretariat sekretaris skpd staf staff sudin suku
    sysadmin upt uptd walikota wagub
    """.split()  # noqa: SIM905  a list of single quoted words could not be read
)
# Two words that are harmless apart.
_OFFICIAL_PAIRS = frozenset(
    {"wali kota", "wakil gubernur", "pak rt", "bu rt", "pak rw", "bu rw", "ketua rt", "ketua rw"}
)
_LOOKALIKES = str.maketrans("0134578@$", "oieastbas")
FLOWERS = (
    *("Melati", "Mawar", "Anggrek", "Kenanga", "Kamboja", "Cempaka", "Teratai", "Flamboyan", "Bugenvil", "Seroja"),
    *("Dahlia", "Soka", "Tanjung", "Kemuning", "Sedap Malam", "Nusa Indah", "Asoka", "Wijaya", "Kantil", "Lavender"),
)


class NicknameProblem(StrEnum):
    """Why a nickname is refused."""

    SHORT = "nickname_short"
    LONG = "nickname_long"
    CHARACTERS = "nickname_characters"
    SCRIPTS = "nickname_scripts"
    OFFICIAL = "nickname_official"
    OFFENSIVE = "nickname_offensive"


def tidy(text: str) -> str:
    """One spelling of what looks the same: NFKC, single spaces, no invisible characters.

    Args:
        text: as typed.

    Returns:
        The nickname as it is stored.
    """
    kept = (char if not char.isspace() else " " for char in unicodedata.normalize("NFKC", text))
    visible = "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return " ".join(visible.split())


def problem(nickname: str) -> NicknameProblem | None:
    """What is wrong with a tidied nickname; None when it may be used.

    Letters and digits of one script, with single spaces, dots, hyphens or apostrophes between them.
    Words that sound like an office are refused, because people would take the owner for one; so are letters
    of another alphabet among Latin ones, by which "Budi" could be copied, and words that insult.
    """
    if len(nickname) > LONGEST:
        return NicknameProblem.LONG
    # Before the length: whoever wrote three signs would be told to write more of them.
    if nickname and not _ALLOWED.fullmatch(nickname):
        return NicknameProblem.CHARACTERS
    if len(nickname) < SHORTEST:
        return NicknameProblem.SHORT
    if mixes_scripts(nickname):
        return NicknameProblem.SCRIPTS
    if _sounds_official(nickname):
        return NicknameProblem.OFFICIAL
    return NicknameProblem.OFFENSIVE if any(map(is_offensive, _readings(nickname))) else None


def _readings(nickname: str) -> list[list[str]]:
    """The words of a nickname as they are written, as they look, and with digits read as letters."""
    plain = unicodedata.normalize("NFKD", nickname.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    written, seen = (re.split(r"[^\w]+", text) for text in (plain, look(nickname)))
    # A number alone is a number: nobody reads 455 as a word.
    return [written, seen, [word if word.isdigit() else word.translate(_LOOKALIKES) for word in written]]


def _sounds_official(nickname: str) -> bool:
    for words in _readings(nickname):
        pairs = {" ".join(pair) for pair in pairwise(words)}
        glued = "".join(words)
        if _OFFICIAL & {*words, glued, *(word.rstrip("0123456789") for word in words)} or _OFFICIAL_PAIRS & pairs:
            return True
        # "K a s i", "k.a.s.i": single letters spell a word.
        if all(len(word) <= 1 for word in words) and any(glued.startswith(word) for word in _OFFICIAL):
            return True
    return False


def suggest(seed: int) -> str:
    """A friendly nickname: "Warga Melati 482".

    Args:
        seed: any number; the same one gives the same nickname.
    """
    # A nickname is not a secret, so a plain generator will do.
    chance = random.Random(seed)  # noqa: S311
    return f"Warga {chance.choice(FLOWERS)} {chance.randint(100, 9999)}"
