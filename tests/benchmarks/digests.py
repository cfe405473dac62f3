"""N1: the digest for many subscribers of whom few have news, and telling many people of one event."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import User
from notices import kinds, services
from notices.domain.digests import Cadence
from notices.domain.quiet import JAKARTA
from notices.kinds import Kind, Words
from notices.models import Delivery, Event, Notice, Preference
from tests.benchmarks import Figure, benchmark

FEW, MANY, WITH_NEWS = 1_000, 50_000, 100
KIND = "bench"
DUE = datetime(2026, 11, 24, 7, 0, tzinfo=JAKARTA)
BATCH = 2_000


@dataclass
class Cost:
    """What a piece of work took: seconds, statements, and the most memory that Python held more than before."""

    seconds: float = 0
    queries: int = 0
    peak_mb: float = 0


@contextmanager
def counted() -> Iterator[Cost]:
    """Measure statements and memory."""
    cost = Cost()

    def count(execute: Any, *args: Any) -> Any:
        cost.queries += 1
        return execute(*args)

    tracemalloc.start()
    with connection.execute_wrapper(count):
        yield cost
    cost.peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()


@contextmanager
def timed(cost: Cost) -> Iterator[None]:
    """Measure seconds, apart: what looks after memory is slow."""
    started = time.perf_counter()
    yield
    cost.seconds = time.perf_counter() - started


def subscribers(count: int) -> list[int]:
    """The first so many accounts that want a daily digest."""
    held = User.objects.filter(email__startswith="digest").count()
    for start in range(held, count, BATCH):
        names = [f"Pelanggan {place}" for place in range(start, min(start + BATCH, count))]
        people = User.objects.bulk_create(
            User(email=f"digest{name[10:]}@example.com", nickname=name, skeleton=name, password="!") for name in names
        )
        Preference.objects.bulk_create(Preference(user=one, kind=KIND, mail="daily", push=False) for one in people)
    return list(User.objects.filter(email__startswith="digest").order_by("pk").values_list("pk", flat=True)[:count])


def forget() -> None:
    """Start from nothing told."""
    Event.objects.filter(kind=KIND).delete()
    Delivery.objects.filter(scope__in=["notice", "digest"]).delete()


def words(refs: Any, reader: User) -> dict[str, Words]:
    """Words for any reference."""
    return {ref: Words("Got mampet di gang", "Dijadwalkan untuk besok", "/laporan/") for ref in refs}


def prepare(people: list[int]) -> None:
    """News for a hundred of them, spread evenly."""
    forget()
    event = Event.objects.create(kind=KIND, ref="1", subject_type="report", subject_key="x", told=timezone.now())
    chosen = people[:: len(people) // WITH_NEWS][:WITH_NEWS]
    before = DUE - timedelta(hours=1)
    Notice.objects.bulk_create(Notice(event=event, user_id=person, mail="daily", created=before) for person in chosen)


def digest() -> int:
    """Queue and send what is due."""
    services.send_digests(now=DUE)
    waiting = Delivery.objects.filter(scope="digest", state="queued").values_list("pk", flat=True)
    return sum(services.deliver(delivery_id=pk) for pk in waiting)


def digest_of(people: list[int]) -> tuple[Cost, int]:
    """What the digest costs, and how many mails it was."""
    prepare(people)
    digest()
    prepare(people)
    with counted() as cost:
        mails = digest()
    prepare(people)
    with timed(cost):
        digest()
    return cost, mails


def fan_out_to(people: list[int]) -> Cost:
    """What telling all of them costs."""
    told: list[Cost] = []
    for measure in ("memory", "time"):
        forget()
        event = Event.objects.create(kind=KIND, ref="1", subject_type="report", subject_key="x")
        if measure == "memory":
            with counted() as cost:
                services.fan_out(event_id=event.pk)
            told.append(cost)
        else:
            with timed(told[0]):
                services.fan_out(event_id=event.pk)
    return told[0]


@benchmark("N1")
@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}},
)
def run() -> Iterator[Figure]:
    """The digest and the fan-out at 50,000 subscribers against 1,000."""
    audience = User.objects.filter(email__startswith="digest").order_by("pk")
    chosen = {"few": FEW}
    kinds.register(
        Kind(
            KIND,
            "Uji",
            "Uji",
            audience=lambda ref: audience.values_list("pk", flat=True)[: chosen["few"]],
            compose=words,
            cadence=Cadence.DAILY,
            push=False,
        )
    )
    people = subscribers(MANY)
    small, few_mails = digest_of(people[:FEW])
    large, many_mails = digest_of(people)
    yield from _digest_figures(small, large, few_mails, many_mails)
    little = fan_out_to(people[:FEW])
    chosen["few"] = MANY
    much = fan_out_to(people)
    each = much.seconds / MANY * 1000
    yield Figure("N1", f"tell {MANY:,} people of one event, each", each, "ms", None, "watched", None)
    work = f"tell {MANY:,} people, peak memory; peer: {FEW:,}"
    yield Figure("N1", work, much.peak_mb, "MB", little.peak_mb, "flat (<= 1.5)", much.peak_mb <= 1.5 * little.peak_mb)
    forget()


def _digest_figures(small: Cost, large: Cost, few_mails: int, many_mails: int) -> Iterator[Figure]:
    size = f"digest, {WITH_NEWS} of {MANY:,} subscribers have news"
    peer = f"peer: {WITH_NEWS} of {FEW:,}"
    yield Figure("N1", f"{size}: mails; {peer}", many_mails, "", few_mails, "100", many_mails == few_mails == WITH_NEWS)
    met = large.seconds <= 1.2 * small.seconds
    yield Figure("N1", f"{size}: time; {peer}", large.seconds, "s", small.seconds, "<= 1.2", met)
    met = large.queries == small.queries
    yield Figure("N1", f"{size}: queries; {peer}", large.queries, "", small.queries, "the same", met)
    met = large.peak_mb <= 1.1 * small.peak_mb
    yield Figure("N1", f"{size}: peak memory; {peer}", large.peak_mb, "MB", small.peak_mb, "flat (<= 1.1)", met)
