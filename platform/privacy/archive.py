"""A copy of somebody's data as one archive: every section as JSON and as CSV, and the files."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from core.cells import safe_cell
from core.personal import File, Row, Section


def write(
    out: IO[bytes], *, person: Any, sections: list[Section], files: Iterable[File], step: Callable[[], None]
) -> None:
    """Write the archive; memory stays flat however much there is.

    Args:
        out: where to; can seek.
        person: whose data.
        sections: what to write as JSON and CSV.
        files: photos and the like.
        step: called after each section and each file.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("BACA-DULU.txt", _read_me(sections))
        for section in sections:
            _write_section(archive, section, person)
            step()
        for name, opened in files:
            with opened() as source, archive.open(name, "w") as target:
                shutil.copyfileobj(source, target)
            step()


def _write_section(archive: zipfile.ZipFile, section: Section, person: Any) -> None:
    with archive.open(f"{section.name}.json", "w") as target:
        text = io.TextIOWrapper(target, encoding="utf-8", write_through=True)
        text.write("[")
        for place, row in enumerate(section.rows(person)):
            text.write(",\n" if place else "\n")
            text.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False))
        text.write("\n]\n")
        text.detach()
    with archive.open(f"{section.name}.csv", "w") as target:
        text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
        for line in _lines(section.rows(person)):
            text.write(line)
        text.detach()


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for place, row in enumerate(rows):
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        if not place:
            writer.writerow(row)
        writer.writerow([safe_cell(value) for value in row.values()])
        yield buffer.getvalue()


def _read_me(sections: list[Section]) -> str:
    names = "\n".join(f"- {section.name}.json, {section.name}.csv: {section.title}" for section in sections)
    head = _("Everything that Rembuk holds about you, on the day you asked for it. Photos lie in the folder foto.")
    return f"{head}\n\n{names}\n"
