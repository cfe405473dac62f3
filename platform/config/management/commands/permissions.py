from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.permissions import document

PAGE = Path(settings.BASE_DIR) / "docs/permissions.md"


class Command(BaseCommand):
    help = "Write docs/permissions.md from the table of actions; --check only tells whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        text = document()
        if not options["check"]:
            PAGE.write_text(text, encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/permissions.md differs from the table of actions: run `manage.py permissions`.")
        self.stdout.write("docs/permissions.md is the table of actions.")
