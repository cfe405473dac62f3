from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def files_on_disk() -> Callable[[], set[Path]]:
    """The files that the photo storage holds now."""
    root = Path(settings.STORAGES["photos"]["OPTIONS"]["location"])
    return lambda: {path for path in root.rglob("*") if path.is_file()}
