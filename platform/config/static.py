"""Where collected static files go: hashed, and compressed where the public reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What no public page loads: the staff area, source maps, the readable twins of minified files.
# Compressing those megabytes would take most of the time of `make demo`.
NOT_PUBLIC = re.compile(r"^wagtail|\.map$|^leaflet/leaflet-src|^django_htmx/(?!htmx-2\.min)")


OUR_SCRIPT = re.compile(r"^(design|ledger|pages|photos|reports)/.*\.js$")
COMMENT = re.compile(rb"^\s*//.*\n", re.MULTILINE)


def lean(script: bytes) -> bytes:
    """A script of ours without the lines that only people read: a sixth of what a phone would load."""
    return COMMENT.sub(b"", script)


class PublicCompressed(CompressedManifestStaticFilesStorage):
    """As its parent, but only the files of the public pages are compressed, and comments stay at home."""

    def _save(self, name: str, content: File[Any]) -> str:
        if OUR_SCRIPT.match(name):
            content = ContentFile(lean(b"".join(content.chunks())))
        return str(super()._save(name, content))

    def compress_files(self, paths: Any) -> Iterator[tuple[str, str]]:
        public = [path for path in paths if not NOT_PUBLIC.search(path)]
        yield from super().compress_files(public)
