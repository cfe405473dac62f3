"""Whether a comment is shown at once or first read by a moderator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from discussion.domain.texts import contains, has_link
from discussion.domain.words import HARSH, POLITICAL

# What makes somebody known: days since joining and comments that stayed.
KNOWN_DAYS = 3
KNOWN_COMMENTS = 3
# A verified resident is known after the first one.
KNOWN_RESIDENT_COMMENTS = 1
BURST_COMMENTS, BURST_TIME = 5, timedelta(minutes=5)
DUPLICATE_TIME = timedelta(days=1)


class Trust(IntEnum):
    """How well a writer is known."""

    NEW = 0
    KNOWN = 1


class Why(StrEnum):
    """Why a moderator reads something."""

    NEW_WRITER = "new_writer"
    LINK = "link"
    WORDS = "words"
    BURST = "burst"
    DUPLICATE = "duplicate"
    FLAGS = "flags"
    APPEAL = "appeal"


@dataclass(frozen=True)
class Writer:
    """What is known of who writes.

    Args:
        joined: when the account was made.
        stayed: how many of their newest comments are public.
        is_resident: verified, anywhere in the city.
        lately: comments within the time of a burst.
        said_it_before: the same text within a day.
    """

    joined: datetime
    stayed: int
    is_resident: bool
    lately: int
    said_it_before: bool


def is_known_by_record(stayed: int, joined: datetime, now: datetime) -> bool:
    """Whether comments that stayed and time are enough, whoever it is."""
    return stayed >= KNOWN_COMMENTS and now - joined >= timedelta(days=KNOWN_DAYS)


def trust(writer: Writer, now: datetime) -> Trust:
    """How well a writer is known now."""
    is_known = is_known_by_record(writer.stayed, writer.joined, now)
    vouched_for = writer.is_resident and writer.stayed >= KNOWN_RESIDENT_COMMENTS
    return Trust.KNOWN if is_known or vouched_for else Trust.NEW


def waits_for(writer: Writer, text: str, now: datetime) -> tuple[Why, ...]:
    """Why a comment is read by a moderator before it is shown; none: it is shown at once.

    The names of parties and candidates alone hold nothing up; they only call a second moderator where
    something is decided (is_political).
    """
    level = trust(writer, now)
    found = {
        Why.NEW_WRITER: level is Trust.NEW,
        Why.LINK: level is Trust.NEW and has_link(text),
        Why.WORDS: is_harsh(text),
        Why.BURST: writer.lately >= BURST_COMMENTS,
        Why.DUPLICATE: writer.said_it_before,
    }
    return tuple(why for why, holds in found.items() if holds)


def is_harsh(text: str) -> bool:
    """Whether a word of the short list is said."""
    return contains(text, HARSH)


def is_political(text: str) -> bool:
    """Whether two moderators decide, because parties or candidates are spoken of."""
    return contains(text, POLITICAL)
