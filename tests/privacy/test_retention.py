"""What is kept how long: one table for the page, the docs and the jobs, and every job at its edge."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts import services as accounts
from accounts.models import User
from core import housekeeping, retention, ticks
from core.retention import Months, Rule
from notices import services as notices
from notices.models import Delivery, Event
from photos.models import Photo
from photos.tasks import sweep
from privacy import services as privacy
from privacy.models import DataCopy
from residents import services as residents
from residents.models import Introduction, WitnessRequest
from tests.factories.accounts import UserFactory, region
from tests.factories.photos import PhotoFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
LITTLE = timedelta(seconds=1)
# How much younger than its edge, and whether it goes.
EDGES = pytest.mark.parametrize(("younger", "goes"), [(-LITTLE, True), (LITTLE, False)])


def rule(name: str) -> Rule:
    return retention.rules()[name]


def edge(name: str) -> datetime:
    return rule(name).before(NOW)


# --- The table ----------------------------------------------------------------------------------
def test_the_docs_say_what_the_table_says() -> None:
    with override("en"):
        lines = ["| what | how long | job of tick |", "|---|---|---|"]
        for one in retention.rules().values():
            long = f"{one.long} {one.then}" if one.then else one.long
            lines.append(f"| {one.what} | {long} | {f'`{one.job}`' if one.job else 'none'} |")
    said = (ROOT / "docs/operations.md").read_text().partition("## What is kept how long")[2].partition("\n## ")[0]
    assert [line for line in said.splitlines() if line.startswith("|")] == lines


def test_every_row_names_a_job_of_tick() -> None:
    assert {one.job for one in retention.rules().values()} - {""} <= set(ticks._jobs)
    assert [name for name, one in retention.rules().items() if not one.job] == ["ledger"]


def test_visitors_read_it_without_an_account() -> None:
    page = Client().get("/privasi/").content.decode()
    assert "Berapa lama disimpan" in page
    for one in retention.rules().values():
        assert str(one.what) in page
    assert re.search(r"24 bulan", page)
    assert "Berapa lama disimpan" not in Client().get("/cara-kerja/").content.decode()


@pytest.mark.parametrize(
    ("period", "now", "before", "words"),
    [
        (Months(24), datetime(2028, 2, 29, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC), "24 months"),
        (Months(1), datetime(2026, 1, 31, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC), "1 month"),
        (timedelta(minutes=15), NOW, NOW - timedelta(minutes=15), "15 minutes"),
        (timedelta(hours=48), NOW, NOW - timedelta(days=2), "2 days"),
    ],
)
def test_a_period_counts_and_reads_as_people_say_it(period, now, before, words) -> None:
    one = Rule("", period, "", "")
    with override("en"):
        assert (one.before(now), one.long) == (before, words)


def test_what_is_kept_for_good_has_no_edge() -> None:
    with pytest.raises(ValueError, match="for good"):
        rule("ledger").before(NOW)


# --- The jobs, at their edges; each a second time does nothing -------------------------------------
@EDGES
def test_an_account_that_nobody_confirmed(younger, goes) -> None:
    person = UserFactory(email="baru@example.com")
    person.emailaddress_set.all().delete()
    User.objects.filter(pk=person.pk).update(joined=edge("accounts.unconfirmed") + younger, last_login=None)
    assert accounts.remove_unconfirmed(now=NOW) == goes
    assert User.objects.filter(pk=person.pk).exists() is not goes
    assert accounts.remove_unconfirmed(now=NOW) == 0


@EDGES
def test_a_photo_of_no_report(younger, goes) -> None:
    photo = PhotoFactory(attached=False)
    Photo.objects.filter(pk=photo.pk).update(created=edge("photos.unattached") + younger)
    assert sweep(NOW) == goes
    assert Photo.objects.filter(pk=photo.pk).exists() is not goes
    assert sweep(NOW) == 0


@EDGES
def test_news_and_deliveries(younger, goes) -> None:
    event = Event.objects.create(
        kind="uji", ref="1", subject_type="uji", subject_key="1", at=edge("notices.news") + younger, told=NOW
    )
    sent = Delivery.objects.create(scope="uji", key="1", state=Delivery.State.SENT, due=NOW)
    Delivery.objects.filter(pk=sent.pk).update(created=edge("notices.news") + younger)
    waiting = Delivery.objects.create(scope="uji", key="2", state=Delivery.State.WAITING, due=NOW)
    Delivery.objects.filter(pk=waiting.pk).update(created=edge("notices.news") + younger)
    assert notices.forget_old(now=NOW) == goes
    assert Event.objects.filter(pk=event.pk).exists() is not goes
    assert Delivery.objects.filter(pk=sent.pk).exists() is not goes
    assert Delivery.objects.filter(pk=waiting.pk).exists()
    assert notices.forget_old(now=NOW) == 0


@EDGES
def test_a_copy(younger, goes) -> None:
    copy = privacy.ask_for_copy(actor=UserFactory())
    assert copy.expires - copy.asked == rule("privacy.copy").period
    asked = edge("privacy.copy") + younger
    DataCopy.objects.update(asked=asked, expires=asked + (copy.expires - copy.asked))
    assert privacy.drop_expired(now=NOW) == goes
    assert DataCopy.objects.exists() is not goes
    assert privacy.drop_expired(now=NOW) == 0


@EDGES
def test_a_code_for_the_desk_and_a_request_to_neighbours(younger, goes) -> None:
    sari, now = UserFactory(), timezone.now()
    code = residents.introduce(actor=sari)
    assert timedelta() <= code.expires - now - rule("residents.introduction").period < timedelta(minutes=1)
    Introduction.objects.update(expires=NOW + younger)
    asked = {"fingerprint": "0" * 64, "pepper_version": 1, "kelurahan": region(), "rw": "06", "over_17": True}
    WitnessRequest.objects.create(user=sari, expires=NOW + younger, **asked)
    residents.expire(now=NOW)
    assert Introduction.objects.exists() is not goes
    assert WitnessRequest.objects.exists() is not goes


@EDGES
def test_an_ended_session(younger, goes, monkeypatch) -> None:
    # The queue of the tests runs at once and keeps nothing that could be pruned.
    asked = {}
    call = housekeeping.call_command
    monkeypatch.setattr(
        housekeeping, "call_command", lambda name, **given: asked.update({name: given}) or _without_queue(call, name)
    )
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now() + 60 * younger)
    housekeeping.tidy_up(NOW)
    assert Session.objects.filter(session_key="k").exists() is not goes
    assert asked["prune_db_task_results"]["min_age_days"] == rule("tasks").period.days


def _without_queue(call, name) -> None:
    if name != "prune_db_task_results":
        call(name)
