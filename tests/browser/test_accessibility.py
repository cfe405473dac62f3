"""Every page is readable for everybody: axe, narrow screens, enlarged text, sizes of what is pressed, one language."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.places import PLACES
from tests.browser.site import Look, Site, open_page, sign_in

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOKS = [Look(), Look(scheme="dark"), Look(width=1280, height=900)]
# The narrowest phone, and half of a phone: what somebody sees who enlarges everything to 200 %.
NARROW = {320: "the narrowest phone", 180: "200 % on a phone"}
TOO_WIDE = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth + 1) return [];
    return [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && box.right > page.clientWidth + 1 && !one.closest("svg, [data-map], .hide");
    }).slice(0, 5).map((one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`);
}"""
TOO_SMALL = """() => [...document.querySelectorAll(
    "main .button:not(.button--s), .thumb .button, .menu summary, .chip, .control, main select, " +
    "main input:not([type=hidden], [type=checkbox], [type=radio])"
)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[hidden], .leaflet-container"))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.outerHTML.slice(0, 90)} ${one.getBoundingClientRect().height}`)"""
# Words of the interface: not what people wrote, not names of places and offices.
INTERFACE = """(chosen) => [...document.querySelectorAll(chosen)]
    .filter((one) => one.checkVisibility() && !one.closest(
        "[lang]:not(html), .card, .rows, .crumbs, .queue, .prose, .case__title, .templates, [data-regions]"))
    .map((one) => one.innerText).join("\\n")"""
ENGLISH = re.compile(
    r"\b(the|and|your|you|with|this|that|report|reports|sign|save|next|search|password|error|page|not|from|send|is|are|"
    r"of|by|photo|back|please|more|all|done|overdue|office|waiting)\b",
    re.IGNORECASE,
)
INDONESIAN = re.compile(
    r"\b(yang|dan|tidak|untuk|dengan|anda|kirim|masuk|cari|lihat|laporan|belum|sudah|menunggu|diproses|beres|"
    r"berikutnya|oleh|paling|lambat|simpan|batal|dari|bukti|foto|tempat)\b",
    re.IGNORECASE,
)
# Codes of the ledger, specimens, mails in either language, and a page that forgets the cookie of the language.
IN_TWO_LANGUAGES = [name for name in PLACES if name not in {"audit", "style-guide", "demo-mail", "expired"}]
Screens = Callable[[Look, str], Page]


@pytest.fixture(scope="module")
def screens(site: Site, chromium: Browser) -> Iterator[Screens]:
    """One window for each look and person; what a window complains about fails at its end."""
    with contextlib.ExitStack() as stack:
        opened: dict[tuple[Look, str], Page] = {}

        def screen(look: Look, who: str) -> Page:
            if (look, who) not in opened:
                page = opened[look, who] = stack.enter_context(open_page(chromium, site, look))
                if who:
                    sign_in(page, who)
            return opened[look, who]

        yield screen


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing_and_the_page_fits(site: Site, screens: Screens, name: str, look: Look) -> None:
    place = PLACES[name]
    page = screens(look, place.who)
    _forget_drafts(page)
    place.open(page, site)
    assert _violations(page) == []
    assert page.evaluate(TOO_WIDE) == []
    if look == LOOKS[0]:
        assert page.evaluate(TOO_SMALL) == []
        try:
            for width, meaning in NARROW.items():
                page.set_viewport_size({"width": width, "height": look.height})
                assert page.evaluate(TOO_WIDE) == [], meaning
        finally:
            page.set_viewport_size({"width": look.width, "height": look.height})


def _violations(page: Page) -> list[Any]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], node["html"][:200]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", IN_TWO_LANGUAGES)
def test_a_page_speaks_one_language(site: Site, screens: Screens, name: str, language: str) -> None:
    place, look = PLACES[name], Look(width=1280, height=900, language=language)
    page = screens(look, place.who)
    _forget_drafts(page)
    place.open(page, site)
    assert page.locator("html").get_attribute("lang") == language
    if language == "id":
        text = page.evaluate(INTERFACE, "body")
        assert sorted(set(ENGLISH.findall(text))) == []
    else:
        words = "button, .button, header nav a, footer a, label, legend, th, dt, main h1:not(.item h1), main h2, .badge"
        text = page.evaluate(INTERFACE, words)
        assert sorted(set(INDONESIAN.findall(text))) == []


def _forget_drafts(page: Page) -> None:
    # A form would put back what the page before it typed.
    if page.url.startswith("http"):
        page.evaluate("window.localStorage.clear(), window.sessionStorage.clear()")
