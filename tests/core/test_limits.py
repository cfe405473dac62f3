"""Limits: counted once each, however many come at once; a flood of one does not use up the turn of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.conf import settings
from django.test import RequestFactory

from core import limits

RATES = "3/10m/key,5/h/ip"


def tries(count: int, *, key: str = "ponsel", address: str = "10.0.0.1", rates: str = RATES) -> list[bool]:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    return [limits.allowed(request, "kode", rates, key=key) for _ in range(count)]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    if settings.REDIS_URL:
        pytest.skip("Redis has a clock of its own")
    with time_machine.travel("2026-11-24T05:00:00Z", tick=False) as traveller:
        yield traveller


def test_three_are_allowed_and_then_no_more_until_the_time_is_over(clock: time_machine.Traveller) -> None:
    assert tries(4) == [True, True, True, False]
    clock.shift(timedelta(minutes=10, seconds=1))
    assert tries(1) == [True]


def test_who_floods_does_not_use_up_the_turn_of_the_neighbours() -> None:
    assert tries(50).count(True) == 3
    assert tries(3, key="ponsel lain") == [True, True, False]
    assert tries(1, key="ponsel ketiga", address="10.0.0.2") == [True]


def test_a_household_has_many_addresses_of_the_sixth_version() -> None:
    assert tries(1, rates="1/h/ip", address="2001:db8::1") == [True]
    assert tries(1, rates="1/h/ip", address="2001:db8::ffff") == [False]
    assert tries(1, rates="1/h/ip", address="2001:db8:0:1::1") == [True]


def test_no_rates_are_no_limit_and_unreadable_ones_an_error() -> None:
    assert tries(9, rates="") == [True] * 9
    with pytest.raises(ValueError, match="not a rate"):
        tries(1, rates="3/10/key")


def test_fifty_at_once_are_counted_one_by_one() -> None:
    start, found = Barrier(50), []

    def act() -> None:
        start.wait()
        found.extend(tries(1, rates="40/h/key"))

    threads = [Thread(target=act) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found.count(True), found.count(False)) == (40, 10)
