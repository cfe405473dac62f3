"""Names that look the same: one skeleton for all of them, and alphabets that do not go together.

After Unicode Technical Standard 39 (confusable skeletons, script restrictions), cut down to what a nickname may
hold. Letters that merely sound alike stay apart: Arni is not Ami.
"""

from __future__ import annotations

import re
import unicodedata

_LATIN = re.compile(
    r"LATIN (?:SMALL LETTER|CAPITAL LETTER|LETTER SMALL CAPITAL) (?:DOTLESS |SCRIPT )?([A-Z])(?: WITH .*)?"
)
# As they look in capitals, then as they look small; read together with the Latin letters below.
_CAPITALS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧIАᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᏚᎢᏙᎳᏃ",
    "abesljkmhopctyxygqwabezhlkmnoptyxlaabcdehjklmpstvwz",
)
_SMALL = str.maketrans("авегкмнорстухіјѕԁһӏѵԛԝүαβγεηικμνορτυχω01", "abegkmhopctyxljsdhlvqwyabyenlkmvoptyxwol")
# Scripts in which one name is rightly written together.
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)


def look(text: str) -> str:
    """How a text looks, in small Latin letters where it can be read as such; spaces and dots stay."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "".join(_letter(char) for char in plain.translate(_CAPITALS)).translate(_SMALL)


def skeleton(nickname: str) -> str:
    """What two nicknames share that a reader would take for one: "Budi", "B.udi" and "Вudi" have the same.

    Args:
        nickname: tidied.

    Returns:
        Letters and digits only; never longer than 160 characters.
    """
    found = "".join(char for char in look(nickname) if char.isalnum())
    return (found or nickname)[:160]


def mixes_scripts(nickname: str) -> bool:
    """Whether letters of alphabets stand together that no name is written in, as in "Вudi" with a Cyrillic В."""
    scripts = {_script(char) for char in nickname if char.isalpha()}
    return len(scripts) > 1 and not any(scripts <= family for family in _TOGETHER)


def _script(letter: str) -> str:
    # "KATAKANA-HIRAGANA PROLONGED SOUND MARK", "CJK UNIFIED IDEOGRAPH-685C"
    return re.split(r"[ -]", unicodedata.name(letter, "UNKNOWN"))[0]


def _letter(char: str) -> str:
    small = char.casefold()
    if small.isascii():
        return small
    latin = _LATIN.fullmatch(unicodedata.name(char, ""))
    return latin[1].lower() if latin else small
