"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from tests.committed import empty_tables

# Tests that really commit are cleaned up by emptying what they filled: Django's flush would also take
# the city's facts, which migrations load, and stumbles over the triggers of append-only tables.
TransactionTestCase._fixture_teardown = lambda self: empty_tables(connection)  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fifty writers at once are half of what PostgreSQL takes: such tests run behind each other, in one worker."""
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.xdist_group("parallel-writers"))


@pytest.fixture(autouse=True)
def _clean_process_state() -> Iterator[None]:
    cache.clear()
    translation.activate("id")
    yield
    translation.activate("id")


@pytest.fixture(autouse=True)
def _on_postgresql(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("real parallel writers need PostgreSQL: set DATABASE_URL")
