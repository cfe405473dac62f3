from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from notices import composers
from notices.composers import Mail

SCOPE = "uji"


@dataclass
class Post:
    """What the tests' own app mails: who reads it, and what was unsubscribed."""

    mail: Mail | None = field(
        default_factory=lambda: Mail(
            to="sari@example.com",
            language="id",
            template="accounts/login_code",
            context={"code": "BCD-FGH"},
            unsubscribe="12:34",
        )
    )
    stopped: list[str] = field(default_factory=list)
    composed: int = 0

    def compose(self, key: str) -> Mail | None:
        self.composed += 1
        return self.mail

    def stop(self, key: str) -> str:
        self.stopped.append(key)
        return "Kabar tentang laporan ini dihentikan."


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()
    composers.register(SCOPE, post.compose)
    composers.register_unsubscriber(SCOPE, post.stop)
    yield post
    composers._composers.pop(SCOPE)
    composers._unsubscribers.pop(SCOPE)
