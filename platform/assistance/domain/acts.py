"""What an office does for somebody who stands before it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

# So long one person is helped before the helper says again who is there.
PRESENT_FOR = timedelta(minutes=30)
# The helper can print a ticket again for so long; afterwards the paper alone knows its code.
PRINTABLE_FOR = timedelta(hours=1)


class What(StrEnum):
    """The acts."""

    CARD = "card"
    PIN = "pin"
    REPORT = "report"
    SUPPORT = "support"


# What a ticket is printed of; a card is its own paper.
PAPERS = frozenset({What.REPORT, What.SUPPORT})
