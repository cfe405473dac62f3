"""A page that is open when its right or its session ends says so in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import DESKTOP, PHONE, Site, open_page, sign_in

pytestmark = pytest.mark.browser


def listening(page: Page, path: str) -> None:
    """Open a page and wait for its socket."""
    with page.expect_websocket():
        page.goto(path)
    page.wait_for_timeout(500)


def test_signing_out_everywhere_reaches_the_other_screen(
    site: Site, chromium: Browser, desk_of: Callable[[str], Page]
) -> None:
    desk = desk_of("rina")
    listening(desk, "/meja/")
    with open_page(chromium, site, PHONE) as phone:
        sign_in(phone, "rina")
        phone.goto("/akun/keamanan/")
        phone.get_by_role("button", name="Keluar dari semua perangkat lain").click()
        expect(phone.get_by_text("Di perangkat ini Anda tetap masuk")).to_be_visible()
        notice = desk.get_by_role("alert").filter(has_text="Anda sudah keluar")
        expect(notice).to_be_visible()
        expect(notice.get_by_role("link", name="Masuk lagi")).to_have_attribute("href", "/akun/masuk/?next=%2Fmeja%2F")


def test_another_tab_of_the_device_that_stays_signed_in_goes_on(site: Site, chromium: Browser) -> None:
    with open_page(chromium, site, DESKTOP) as desk:
        sign_in(desk, "rina")
        listening(desk, "/meja/")
        account = desk.context.new_page()
        account.goto("/akun/keamanan/")
        with desk.expect_websocket():
            account.get_by_role("button", name="Keluar dari semua perangkat lain").click()
        desk.wait_for_timeout(1500)
        expect(desk.get_by_role("alert").filter(has_text="Anda sudah keluar")).to_have_count(0)
