"""The mails of the demo, read from the folder into which they are written instead of being sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NEWEST = 40
_BETWEEN = re.compile(rb"\r?\n-{79}\r?\n")
_CODE = re.compile(r"^\s*([0-9]{6})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Letter:
    """A mail as it is shown."""

    to: str
    subject: str
    at: datetime | None
    text: str
    code: str


def letters(folder: Path) -> list[Letter]:
    """The newest mails of a folder, newest first; unreadable files are left out."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    found: list[Letter] = []
    for path in files[:NEWEST]:
        # One file holds what one connection sent, oldest first.
        found += reversed(list(_read(path)))
    return found[:NEWEST]


def _read(path: Path) -> Iterator[Letter]:
    for raw in _BETWEEN.split(path.read_bytes()):
        if raw.strip():
            yield _letter(message_from_bytes(raw, policy=policy.default))


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    code = _CODE.search(text)
    sent = message["Date"].datetime if message["Date"] else None
    if sent and sent.tzinfo is None:
        # "-0000" stands for UTC from an unknown place.
        sent = sent.replace(tzinfo=UTC)
    return Letter(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=sent,
        text=text.strip(),
        code=code[1] if code else "",
    )
