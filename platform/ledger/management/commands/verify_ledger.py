from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger import queries


class Command(BaseCommand):
    help = "Recompute every hash of the ledger; exits with 1 and names the place when a chain does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", nargs=2, metavar=("TYPE", "ID"), default=("", ""), help="only this chain")

    def handle(self, *args: Any, **options: Any) -> None:
        chains = entries = breaks = 0
        for found in queries.verify(*options["subject"]):
            chains += 1
            entries += found.entries
            if found.broken:
                breaks += 1
                where = f"{found.subject_type} {found.subject_id} #{found.broken.seq}"
                self.stderr.write(f"{where}: {found.broken.why}")
        if any(options["subject"]) and not chains:
            raise CommandError("Nothing was recorded for this subject.")
        self.stdout.write(f"{chains} chains, {entries} entries, {breaks} broken")
        if breaks:
            raise CommandError("The ledger does not hold.")
