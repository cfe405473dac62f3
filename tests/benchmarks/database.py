"""The benchmark's own database: made once, kept between runs."""

from __future__ import annotations

import psycopg
from django.conf import settings
from django.core.management import call_command
from psycopg import sql


def prepare() -> None:
    """Make the database if it is not there, migrate it and collect the assets."""
    target = settings.DATABASES["default"]
    address = {"host": target["HOST"], "port": target["PORT"] or 5432, "user": target["USER"]}
    if target["PASSWORD"]:
        address["password"] = target["PASSWORD"]
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [target["NAME"]]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(target["NAME"])))
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
