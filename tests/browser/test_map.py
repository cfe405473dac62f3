"""The map of the reports: every mark can be hit, every name can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import DESKTOP, PHONE, Look, Site, open_page

pytestmark = pytest.mark.browser
TOUCHING = """() => {
    const middle = (one) => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2, box.width / 2]; };
    const marks = [...document.querySelectorAll(".leaflet-marker-pane > :is(.pin, .pile)")].map(middle);
    const names = [...document.querySelectorAll(".map-name")].map((one) => one.getBoundingClientRect());
    const close = marks.filter(([x, y, r], at) => marks.slice(0, at).some(([a, b, s]) => Math.hypot(x - a, y - b) < r + s - 1));
    const hidden = names.filter((box) => marks.some(([x, y, r]) => x > box.left && x < box.right && Math.abs(y - box.top - box.height / 2) < r / 2));
    return { marks: marks.length, names: names.length, close: close.length, hidden: hidden.length };
}"""  # fmt: skip # noqa: E501  a script


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=str)
def test_no_mark_lies_on_another_and_no_name_under_one(site: Site, chromium: Browser, look: Look) -> None:
    with open_page(chromium, site, look) as page:
        page.goto("/laporan/peta/")
        page.locator(".leaflet-marker-icon").first.wait_for()
        for zoomed in range(4):
            found = page.evaluate(TOUCHING)
            assert (found["close"], found["hidden"]) == (0, 0), zoomed
            assert found["marks"] > 1
            assert found["names"] > 0
            _into_the_largest_pile(page)


def _into_the_largest_pile(page: Page) -> None:
    piles = page.locator(".pile").all()
    if piles:
        max(piles, key=lambda pile: int(pile.inner_text())).click()
        page.locator(".leaflet-zoom-anim").wait_for(state="detached")
