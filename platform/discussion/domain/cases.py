"""What moderators decide, and who of them may: docs/methods/moderation.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from discussion.domain.trust import Why


class Decision(StrEnum):
    """What a case ends with."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class Reason(StrEnum):
    """Why something is hidden; the public log knows the code alone."""

    THREAT = "threat"
    HATE = "hate"
    INSULT = "insult"
    PRIVATE = "private"
    FALSE = "false"
    ADVERTISING = "advertising"
    REPEATED = "repeated"
    OFF_TOPIC = "off_topic"
    UNLAWFUL = "unlawful"


# Somebody may be in danger: looked at first.
URGENT = frozenset({Reason.THREAT, Reason.PRIVATE, Reason.HATE})
APPEAL_TIME = timedelta(days=14)
CLAIM_TIME = timedelta(minutes=10)
# So many flags within so short a time, or out of one kelurahan alone, look arranged.
BRIGADE_FLAGS = 3
BRIGADE_TIME = timedelta(minutes=1)


@dataclass(frozen=True)
class Flagged:
    """One flag.

    Args:
        at: when.
        reason: what for.
        kelurahan: code of where the person is verified; "" for others.
    """

    at: datetime
    reason: Reason
    kelurahan: str = ""


def priority(why: Sequence[Why], flags: Sequence[Flagged]) -> int:
    """How soon a case is looked at: the larger, the sooner. Flags raise it and never hide by themselves.

    Arranged ones count as one, so that nobody gets to the front by calling friends.
    """
    counted = 1 if is_brigade(flags) else len(flags)
    urgent = any(flag.reason in URGENT for flag in flags)
    waits = any(one not in (Why.FLAGS, Why.APPEAL) for one in why)
    return 10 * counted + 25 * urgent + 15 * waits + 20 * (Why.APPEAL in why) + 5 * (Why.WORDS in why)


def is_brigade(flags: Sequence[Flagged]) -> bool:
    """Whether flags look arranged: three within a minute, or at least three, all out of one kelurahan."""
    moments = sorted(flag.at for flag in flags)
    close = any(
        later - first <= BRIGADE_TIME for first, later in zip(moments, moments[BRIGADE_FLAGS - 1 :], strict=False)
    )
    homes = {flag.kelurahan for flag in flags}
    return close or (len(flags) >= BRIGADE_FLAGS and len(homes) == 1 and "" not in homes)


def outcome(first: Decision | None, second: Decision, *, needs_two: bool) -> Decision | None:
    """What two moderators make of it; None while a second one is needed.

    Political content is hidden only when two say so; where they differ, it is shown.

    Args:
        first: of the moderator before, None when there was none.
        second: of the one who decides now.
        needs_two: whether two decide.
    """
    if not needs_two or second is Decision.SHOWN:
        return second
    if first is None:
        return None
    return second if first == second else Decision.SHOWN


@dataclass(frozen=True)
class Judge:
    """A moderator, as a case sees them.

    Args:
        pk: of the account.
        units: keys of the agencies whose offices they hold.
    """

    pk: int
    units: frozenset[int]


@dataclass(frozen=True)
class Concerned:
    """Whom a case concerns.

    Args:
        authors: of the comment, and of what it answers.
        units: of the office in whose name it was written, and of the one that has the item.
        flagged_by: who flagged it.
        decided_by: moderators who had a part in what is appealed, or gave the first of two decisions.
    """

    authors: frozenset[int]
    units: frozenset[int]
    flagged_by: frozenset[int]
    decided_by: frozenset[int]


def may_judge(judge: Judge, case: Concerned) -> bool:
    """Nobody judges about themselves, their own office, what they flagged, or twice."""
    return judge.pk not in case.authors | case.flagged_by | case.decided_by and case.units.isdisjoint(judge.units)
