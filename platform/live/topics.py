"""Every topic that can be watched, in one place. A topic says that something changed, never what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

# An officer of more units than this hears of the others when the page is next loaded.
TOGETHER_AT_MOST = 10
PATTERN = re.compile(r"^(?P<kind>[a-z]{1,20})-(?P<key>[A-Za-z0-9]{1,40})$")


def report(number: str) -> str:
    """The page of one report, by its public number."""
    return f"report-{number}"


def desk(agency_id: int) -> str:
    """The queue of one unit."""
    return f"desk-{agency_id}"


def talk(content_type_id: int, object_id: int) -> str:
    """The discussion of one item."""
    return f"talk-{content_type_id}x{object_id}"


def inbox(account_id: int) -> str:
    """The notices of one person."""
    return f"inbox-{account_id}"


def together(topics: Iterable[str]) -> str:
    """Several topics for one socket; those beyond the bound are left out."""
    return ",".join(islice(topics, TOGETHER_AT_MOST))


def apart(text: str) -> list[str] | None:
    """The topics that one socket asks for, each once; None when they are too many."""
    found = list(dict.fromkeys(text.split(",")))
    return found if len(found) <= TOGETHER_AT_MOST else None


def parse(topic: str) -> tuple[str, str] | None:
    """Kind and key of a topic; None when it is not one."""
    match = PATTERN.match(topic)
    return (match["kind"], match["key"]) if match else None
