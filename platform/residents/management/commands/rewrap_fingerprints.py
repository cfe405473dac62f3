from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from residents import services


class Command(BaseCommand):
    help = "After a key was appended to RESIDENT_PEPPERS: bring what is stored under the newest one."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        while count := services.rewrap():
            done += count
            self.stdout.write(f"{done} fingerprints ...")
        self.stdout.write(f"{done} fingerprints brought under key {len(services.peppers())}.")
