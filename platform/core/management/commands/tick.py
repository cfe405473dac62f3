from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import ticks


class Command(BaseCommand):
    help = "Do whatever is due now: deadlines, escalations, expiries. Run it every minute; more often is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in ticks.run_due(timezone.now()).items():
            if count or options["verbosity"] > 1:
                self.stdout.write(f"{name}: {count}")
