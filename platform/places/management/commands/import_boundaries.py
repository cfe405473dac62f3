from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import DomainError
from places import services
from places.domain.boundary_file import MAX_BYTES, Flaw, Problem

SHOWN = 40
SENTENCES = {
    Flaw.TOO_LARGE: gettext_lazy("The file is larger than %(detail)s MB."),
    Flaw.NOT_UTF8: gettext_lazy("Line %(where)s: this is not UTF-8 text. Save the file as UTF-8."),
    Flaw.NOT_JSON: gettext_lazy("Line %(where)s: this is not valid JSON (%(detail)s)."),
    Flaw.BEYOND_REASON: gettext_lazy("The file is nested too deeply or holds a number that is none (%(detail)s)."),
    Flaw.NOT_COLLECTION: gettext_lazy("The file is not a GeoJSON FeatureCollection."),
    Flaw.NOT_FEATURE: gettext_lazy("Feature %(where)s: it is not a GeoJSON feature."),
    Flaw.UNKNOWN_CODE: gettext_lazy("Feature %(where)s: no kelurahan has this code."),
    Flaw.TWICE: gettext_lazy("Feature %(where)s: this kelurahan came before."),
    Flaw.NOT_POLYGON: gettext_lazy("Feature %(where)s: it must be a Polygon or MultiPolygon, not %(detail)s."),
    Flaw.BAD_COORDINATES: gettext_lazy("Feature %(where)s: wrong or unclosed coordinates near %(detail)s."),
    Flaw.BAD_SHAPE: gettext_lazy("Feature %(where)s: the shape is not valid (%(detail)s)."),
    Flaw.FAR_AWAY: gettext_lazy("Feature %(where)s: it lies %(detail)s km away from its kelurahan."),
    Flaw.MISSING: gettext_lazy("Kelurahan %(where)s: it has no boundary in the file."),
    Flaw.OVERLAP: gettext_lazy("Kelurahan %(where)s: they overlap by %(detail)s hectares."),
}


def sentence(problem: Problem) -> str:
    """A problem in words."""
    return str(SENTENCES[problem.flaw]) % {"where": problem.where, "detail": problem.detail}


class Command(BaseCommand):
    help = "Take the kelurahan boundaries of a GeoJSON file into use; nothing changes unless all of it is well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON FeatureCollection, one feature per kelurahan")
        parser.add_argument("--valid-from", default="", help="first day of validity, YYYY-MM-DD; today by default")
        parser.add_argument("--source", default="", help="where it comes from, named on pages")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            version = services.import_boundaries(
                actor=None,
                data=_read(path),
                source=(options["source"] or path.name)[:200],
                valid_from=_day(options["valid_from"]),
            )
        except DomainError as error:
            problems = error.data.get("problems", ())
            for problem in problems[:SHOWN]:
                self.stderr.write(sentence(problem))
            if len(problems) > SHOWN:
                more = len(problems) - SHOWN
                self.stderr.write(ngettext("… and %(more)d more.", "… and %(more)d more.", more) % {"more": more})
            raise CommandError(error.sentence) from error
        count = version.boundaries.count()
        self.stdout.write(
            _("%(count)d boundaries are in use, valid from %(day)s.") % {"count": count, "day": version.valid_from}
        )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to refuse it.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(_("The file %(path)s cannot be read.") % {"path": path}) from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(_("Write the day as YYYY-MM-DD, for example 2026-11-23.")) from error
