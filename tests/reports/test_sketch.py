"""Names in a drawn map: none under the pin, none across another, none over the edge, the own one always there."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.domain.sketch import EDGE, PIN, Box, Frame, Label, labelled
from reports.queries import maps
from tests.factories.reports import ReportFactory as AReport

FRAME = Frame(north=-6.1, west=106.7, scale=1000, width=1000, height=625)
WHOLE = Box(EDGE, EDGE, FRAME.width - EDGE, FRAME.height - EDGE)
SIZE = 46
words = st.text("abcdefgh ", min_size=3, max_size=20)
names = st.lists(st.builds(Label, words, st.integers(-900, 1900), st.integers(-900, 1500)), max_size=12)


def covered_by_pin(x: int, y: int) -> Box:
    return Box(x + PIN.left, y + PIN.top, x + PIN.right, y + PIN.bottom)


@given(others=names, own=st.builds(Label, words, st.integers(-900, 1900), st.integers(-900, 1500), st.just(True)))
def test_names_around_a_pin_in_the_middle(others: list[Label], own: Label) -> None:
    pin = (FRAME.width // 2, FRAME.height // 2)
    found = labelled([*others, own], FRAME, size=SIZE, pin=pin)
    boxes = [label.box(SIZE) for label in found]
    assert [label.text for label in found if label.own] == [own.text]
    assert all(box.within(WHOLE) and not box.meets(covered_by_pin(*pin)) for box in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_a_name_that_fits_stays_where_it_is() -> None:
    label = Label("Slipi", 300, 200, own=True)
    assert labelled([label], FRAME, size=SIZE, pin=(500, 400)) == [label]
    assert labelled([Label("Jauh", -400, 200)], FRAME, size=SIZE, pin=None) == []


@pytest.mark.django_db
def test_the_map_of_a_report_names_its_kelurahan_beside_the_pin() -> None:
    report = AReport(lat=-6.1935, lng=106.7990)
    sketch = maps.close_up(report)
    own = [name for name in sketch.names if name.own]
    assert [name.text for name in own] == ["Slipi"]
    assert not own[0].box(SIZE).meets(covered_by_pin(sketch.marks[0].x, sketch.marks[0].y))
