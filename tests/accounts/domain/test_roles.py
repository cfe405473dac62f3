from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.roles import Office, covers, may_give, overlap

SLIPI, WEST, PROVINCE = "31.73.07.1002", "31.73", "31"


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (PROVINCE, SLIPI, True),
        (WEST, SLIPI, True),
        (SLIPI, SLIPI, True),
        (SLIPI, WEST, False),
        ("31.7", WEST, False),
        ("31.74", SLIPI, False),
        ("", SLIPI, False),
        ("", "", False),
    ],
)
def test_a_region_covers_what_lies_in_it(outer, inner, expected):
    assert covers(outer, inner) is expected


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        (Office("admin", None, WEST), Office("officer", 1, SLIPI), True),
        (Office("admin", None, WEST), Office("admin", None, PROVINCE), False),
        (Office("admin", None, WEST), Office("agency_officer", 9, ""), False),
        (Office("admin", None, PROVINCE), Office("agency_officer", 9, ""), True),
        (Office("section_head", 1, SLIPI), Office("officer", 1, SLIPI), True),
        (Office("section_head", 1, SLIPI), Office("officer", 2, SLIPI), False),
        (Office("section_head", 1, SLIPI), Office("section_head", 1, SLIPI), False),
        (Office("officer", 1, SLIPI), Office("officer", 1, SLIPI), False),
        (Office("auditor", None, PROVINCE), Office("officer", 1, SLIPI), False),
    ],
)
def test_who_may_fill_which_office(held, wanted, expected):
    assert may_give(held, wanted) is expected


days = st.dates(date(2026, 1, 1), date(2026, 2, 1))
ends = st.none() | days


@given(days, ends, days, ends)
def test_overlap_is_what_counting_the_days_says(starts, ends_on, other_starts, other_ends):
    def held(first: date, last: date | None) -> set[date]:
        until = last or date(2026, 3, 1)
        return {first + timedelta(number) for number in range((until - first).days)}

    if (ends_on and ends_on <= starts) or (other_ends and other_ends <= other_starts):
        return
    common = held(starts, ends_on) & held(other_starts, other_ends)
    assert overlap(starts, ends_on, other_starts, other_ends) is bool(common)
