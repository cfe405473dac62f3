"""What reports show on the home page: nothing hidden, honest figures, a constant number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from reports.models import Report, ReportStep
from reports.queries import home
from tests.factories.reports import ReportFactory

pytestmark = pytest.mark.django_db


def filed(*, public: bool = True, title: str = "Lampu mati", **fields: Any) -> Report:
    """A report with facts that no service would set."""
    report = ReportFactory(public=public, title=title)
    Report.objects.filter(pk=report.pk).update(**({"public": public} | fields))
    report.refresh_from_db()
    return report


def ended(name: str, *, public: bool = True, days_ago: int = 1) -> Report:
    """A report with one outcome of a completion on its line."""
    report = filed(public=public)
    moment = timezone.now() - timedelta(days=days_ago)
    ReportStep.objects.create(report=report, seq=90, name=name, source="declared_done", target="confirmed", at=moment)
    return report


def test_without_data_it_says_so(client: Client) -> None:
    html = client.get("/").content.decode()
    assert "Belum ada yang dapat dihitung" in html
    assert "%" not in html.split('id="angka"')[1].split("</section>")[0]


def test_figures_count_what_citizens_said_and_nothing_else() -> None:
    for name, count in (("confirm", 3), ("reopen", 1), ("lapse", 1)):
        for _ in range(count):
            ended(name)
    ended("confirm", public=False)
    ended("confirm", days_ago=120)
    found = home.figures()
    assert (found.confirmed, found.completions, found.share) == (3, 5, 60)


def test_the_median_is_of_first_answers() -> None:
    now = timezone.now()
    for hours in (2, 10, 90):
        filed(created=now - timedelta(hours=100), first_answered=now - timedelta(hours=100 - hours))
    filed(first_answered=None)
    found = home.figures()
    assert found.answer_hours == pytest.approx(10, abs=0.01)
    assert found.answer_days is None


def test_open_and_overdue_are_of_public_reports() -> None:
    today = timezone.localdate()
    filed(due=today + timedelta(days=5), first_answer_due=today + timedelta(days=5))
    filed(due=today - timedelta(days=1))
    filed(public=False, due=today - timedelta(days=1))
    found = home.figures()
    assert (found.open, found.overdue) == (2, 1)


def test_nothing_hidden_is_shown(client: Client) -> None:
    filed(title="Lampu mati")
    filed(public=False, title="Rahasia sekali")
    html = client.get("/").content.decode()
    assert "Lampu mati" in html
    assert "Rahasia sekali" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_costs_the_same_queries_however_much_is_reported(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        filed()
    client.get("/")
    cache.delete(home.FIGURES_KEY)
    with django_assert_num_queries(QUERIES_COUNTING):
        client.get("/")
    with django_assert_num_queries(QUERIES):
        client.get("/")


QUERIES_COUNTING, QUERIES = 14, 10
