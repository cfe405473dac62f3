"""Every topic that can be watched, in one place. A topic says that something changed, never what."""

from __future__ import annotations

import re

PATTERN = re.compile(r"^(?P<kind>[a-z]{1,20})-(?P<key>[A-Za-z0-9]{1,40})$")


def report(number: str) -> str:
    """The page of one report, by its public number."""
    return f"report-{number}"


def desk(agency_id: int) -> str:
    """The queue of one unit."""
    return f"desk-{agency_id}"


def parse(topic: str) -> tuple[str, str] | None:
    """Kind and key of a topic; None when it is not one."""
    match = PATTERN.match(topic)
    return (match["kind"], match["key"]) if match else None
