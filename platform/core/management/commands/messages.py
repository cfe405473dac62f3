from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

IGNORED = [".venv/*", "var/*", "tests/*", "docs/*"]


class Command(BaseCommand):
    help = "Collect the texts to translate and compile the catalogues; --check only tells what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("xgettext is missing: install the package gettext.")
        root = Path(settings.BASE_DIR)
        catalogue = root / "platform/config/locale/id/LC_MESSAGES/django.po"
        if options["check"]:
            before = catalogue.read_bytes()
            try:
                self._collect(root)
                self._report(before, catalogue)
            finally:
                catalogue.write_bytes(before)
            return
        self._collect(root)
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))

    def _collect(self, root: Path) -> None:
        # makemessages reads the folder it is called in.
        with chdir(root):
            call_command(
                "makemessages",
                locale=["id"],
                ignore_patterns=IGNORED,
                extensions=["html", "txt", "py"],
                no_location=True,
                no_obsolete=True,
                no_wrap=True,
                verbosity=0,
            )

    def _report(self, before: bytes, catalogue: Path) -> None:
        found = polib.pofile(str(catalogue))
        known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(before.decode())}
        missing = [entry.msgid for entry in found if not entry.translated()]
        new = [entry.msgid for entry in found if (entry.msgctxt, entry.msgid) not in known]
        if missing or new:
            raise CommandError("Not in the catalogue, or without Indonesian:\n" + "\n".join(missing + new))
        compiled = {(e.msgctxt, e.msgid): e.msgstr for e in polib.mofile(str(catalogue.with_suffix(".mo")))}
        written = {(e.msgctxt, e.msgid): e.msgstr for e in found if not e.msgid_plural}
        if any(compiled.get(key) != text for key, text in written.items()):
            raise CommandError("The .mo differs from its .po: run `make messages` and commit both.")
        self.stdout.write(f"{len(found)} texts, all in Indonesian.")
