"""What every test may use."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from tests.committed import empty_tables

# Tests that really commit are cleaned up by emptying what they filled: Django's flush would also take
# the city's facts, which migrations load, and stumbles over the triggers of append-only tables.
TransactionTestCase._fixture_teardown = lambda self: empty_tables(connection)  # type: ignore[method-assign]  # on purpose


@pytest.fixture(autouse=True)
def _clean_process_state() -> Iterator[None]:
    cache.clear()
    translation.activate("id")
    yield
    translation.activate("id")


@pytest.fixture(autouse=True)
def _on_postgresql(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fifty writers at once are half of what PostgreSQL takes: of all test workers one at a time may."""
    if not request.node.get_closest_marker("postgres"):
        yield
        return
    if connection.vendor != "postgresql":
        pytest.skip("real parallel writers need PostgreSQL: set DATABASE_URL")
    with (Path(tempfile.gettempdir()) / "rembuk-parallel-writers").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
