"""A filled site of its own served by the real server, and browsers to look at it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import CHROMIUM, DESKTOP, ENGLISH_PHONE, PHONE, PLAIN_PHONE, Site, open_page, serve, sign_in
from tests.factories.photos import camera_exif, encoded, scene


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, freshly made, in a folder of its own.

    BROWSER_SITE names a folder that is kept, to try things faster.
    """
    kept = os.environ.get("BROWSER_SITE")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("site")
    folder.mkdir(parents=True, exist_ok=True)
    with serve(folder) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def phone(site: Site, chromium: Browser) -> Iterator[Page]:
    """A phone of 360 px in Indonesian."""
    with open_page(chromium, site, PHONE) as page:
        yield page


@pytest.fixture
def plain_phone(site: Site, chromium: Browser) -> Iterator[Page]:
    """The same phone without JavaScript."""
    with open_page(chromium, site, PLAIN_PHONE) as page:
        yield page


@pytest.fixture
def english_phone(site: Site, chromium: Browser) -> Iterator[Page]:
    """The phone of somebody who chose English."""
    with open_page(chromium, site, ENGLISH_PHONE) as page:
        yield page


@pytest.fixture
def desk_of(site: Site, chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens wide screens of officers, each signed in as somebody of the cast."""
    with contextlib.ExitStack() as screens:

        def open_as(key: str) -> Page:
            page = screens.enter_context(open_page(chromium, site, DESKTOP))
            sign_in(page, key)
            return page

        yield open_as


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Photos as a phone takes them, each of something else; the first tells where it was taken."""
    paths = []
    for seed in (11, 12, 13, 14):
        path = tmp_path / f"foto-{seed}.jpg"
        picture = scene(seed, 1600, 1200)
        path.write_bytes(encoded(picture, exif=camera_exif(6)) if seed == 11 else encoded(picture))
        paths.append(path)
    return paths
