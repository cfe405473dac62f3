"""The night and the hours of digests, in Jakarta, at their edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from notices.domain.digests import Cadence, last_due
from notices.domain.quiet import JAKARTA, is_quiet, send_at


def wib(day: int, hour: int, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    """A moment of November 2026 in Jakarta; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, second, micro, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("moment", "goes_out"),
    [
        (wib(24, 20, 59, 59, 999_999), wib(24, 20, 59, 59, 999_999)),
        (wib(24, 21), wib(25, 7)),
        (wib(24, 23, 59, 59), wib(25, 7)),
        (wib(25, 0), wib(25, 7)),
        (wib(25, 6, 59, 59, 999_999), wib(25, 7)),
        (wib(25, 7), wib(25, 7)),
        (wib(30, 22), datetime(2026, 12, 1, 7, tzinfo=JAKARTA)),
    ],
)
def test_news_of_the_night_waits_for_seven(moment: datetime, goes_out: datetime) -> None:
    assert send_at(moment) == goes_out
    assert is_quiet(moment) == (moment != goes_out)


def test_the_night_is_jakartas_wherever_the_server_stands() -> None:
    assert send_at(datetime(2026, 11, 24, 14, 0, tzinfo=UTC)) == wib(25, 7)
    assert send_at(datetime(2026, 11, 24, 13, 59, tzinfo=UTC)) == wib(24, 20, 59)
    assert send_at(datetime(2026, 11, 25, 0, 0, tzinfo=UTC)) == wib(25, 7)


@pytest.mark.parametrize("minutes", range(0, 24 * 60, 17))
def test_nothing_goes_out_at_night_or_before_it_happened(minutes: int) -> None:
    moment = wib(24, 0) + timedelta(minutes=minutes)
    assert send_at(moment) >= moment
    assert not is_quiet(send_at(moment))
    assert send_at(send_at(moment)) == send_at(moment)


@pytest.mark.parametrize(
    ("cadence", "now", "due"),
    [
        (Cadence.DAILY, wib(24, 6, 59, 59), wib(23, 7)),
        (Cadence.DAILY, wib(24, 7), wib(24, 7)),
        (Cadence.DAILY, wib(24, 23, 59), wib(24, 7)),
        (Cadence.WEEKLY, wib(23, 6, 59, 59), wib(16, 7)),
        (Cadence.WEEKLY, wib(23, 7), wib(23, 7)),
        (Cadence.WEEKLY, wib(29, 23, 59), wib(23, 7)),
        (Cadence.WEEKLY, datetime(2026, 11, 23, 0, 0, tzinfo=UTC), wib(23, 7)),
    ],
)
def test_digests_are_due_at_seven(cadence: Cadence, now: datetime, due: datetime) -> None:
    assert last_due(cadence, now) == due


@pytest.mark.parametrize("cadence", [Cadence.AT_ONCE, Cadence.OFF])
def test_what_is_no_digest_has_no_hour(cadence: Cadence) -> None:
    with pytest.raises(ValueError, match="no digest"):
        last_due(cadence, wib(24, 7))
