"""What a mail says is known to the app that it is about; it registers that here.

    composers.register("report", compose)              # compose(key) -> Mail, or None: nothing to send any more
    composers.register_unsubscriber("report", stop)    # stop(key) -> the sentence shown afterwards
    services.queue(scope="report", key="12:validated:34")

A key holds ids and codes only, never an address or somebody's words: it stands in the table of
deliveries and, signed but readable, in the unsubscribe link.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Mail:
    """A mail that is about to go out.

    Args:
        to: the one address.
        language: "id" or "en".
        template: below templates/emails/, e.g. "reports/validated" (.subject.txt, .txt, .html).
        context: what the templates read.
        unsubscribe: the key handed to the unsubscriber of the scope; None where a mail was asked for
            (a receipt) and cannot be unsubscribed from.
    """

    to: str
    language: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    unsubscribe: str | None = None


class Message(Protocol):
    """Something else that is ready to go out; what it raises as OSError was not sent and is tried again."""

    def send(self) -> object: ...


Compose = Callable[[str], Mail | Message | None]
Unsubscribe = Callable[[str], str]
_composers: dict[str, Compose] = {}
_unsubscribers: dict[str, Unsubscribe] = {}
_questions: dict[str, Unsubscribe] = {}


def register(scope: str, compose: Compose) -> None:
    """Let `compose(key)` make the mails of a scope. It runs in a task, maybe more than once."""
    _composers[scope] = compose


def register_unsubscriber(scope: str, unsubscribe: Unsubscribe, question: Unsubscribe | None = None) -> None:
    """Let `unsubscribe(key)` stop the mails of a scope; idempotent; returns the sentence that says so.

    Args:
        scope: of the mails.
        unsubscribe: stops them.
        question: `question(key)` says what would be stopped; without it the page speaks of "this matter".
    """
    _unsubscribers[scope] = unsubscribe
    if question:
        _questions[scope] = question


def composer(scope: str) -> Compose:
    """The composer of a scope.

    Raises:
        KeyError: nobody registered it.
    """
    return _composers[scope]


def unsubscriber(scope: str) -> Unsubscribe | None:
    """The unsubscriber of a scope; None when there is none."""
    return _unsubscribers.get(scope)


def question(scope: str, key: str) -> str:
    """What a link would stop, in a sentence; "" when its app does not say."""
    return _questions[scope](key) if scope in _questions else ""
