from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import TestCase

from accounts.models import User
from notices import composers, kinds, services
from notices.composers import Mail
from notices.domain.digests import Cadence
from notices.kinds import Kind, Words
from notices.models import Event

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


@dataclass
class Newsroom:
    """A kind of news of the tests' own: who hears of it, and what may not be told any more."""

    people: Any = ()
    hidden: set[str] = field(default_factory=set)
    calls: int = 0

    def audience(self, ref: str) -> Any:
        return self.people

    def compose(self, refs: Sequence[str], reader: User) -> dict[str, Words]:
        self.calls += 1
        return {
            ref: Words(f"Got di gang {ref}", f"Petugas datang {ref}", f"/laporan/?n={ref}")
            for ref in refs
            if ref not in self.hidden
        }


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """Kinds of news: "uji" comes at once, "uji_harian" daily, "uji_wajib" must arrive."""
    room = Newsroom()
    common: dict[str, Any] = {"help": "Tentang got.", "audience": room.audience, "compose": room.compose}
    kinds.register(Kind("uji", "Kabar got", **common))
    kinds.register(Kind("uji_harian", "Kabar selokan", cadence=Cadence.DAILY, push=False, **common))
    kinds.register(Kind("uji_wajib", "Pertanyaan", because="Tanpa jawaban tidak ada langkah.", **common))
    yield room
    for code in ("uji", "uji_harian", "uji_wajib"):
        kinds._kinds.pop(code)


def tell(kind: str = "uji", ref: str = "1", **more: Any) -> Event:
    """Tell, and let the tasks run."""
    more.setdefault("subject", ("got", ref))
    with TestCase.captureOnCommitCallbacks(execute=True):
        return services.tell(kind=kind, ref=ref, **more)
