"""Telling whom it concerns, and nobody else, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import TestCase
from django.utils import timezone

from accounts.models import User
from notices import services, tasks
from notices.domain.digests import Cadence
from notices.domain.quiet import JAKARTA
from notices.models import Delivery, Event, Notice, Preference
from notices.services import events
from tests.committed import at_once
from tests.factories.reports import a_person
from tests.notices.conftest import Newsroom, tell

pytestmark = pytest.mark.django_db
NIGHT = timezone.datetime(2026, 11, 24, 22, 30, tzinfo=JAKARTA)


@pytest.fixture
def sari() -> User:
    return a_person("Ibu Sari")


@pytest.fixture
def tono() -> User:
    return a_person("Tono")


def test_only_those_whom_it_concerns_hear_of_it(newsroom: Newsroom, sari: User, tono: User) -> None:
    newsroom.people = [sari.pk]
    tell()
    assert list(Notice.objects.values_list("user", flat=True)) == [sari.pk]
    (message,) = mail.outbox
    assert message.to == [sari.email]
    assert message.subject == "Petugas datang 1: Got di gang 1"
    assert "http://localhost:8000/laporan/?n=1" in message.body


def test_nothing_that_people_wrote_is_kept(newsroom: Newsroom, sari: User) -> None:
    newsroom.people = [sari.pk]
    tell()
    rows = [*Event.objects.values(), *Notice.objects.values(), *Delivery.objects.values()]
    assert len(rows) == 3
    assert "Got" not in str(rows)
    assert str(sari.email) not in str(rows)


def test_an_audience_without_a_limit_is_refused(newsroom: Newsroom, sari: User) -> None:
    newsroom.people = User.objects.values_list("pk", flat=True)
    with TestCase.captureOnCommitCallbacks():
        event = services.tell(kind="uji", ref="1", subject=("got", "1"))
    with pytest.raises(ValueError, match="says whom it means"):
        services.fan_out(event_id=event.pk)
    assert not Notice.objects.exists()


def test_a_kind_that_nobody_registered_is_refused() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        services.tell(kind="karangan", ref="1", subject=("got", "1"))
    assert not Event.objects.exists()


def test_twice_the_same_is_one_notice_and_one_mail(newsroom: Newsroom, sari: User) -> None:
    newsroom.people = [sari.pk]
    first = tell()
    assert tell() == first
    Event.objects.update(told=None)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert services.fan_out(event_id=first.pk) == 1
    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1


def test_a_fan_out_that_broke_off_goes_on_where_it_was(
    newsroom: Newsroom, sari: User, tono: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BATCH", 1)

    def breaks_off() -> Any:
        yield sari.pk
        raise ConnectionError

    newsroom.people = breaks_off()
    with TestCase.captureOnCommitCallbacks():
        event = services.tell(kind="uji", ref="1", subject=("got", "1"))
    with pytest.raises(ConnectionError), TestCase.captureOnCommitCallbacks(execute=True):
        services.fan_out(event_id=event.pk)
    newsroom.people = [sari.pk, tono.pk]
    assert tasks.tell_lost(timezone.now()) == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert tasks.tell_lost(timezone.now() + timedelta(minutes=11)) == 1
    assert Notice.objects.count() == 2
    assert tasks.tell_lost(timezone.now() + timedelta(minutes=22)) == 0


def test_who_has_left_or_has_no_address_gets_no_mail(newsroom: Newsroom, sari: User, tono: User) -> None:
    User.objects.filter(pk=sari.pk).update(email=None)
    User.objects.filter(pk=tono.pk).update(is_active=False)
    newsroom.people = [sari.pk, tono.pk, 10**9]
    tell()
    assert list(Notice.objects.values_list("user", "mail")) == [(sari.pk, Cadence.OFF)]
    assert not mail.outbox


@pytest.mark.parametrize("why", ["read", "off", "hidden", "kind gone"])
def test_a_mail_that_waited_is_not_sent_for_nothing(newsroom: Newsroom, sari: User, why: str) -> None:
    newsroom.people = [sari.pk]
    with TestCase.captureOnCommitCallbacks():
        event = services.tell(kind="uji", ref="1", subject=("got", "1"))
    with TestCase.captureOnCommitCallbacks() as waiting:
        services.fan_out(event_id=event.pk)
    if why == "read":
        services.mark_read(actor=sari, notice=Notice.objects.get())
    elif why == "off":
        services.silence(actor=sari, kind="uji")
    elif why == "hidden":
        newsroom.hidden = {"1"}
    else:
        Event.objects.update(kind="lama")
    for act in waiting:
        act()
    assert not mail.outbox
    assert Delivery.objects.get().state == Delivery.State.DROPPED


@pytest.mark.parametrize(("prompt", "at_night"), [(False, 0), (True, 1)])
def test_at_night_only_what_was_asked_for_goes_out(
    newsroom: Newsroom, sari: User, settings: Any, prompt: bool, at_night: int
) -> None:
    settings.QUIET_HOURS = True
    newsroom.people = [sari.pk]
    with time_machine.travel(NIGHT, tick=False) as clock:
        tell(prompt=prompt)
        assert len(mail.outbox) == at_night
        assert Notice.objects.count() == 1
        clock.move_to(NIGHT.replace(day=25, hour=6, minute=59))
        with TestCase.captureOnCommitCallbacks(execute=True):
            tasks.requeue(timezone.now())
        assert len(mail.outbox) == at_night
        clock.move_to(NIGHT.replace(day=25, hour=7, minute=0))
        with TestCase.captureOnCommitCallbacks(execute=True):
            tasks.requeue(timezone.now())
        assert len(mail.outbox) == 1


def test_the_cost_does_not_grow_with_those_who_are_told(newsroom: Newsroom, django_assert_num_queries: Any) -> None:
    Preference.objects.all().delete()
    for many in (1, 30):
        newsroom.people = [a_person(f"Warga {many} {number}").pk for number in range(many)]
        with TestCase.captureOnCommitCallbacks():
            event = services.tell(kind="uji_harian", ref=str(many), subject=("got", "1"))
        with django_assert_num_queries(10):
            services.fan_out(event_id=event.pk)
    assert Notice.objects.count() == 31


def test_news_goes_after_a_year(newsroom: Newsroom, sari: User) -> None:
    newsroom.people = [sari.pk]
    now = timezone.now()
    tell(ref="1", at=now - timedelta(days=365, minutes=1))
    tell(ref="2", at=now - timedelta(days=364))
    first = Delivery.objects.order_by("pk")[0]
    Delivery.objects.filter(pk=first.pk).update(created=now - timedelta(days=366))
    assert tasks.forget(now) == 1
    assert Delivery.objects.count() == 1
    assert list(Notice.objects.values_list("event__ref", flat=True)) == ["2"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fan_outs_side_by_side_put_one_notice_and_send_one_mail(newsroom: Newsroom) -> None:
    people = [a_person(f"Warga {number}").pk for number in range(20)]
    event = Event.objects.create(kind="uji", ref="1", subject_type="got", subject_key="1")
    newsroom.people = people
    results = at_once(8, lambda number: services.fan_out(event_id=event.pk))
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(Notice.objects.values_list("user", flat=True)) == sorted(people)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        User.objects.filter(pk__in=people).values_list("email", flat=True)
    )
