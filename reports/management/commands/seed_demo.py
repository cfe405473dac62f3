from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.demo.seeding import seed


class Command(BaseCommand):
    help = "Fill the demo: a cast, citizens, and reports in every state with pictures. Does nothing when it is filled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reports", type=int, default=None, help="only so many reports")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Invented data belongs into a demo alone: DJANGO_SETTINGS_MODULE=config.settings.demo.")
        made = seed(options["reports"])
        self.stdout.write(f"{made} reports made." if made else "The demo is filled already.")
