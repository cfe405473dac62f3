"""One mail for all the news, to those alone who have news, once."""

from __future__ import annotations

import tracemalloc
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import TestCase

from accounts.models import User
from notices import services
from notices.domain.quiet import JAKARTA
from notices.models import Delivery, Event, Notice, Preference
from tests.committed import at_once
from tests.factories.reports import a_person
from tests.notices.conftest import Newsroom, tell
from tests.sizes import sized

pytestmark = pytest.mark.django_db
SUBSCRIBERS, WITH_NEWS = sized(500, 50_000), sized(20, 100)
# Sunday; the next day is the day of the weekly digest, too.
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=JAKARTA)
MONDAY_7 = datetime(2026, 11, 23, 7, 0, tzinfo=JAKARTA)


@pytest.fixture
def sari() -> User:
    return a_person("Ibu Sari")


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(SUNDAY, tick=False) as clock:
        yield clock


def send(now: datetime) -> int:
    with time_machine.travel(now, tick=False), TestCase.captureOnCommitCallbacks(execute=True):
        return services.send_digests(now=now)


def test_news_of_the_day_comes_together_by_subject(newsroom: Newsroom, sari: User, clock: Any) -> None:
    newsroom.people = [sari.pk]
    tell("uji_harian", "1", subject=("got", "A"))
    tell("uji_harian", "2", subject=("got", "B"))
    tell("uji_harian", "3", subject=("got", "A"))
    assert not mail.outbox
    assert send(MONDAY_7 - timedelta(seconds=1)) == 0
    assert send(MONDAY_7) == 1
    (message,) = mail.outbox
    assert message.subject == "3 kabar sehari terakhir"
    assert message.body.count("Got di gang 1") == 1
    assert message.body.index("datang 1") < message.body.index("datang 3") < message.body.index("datang 2")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send(MONDAY_7 + timedelta(hours=1)) == 0
    assert len(mail.outbox) == 1


def test_a_weekly_digest_waits_for_monday(newsroom: Newsroom, sari: User, clock: Any) -> None:
    Preference.objects.create(user=sari, kind="uji_harian", mail="weekly", push=False)
    newsroom.people = [sari.pk]
    tell("uji_harian", "1")
    assert send(SUNDAY + timedelta(hours=1)) == 0
    assert send(MONDAY_7) == 1
    assert mail.outbox[0].subject == "1 kabar minggu ini"


def test_what_comes_after_the_hour_is_told_the_next_day(newsroom: Newsroom, sari: User, clock: Any) -> None:
    newsroom.people = [sari.pk]
    tell("uji_harian", "1")
    send(MONDAY_7)
    # Put in by a fan-out that was slow: created before the hour, there after it.
    tell("uji_harian", "2")
    assert send(MONDAY_7 + timedelta(minutes=1)) == 0
    clock.move_to(MONDAY_7 + timedelta(hours=2))
    tell("uji_harian", "3")
    assert send(MONDAY_7 + timedelta(hours=3)) == 0
    assert send(MONDAY_7 + timedelta(days=1)) == 1
    assert "datang 2" in mail.outbox[1].body
    assert "datang 3" in mail.outbox[1].body
    assert "datang 1" not in mail.outbox[1].body


@pytest.mark.parametrize("why", ["read", "off", "hidden", "left"])
def test_a_digest_without_news_is_no_mail(newsroom: Newsroom, sari: User, clock: Any, why: str) -> None:
    newsroom.people = [sari.pk]
    tell("uji_harian", "1")
    if why == "read":
        services.mark_all_read(actor=sari, until=Notice.objects.get().pk)
    elif why == "off":
        services.silence(actor=sari)
    elif why == "hidden":
        newsroom.hidden = {"1"}
    else:
        User.objects.filter(pk=sari.pk).update(is_active=False)
    send(MONDAY_7)
    assert not mail.outbox


def test_much_news_is_cut_and_counted(newsroom: Newsroom, sari: User, clock: Any) -> None:
    newsroom.people = [sari.pk]
    for number in range(52):
        tell("uji_harian", str(number))
    send(MONDAY_7)
    assert mail.outbox[0].subject == "52 kabar sehari terakhir"
    assert mail.outbox[0].body.count("Petugas datang") == 50
    assert "Dan 2 kabar lagi" in mail.outbox[0].body


def test_news_in_the_language_of_the_reader(newsroom: Newsroom, sari: User, clock: Any) -> None:
    User.objects.filter(pk=sari.pk).update(language="en")
    newsroom.people = [sari.pk]
    tell("uji_harian", "1")
    send(MONDAY_7)
    assert mail.outbox[0].subject == "1 news of the last day"


def many(count: int) -> list[int]:
    """So many subscribers, all of them with a wish of their own."""
    names = [f"Warga {number}" for number in range(count)]
    rows = [User(email=f"{name[6:]}@example.com", nickname=name, skeleton=name, password="!") for name in names]
    people = User.objects.bulk_create(rows, batch_size=2_000)
    Preference.objects.bulk_create(
        (Preference(user=person, kind="uji_harian", mail="daily", push=False) for person in people), batch_size=2_000
    )
    return [person.pk for person in people]


@pytest.mark.chaos
def test_only_those_with_news_are_touched(newsroom: Newsroom, clock: Any, django_assert_max_num_queries: Any) -> None:
    people = many(SUBSCRIBERS)
    newsroom.people = people[:: SUBSCRIBERS // WITH_NEWS]
    tell("uji_harian", "1")
    assert Notice.objects.count() == WITH_NEWS
    tracemalloc.start()
    with django_assert_max_num_queries(40 + 16 * WITH_NEWS):
        send(MONDAY_7)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(mail.outbox) == WITH_NEWS
    assert len({message.to[0] for message in mail.outbox}) == WITH_NEWS
    # Mails that lie in the test's own outbox included; a row for each subscriber would be more than ten.
    assert peak < 20_000_000


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_digests_side_by_side_send_one_mail_each(newsroom: Newsroom) -> None:
    people = [a_person(f"Warga {number}") for number in range(20)]
    event = Event.objects.create(kind="uji_harian", ref="1", subject_type="got", subject_key="1")
    before = MONDAY_7 - timedelta(hours=2)
    Notice.objects.bulk_create(Notice(event=event, user=person, mail="daily", created=before) for person in people)
    results = at_once(8, lambda number: services.send_digests(now=MONDAY_7))
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(str(person.email) for person in people)
    assert Delivery.objects.filter(scope="digest", state="sent").count() == 20
