"""A report goes on the notice board: one sheet with what matters, and nothing that can only be pressed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.site import Site

pytestmark = pytest.mark.browser
PRESSED = "nav, button, .button, .menu, .foot, .demo-note, .crumbs, .next-box, .line-link, .photo--none"


def test_a_report_without_an_after_photo_prints_on_one_sheet(site: Site, phone: Page) -> None:
    address = f"/laporan/{site.report('Tutup got pecah di depan warung kopi')}/"
    phone.goto(address)
    phone.emulate_media(media="print", color_scheme="dark")
    assert phone.locator(PRESSED).filter(visible=True).count() == 0
    photo, pair = phone.locator(".pair img").bounding_box(), phone.locator(".pair").bounding_box()
    assert photo
    assert pair
    assert photo["width"] > pair["width"] - 2
    assert phone.get_by_text(site.address + address).is_visible()
    assert phone.locator(".lifeline .step").first.is_visible()
    assert phone.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(re.findall(rb"/Type\s*/Page\b", phone.pdf(format="A4"))) == 1
