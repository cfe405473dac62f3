"""Words that call a moderator. None of them hides anything by itself. The lists are our own and meant to be short."""

from __future__ import annotations

# Insults and threats, as a moderator of a neighbourhood would name them first.
HARSH = frozenset(
    """
    anjing bangsat bajingan goblok tolol bego keparat kampret jancuk jancok kontol memek ngentot brengsek babi
    lonte pelacur bencong bunuh bacok gorok perkosa idiot fuck shit bitch bastard asshole
    """.split()  # noqa: SIM905  a list of single quoted words could not be read
)
# Parties, offices that are voted for, and the words of a campaign.
POLITICAL = frozenset(
    """
    pilkada pilgub pilpres pemilu kampanye caleg cagub cawagub capres cawapres paslon coblos golkar gerindra pdip
    nasdem hanura perindo
    """.split()  # noqa: SIM905  a list of single quoted words could not be read
)
