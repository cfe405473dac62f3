"""Is this photo a proof? Four questions; a hit goes to a second person and never blocks in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FAR_METRES = 100.0


class Doubt(StrEnum):
    """Why a second person looks at a proof."""

    SEEN_BEFORE = "seen_before"
    LIKE_BEFORE_PHOTO = "like_before_photo"
    FAR_AWAY = "far_away"
    TOO_EARLY = "too_early"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Proof:
    """What is known of one "after" photo.

    Args:
        seen_elsewhere: an equal or nearly equal photo was used for something else within a year.
        like_before: it is nearly equal to a photo of the damage.
        metres_away: distance from the report's place; None when the photo tells no position.
        taken: when the camera took it; None when it does not tell.
        readable: whether a picture could be made of it at all.
    """

    seen_elsewhere: bool
    like_before: bool
    metres_away: float | None
    taken: datetime | None
    readable: bool = True


def doubts(proofs: Sequence[Proof], validated: datetime | None) -> tuple[Doubt, ...]:
    """Every doubt about the photos of a completion, in a fixed order.

    Args:
        proofs: one for each "after" photo.
        validated: when the report was found to be true; a photo from before cannot show the work.

    Returns:
        Empty when nothing speaks against them.
    """
    found = {
        Doubt.SEEN_BEFORE: any(proof.seen_elsewhere for proof in proofs),
        Doubt.LIKE_BEFORE_PHOTO: any(proof.like_before for proof in proofs),
        Doubt.FAR_AWAY: any(proof.metres_away is not None and proof.metres_away > FAR_METRES for proof in proofs),
        Doubt.UNREADABLE: not all(proof.readable for proof in proofs),
        Doubt.TOO_EARLY: any(
            proof.taken is not None and validated is not None and proof.taken < validated for proof in proofs
        ),
    }
    return tuple(doubt for doubt, hit in found.items() if hit)
