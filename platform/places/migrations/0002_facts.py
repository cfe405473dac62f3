"""Every installation needs the city's regions, offices and holidays, so they come with the tables."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from places.facts import load


def add_facts(apps: Any, schema_editor: Any) -> None:
    load.upsert(*(apps.get_model("places", name) for name in ("Region", "Agency", "Holiday")))


def remove_facts(apps: Any, schema_editor: Any) -> None:
    load.remove(*(apps.get_model("places", name) for name in ("Region", "Agency", "Holiday")))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(add_facts, remove_facts)]
