"""Words that nobody should have to read beside a neighbour's report. Short on purpose: people flag the rest.

Whole words, so that Asuransi, Babirusa, Bajing and Perekat stay; the stems are in no innocent word.
"""

from __future__ import annotations

import re

WORDS = frozenset(
    """
    anjing anjeng anjir asu babi bajingan banci bangsat bego bencong bejat bokep brengsek budek celeng dajjal
    dancuk dongo ewe goblog goblok idiot itil jablay jancok jancuk kampret keparat
    kimak kunyuk lonte matamu memek monyet munafik pantek pantat pelacur peler pepek perek setan sialan sinting sundal
    taik telek tempik tetek titit tolol toket udik
    arse arsehole ass bastard bitch bollocks crap cunt dildo fag hitler moron nazi nude
    penis piss porn porno prick pussy rape rapist retard sex shit slut spic tit tits twat vagina
    wank wanker whore
    """.split()  # noqa: SIM905  a list of single quoted words could not be read
)
STEMS = (
    "kontol",
    "jembut",
    "ngentot",
    "ngewe",
    "bangsat",
    "fuck",
    "nigger",
    "nigga",
    "faggot",
    "asshole",
    "motherf",
)


def is_offensive(words: list[str]) -> bool:
    """Whether one of the words, or all of them read together, is among those that we do not print.

    Args:
        words: folded to small Latin letters, digits that stand for letters replaced.
    """
    glued = "".join(words)
    short = [_drawn_together(word) for word in words]
    if WORDS & {*words, *short} or (len(words) > 1 and all(len(word) <= 1 for word in words) and glued in WORDS):
        return True
    return any(stem in text for text in (glued, _drawn_together(glued)) for stem in STEMS)


def _drawn_together(text: str) -> str:
    """ "anjiiing" is "anjing"."""
    return re.sub(r"(.)\1+", r"\1", text)
