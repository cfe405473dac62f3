"""Who carries codes to phones: WhatsApp, SMS, or the screen of the demo.

A city names its own class in CODE_SENDER ("ourcity.whatsapp.Sender"). Without one nothing about phones is shown.
docs/operations.md has a skeleton.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class NotSentError(Exception):
    """The message did not get out; the person is told to try again."""


class Sender(Protocol):
    """Carries one short text to one number."""

    def send(self, *, number: str, text: str, code: str, language: str) -> None:
        """Send it, or hand it to a service that will.

        Args:
            number: in E.164, "+6281234567890".
            text: what the person reads, with the code in it, up to 160 characters.
            code: the six digits alone, for services that take approved templates.
            language: "id" or "en".

        Raises:
            NotSentError: the service is away or has refused. Its answer must not be logged: it may hold the number.
        """


class ShownSender:
    """For the demo and a developer's machine: keeps the newest messages in a file, for the page of mails."""

    MOST = 40

    def send(self, *, number: str, text: str, code: str, language: str) -> None:
        """Write it beside the mails."""
        kept = shown()[: self.MOST - 1]
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(json.dumps([{"number": number, "text": text, "code": code, "at": time.time()}, *kept]))


def shown() -> list[dict[str, str | float]]:
    """What the demo has "sent", newest first."""
    try:
        found: list[dict[str, str | float]] = json.loads(_file().read_text())
    except (OSError, ValueError):
        return []
    return found


def sender() -> Sender | None:
    """The one that the city has named; None where there is none."""
    found: Sender | None = import_string(settings.CODE_SENDER)() if settings.CODE_SENDER else None
    return found


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo" / "messages.json"
