"""Draws docs/screenshots/ from a freshly made demo: `make screenshots`."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.server import ROOT
from tests.browser.site import CHROMIUM, Look, Site, open_page, serve, sign_in

FOLDER = ROOT / "docs/screenshots"
MOST_BYTES = 4_000_000
COLOURS = 256
# Width: height and scale. A phone's picture is finer, as its screen is, and longer than the screen: one scrolls.
SIZES = {360: (1400, 1.5), 1280: (1050, 1.0)}


def _filled_in(page: Page) -> None:
    page.fill("#id_description", "Got di ujung gang mampet, air masuk rumah tiap hujan.")
    page.get_by_role("radio", name="Saluran air, kali, sungai").check(force=True)
    page.get_by_role("heading", level=1, name="Buat laporan").click()


def _map_drawn(page: Page) -> None:
    page.locator(".leaflet-marker-icon").first.wait_for()


def _as_opened(page: Page) -> None:
    """Nothing to do."""


@dataclass(frozen=True)
class Picture:
    """A page to be drawn.

    Args:
        path: {title} stands for the number of the report of this title.
        who: key of the cast, "" for a visitor.
        then: what is done on the page first.
        widths: on which screens.
    """

    path: str
    who: str = ""
    then: Callable[[Page], None] = _as_opened
    widths: tuple[int, ...] = (360, 1280)


PICTURES = {
    "home": Picture("/"),
    "filing": Picture("/lapor/", then=_filled_in),
    "report": Picture("/laporan/{Got mampet, air naik ke teras tiap hujan}/", who="sari"),
    "list": Picture("/laporan/"),
    "desk": Picture("/meja/{Sampah bekas banjir belum diangkut}/", who="rina"),
    "map": Picture("/laporan/peta/", then=_map_drawn, widths=(1280,)),
    "gaya": Picture("/gaya/", widths=(1280,)),
    "resident": Picture("/warga/", who="sari", widths=(360,)),
    "security": Picture("/akun/keamanan/", who="rina", widths=(360,)),
    "inbox": Picture("/kabar/", who="sari", widths=(360,)),
    "counter": Picture("/loket/", who="joko", widths=(360,)),
    "audit": Picture("/audit/", who="nanda", widths=(1280,)),
    "discussion": Picture("/bincang/laporan/{Got mampet, air naik ke teras tiap hujan}/", who="sari"),
    "moderation": Picture("/moderasi/", who="maya", widths=(1280,)),
    "moderation-log": Picture("/moderasi/catatan/", widths=(360,)),
}


def draw(site: Site, browser: Browser, name: str, picture: Picture, look: Look) -> int:
    """Draw one picture into the folder.

    Returns:
        Its size in bytes.
    """
    before, brace, rest = picture.path.partition("{")
    title, _, after = rest.partition("}")
    with open_page(browser, site, look) as page:
        if picture.who:
            sign_in(page, picture.who)
        page.goto(before + site.report(title) + after if brace else picture.path)
        page.locator(".toast [data-dismiss], .toast button").evaluate_all("(all) => all.forEach((one) => one.click())")
        picture.then(page)
        page.wait_for_load_state("networkidle")
        drawn = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    path = FOLDER / f"{name}-{look.width}-{look.scheme}.png"
    drawn.convert("RGB").quantize(COLOURS, kmeans=1).save(path, optimize=True)
    return path.stat().st_size


def draw_all(names: list[str], folder: Path) -> None:
    """Draw the pictures of these names from a demo in a folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        for name, scheme in product(names, ["light", "dark"]):
            for width in PICTURES[name].widths:
                height, scale = SIZES[width]
                look = Look(width=width, height=height, scheme=scheme, scale=scale)
                size = draw(site, browser, name, PICTURES[name], look)
                sys.stdout.write(f"{name}-{width}-{scheme}.png  {size / 1000:.0f} KB\n")
        browser.close()
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    if total > MOST_BYTES:
        raise SystemExit(f"The pictures weigh {total / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f} MB.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        draw_all(sys.argv[1:] or list(PICTURES), Path(os.environ.get("BROWSER_SITE", temporary)))
