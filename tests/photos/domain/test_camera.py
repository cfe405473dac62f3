from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photos.domain import camera

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2026:11:24 07:12:00", None, datetime(2026, 11, 24, 0, 12, tzinfo=UTC)),
        ("2026:11:24 07:12:00", "+09:00", datetime(2026, 11, 23, 22, 12, tzinfo=UTC)),
        ("2026:11:24 07:12:00", "-03:30", datetime(2026, 11, 24, 10, 42, tzinfo=UTC)),
        ("2026:11:24 07:12:00", "+99:00", datetime(2026, 11, 24, 0, 12, tzinfo=UTC)),
        ("2026:13:40 07:12:00", None, None),
        ("0000:00:00 00:00:00", None, None),
        ("1980:01:01 00:00:00", None, None),
        ("2031:01:01 00:00:00", None, None),
        ("<script>alert(1)</script>", None, None),
        (None, None, None),
        (7, 7, None),
    ],
)
def test_the_cameras_clock(text: Any, offset: Any, expected: datetime | None) -> None:
    assert camera.parse_taken(text, offset, city=JAKARTA, now=NOW) == expected


@pytest.mark.parametrize(
    ("gps", "expected"),
    [
        ({1: "S", 2: (6, 12, 0), 3: "E", 4: (106, 48, 0)}, (-6.2, 106.8)),
        ({1: "N", 2: (6, 12, 0), 3: "W", 4: (106, 48, 0)}, (6.2, -106.8)),
        ({1: "S", 2: (6, 12, 0)}, None),
        ({1: "S", 2: (0, 0, 0), 3: "E", 4: (0, 0, 0)}, None),
        ({1: "S", 2: (96, 0, 0), 3: "E", 4: (106, 0, 0)}, None),
        ({1: "S", 2: (float("nan"), 0, 0), 3: "E", 4: (106, 0, 0)}, None),
        ({1: "S", 2: "<b>", 3: "E", 4: 3}, None),
        ({}, None),
    ],
)
def test_the_cameras_position(gps: dict[int, Any], expected: tuple[float, float] | None) -> None:
    found = camera.parse_position(gps)
    assert found == (pytest.approx(expected) if expected else None)


numbers = st.tuples(st.floats(), st.floats(), st.floats())
values = st.one_of(st.none(), st.text("SNWE<", max_size=3), st.binary(max_size=4), numbers)


@given(st.dictionaries(st.integers(1, 4), values))
def test_any_position_is_read_or_left_out(gps: dict[int, Any]) -> None:
    found = camera.parse_position(gps)
    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)
