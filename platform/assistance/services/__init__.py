"""What desks do for people who stand before them."""

from __future__ import annotations

from assistance.services.acts import Helping, claim, helping, remember
from assistance.services.cards import change_pin, end_card, is_pin, new_pin, open_with_card, owner_of

__all__ = [
    "Helping",
    "change_pin",
    "claim",
    "end_card",
    "helping",
    "is_pin",
    "new_pin",
    "open_with_card",
    "owner_of",
    "remember",
]
