"""Refusals, panels, paging, ticks and tasks: what every app leans on."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from rules.permissions import permissions

from core import actions, errors, paging, panels, ticks
from core.models import TickJob
from reports.models import Report
from tests.factories.reports import ReportFactory

ROOT = Path(settings.BASE_DIR)
OUR_CODE = [*ROOT.glob("platform/**/*.py"), *ROOT.glob("reports/**/*.py")]


def test_no_folder_bears_the_name_of_a_standard_library_module() -> None:
    folders = [path.name for path in [*ROOT.glob("platform/*"), *ROOT.glob("*")] if (path / "__init__.py").exists()]
    assert "core" in folders
    assert not set(folders) & sys.stdlib_module_names
    assert not (ROOT / "platform/__init__.py").exists()


def test_every_permission_that_the_code_asks_for_is_registered() -> None:
    asked = {
        name
        for path in OUR_CODE
        for name in re.findall(r"may\([^,()]+, \"([a-z_]+\.[a-z_]+)\"", path.read_text(encoding="utf-8"))
    }
    asked |= {row.permission for row in actions.every() if row.permission}
    assert "reports.view" in asked
    assert asked <= set(permissions)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_refusal_says_what_to_do_in_both_languages(language) -> None:
    with translation.override(language):
        sentences = {code: str(told.sentence) for code, told in errors.explanations().items()}
    assert len(sentences) > 20
    assert all(len(sentence) > 20 and sentence.rstrip().endswith((".", "”", "?")) for sentence in sentences.values())


def test_every_refusal_is_translated() -> None:
    with translation.override("en"):
        english = {code: str(told.sentence) for code, told in errors.explanations().items()}
    with translation.override("id"):
        indonesian = {code: str(told.sentence) for code, told in errors.explanations().items()}
    assert {code for code in english if english[code] == indonesian[code]} == set()


def test_a_code_is_registered_once_and_is_a_refusal() -> None:
    with pytest.raises(ValueError, match="twice"):
        errors.register(errors.NOT_ALLOWED, 403, "Lagi.")
    with pytest.raises(ValueError, match="400-499"):
        errors.register("kiamat", 500, "Tidak.")


def test_panels_come_in_their_order_and_only_where_there_is_something() -> None:
    slot = "tests.slot"
    panels.register(slot, lambda subject, viewer: panels.Panel("b.html", order=20))
    panels.register(slot, lambda subject, viewer: panels.Panel("a.html", order=10) if subject else None)
    assert [panel.template for panel in panels.collect(slot, "x", None)] == ["a.html", "b.html"]
    assert [panel.template for panel in panels.collect(slot, None, None)] == ["b.html"]


class TestPaging:
    @given(st.text(max_size=80))
    def test_a_cursor_that_is_not_ours_is_no_cursor(self, text) -> None:
        key = paging.decode(text)
        assert key is None or paging.decode(paging.encode(*key)) == key

    @given(st.integers(0, 7 * 10**15), st.integers(0, 2**62))
    def test_a_cursor_leads_back_to_its_row(self, microseconds, pk) -> None:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
        assert paging.decode(paging.encode(moment, pk)) == (moment, pk)

    @pytest.mark.parametrize("year", [1, 1969, 2201, 9999])
    def test_a_year_that_no_column_holds_everywhere_is_no_cursor(self, year) -> None:
        assert paging.decode(paging.encode(datetime(year, 6, 1, tzinfo=UTC), 1)) is None

    @pytest.mark.django_db
    def test_pages_show_every_row_once_even_at_the_same_moment(self) -> None:
        ReportFactory.create_batch(5)
        Report.objects.update(created=datetime(2026, 11, 23, tzinfo=UTC))
        seen: list[int] = []
        after, first = "", True
        while first or after:
            cut = paging.page(Report.objects.all(), by="created", after=after, size=2)
            assert cut.is_first is first
            seen += [row.pk for row in cut.rows]
            after, first = cut.next_cursor, False
        assert seen == sorted(Report.objects.values_list("pk", flat=True), reverse=True)


class TestTicks:
    @pytest.fixture
    def jobs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ticks, "_jobs", {})

    @pytest.mark.django_db
    def test_a_job_runs_no_more_often_than_it_says(self, jobs) -> None:
        ran: list[datetime] = []
        ticks.every_tick("tests.often", minutes=5)(lambda now: ran.append(now) or 1)
        now = datetime(2026, 11, 23, tzinfo=UTC)
        assert ticks.run_due(now) == {"tests.often": 1}
        assert ticks.run_due(now + timedelta(minutes=4)) == {}
        assert ticks.run_due(now + timedelta(minutes=5)) == {"tests.often": 1}
        assert TickJob.objects.get().started == now + timedelta(minutes=5)

    @pytest.mark.django_db
    def test_one_that_fails_is_told_and_does_not_stop_the_others(self, jobs, caplog) -> None:
        def broken(now: datetime) -> int:
            raise DatabaseError("rahasia")

        ticks.every_tick("tests.broken")(broken)
        ticks.every_tick("tests.fine")(lambda now: 2)
        assert ticks.run_due(datetime(2026, 11, 23, tzinfo=UTC)) == {"tests.fine": 2}
        assert [record.getMessage() for record in caplog.records] == ["tick job failed"]
