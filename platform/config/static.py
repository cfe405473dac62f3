"""Where collected static files go: hashed, and compressed where the public reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# What no public page loads: the staff area, source maps, the readable twins of minified files.
# Compressing those megabytes would take most of the time of `make demo`.
NOT_PUBLIC = re.compile(r"^wagtail|\.map$|^leaflet/leaflet-src|^django_htmx/(?!htmx-2\.min)")


class PublicCompressed(CompressedManifestStaticFilesStorage):
    """As its parent, but only the files of the public pages are compressed."""

    def compress_files(self, paths: Any) -> Iterator[tuple[str, str]]:
        public = [path for path in paths if not NOT_PUBLIC.search(path)]
        yield from super().compress_files(public)
