"""Cleaning up after tests that commit, and running things at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Filled by migrations and needed by every test.
FACTS = (
    "django_migrations",
    "django_content_type",
    "django_site",
    "auth_",
    "wagtailcore_",
    "wagtailimages_",
    "wagtaildocs_",
    "wagtailsearch_",
    "pages_",
    "places_region",
    "places_agency",
    "places_holiday",
    "reports_category",
    "reports_categorygroup",
    "reports_routingrule",
    "reports_replytemplate",
)


def empty_tables(database: BaseDatabaseWrapper) -> None:
    """Delete all rows but the facts, past the triggers that keep some tables append-only."""
    tables = [
        name for name in database.introspection.django_table_names(only_existing=True) if not name.startswith(FACTS)
    ]
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  names come from the models
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        cursor.execute("PRAGMA foreign_keys = OFF")
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  names come from the models
        for _name, sql in triggers:
            cursor.execute(sql)
        cursor.execute("PRAGMA foreign_keys = ON")


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run `act(0) .. act(count - 1)` in as many threads, released together.

    Returns:
        What each returned, or the exception it raised, in order.
    """
    barrier = threading.Barrier(count)
    results: list[Any] = [None] * count

    def run(place: int) -> None:
        try:
            barrier.wait(timeout=30)
            results[place] = act(place)
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    _wait_until_released()
    connection.close()
    return results


def _wait_until_released() -> None:
    # A connection that is closed lives on for a moment in the server, which takes only a hundred.
    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError("connections to the database were left open")
