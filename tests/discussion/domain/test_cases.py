from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from discussion.domain.cases import (
    Concerned,
    Decision,
    Flagged,
    Judge,
    Reason,
    is_brigade,
    may_judge,
    outcome,
    priority,
)
from discussion.domain.trust import Why

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHOWN, HIDDEN = Decision.SHOWN, Decision.HIDDEN


def flags(*seconds: int, kelurahan: str = "", reason: Reason = Reason.INSULT) -> list[Flagged]:
    return [Flagged(NOON + timedelta(seconds=second), reason, kelurahan) for second in seconds]


@pytest.mark.parametrize(
    ("given", "arranged"),
    [
        (flags(0, 30), False),
        (flags(0, 30, 60), True),
        (flags(0, 30, 61), False),
        (flags(0, 4000, 4030, 4059), True),
        (flags(0, 4000, 9000, kelurahan="31.73.07.1002"), True),
        (flags(0, 4000, kelurahan="31.73.07.1002"), False),
        (flags(0, 4000, kelurahan="31.73.07.1002") + flags(9000, kelurahan="31.73.07.1001"), False),
        (flags(0, 4000, 9000), False),
    ],
)
def test_what_looks_arranged(given: list[Flagged], arranged: bool) -> None:
    assert is_brigade(given) is arranged


def test_arranged_flags_count_as_one() -> None:
    assert (
        priority([Why.FLAGS], flags(0, 1, 2, 3))
        == priority([Why.FLAGS], flags(0))
        < priority([Why.FLAGS], flags(0, 4000))
    )


def test_danger_comes_before_insult_and_an_appeal_before_one_flag() -> None:
    assert priority([Why.FLAGS], flags(0, reason=Reason.THREAT)) > priority([Why.FLAGS], flags(0, 4000))
    assert priority([Why.APPEAL], []) > priority([Why.FLAGS], flags(0))


@pytest.mark.parametrize(
    ("first", "second", "needs_two", "expected"),
    [
        (None, HIDDEN, False, HIDDEN),
        (None, SHOWN, False, SHOWN),
        (None, HIDDEN, True, None),
        (None, SHOWN, True, SHOWN),
        (HIDDEN, HIDDEN, True, HIDDEN),
        (HIDDEN, SHOWN, True, SHOWN),
        (SHOWN, HIDDEN, True, SHOWN),
        (SHOWN, SHOWN, True, SHOWN),
    ],
)
def test_what_two_make_of_it(
    first: Decision | None, second: Decision, needs_two: bool, expected: Decision | None
) -> None:
    assert outcome(first, second, needs_two=needs_two) is expected


@pytest.mark.parametrize(
    "case",
    [
        Concerned(frozenset({1}), frozenset(), frozenset(), frozenset()),
        Concerned(frozenset({2}), frozenset({7}), frozenset(), frozenset()),
        Concerned(frozenset({2}), frozenset(), frozenset({1}), frozenset()),
        Concerned(frozenset({2}), frozenset(), frozenset(), frozenset({1})),
    ],
)
def test_nobody_judges_their_own(case: Concerned) -> None:
    assert not may_judge(Judge(1, frozenset({7})), case)
    assert may_judge(Judge(9, frozenset({8})), case)
