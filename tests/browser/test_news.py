"""News reaches the inbox while one looks, leads to its report, and comes as one wants it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import take_step
from tests.browser.site import Site, sign_in

pytestmark = pytest.mark.browser
TITLE = "Tutup got pecah di depan warung kopi"


def test_an_answer_rings_the_bell_and_leads_to_the_report(
    site: Site, phone: Page, desk_of: Callable[[str], Page]
) -> None:
    number = site.report(TITLE)
    sign_in(phone, "sari")
    phone.goto("/bantuan/")
    bell = phone.locator(".bell a")
    before = int((re.search(r"(\d+) kabar baru", bell.inner_text()) or ["0", "0"])[1])
    take_step(desk_of("rina"), number, "Jawab untuk umum", text="Tutup baru sudah kami pesan.")
    expect(bell).to_contain_text(f"{before + 1} kabar baru")
    bell.click()
    newest = phone.locator(".news__one").first
    expect(newest).to_contain_text(TITLE)
    expect(newest).to_contain_text("Baru")
    newest.get_by_role("link").click()
    phone.wait_for_url(f"**/laporan/{number}/")
    phone.goto("/kabar/")
    expect(phone.locator(".bell a")).to_contain_text(f"{before} kabar baru")


def test_one_is_marked_as_read_and_all_are_without_javascript(phone: Page, plain_phone: Page) -> None:
    sign_in(phone, "tono")
    phone.goto("/kabar/")
    marked = phone.locator(".news__one--new")
    many = marked.count()
    assert many > 1
    marked.first.get_by_role("button").click()
    expect(marked).to_have_count(many - 1)
    sign_in(plain_phone, "tono")
    plain_phone.goto("/kabar/")
    plain_phone.get_by_role("button", name="Tandai semua dibaca").click()
    expect(plain_phone.locator(".news__one--new")).to_have_count(0)
    expect(phone.locator(".news__one--new")).to_have_count(0)


def test_what_cannot_be_switched_off_says_why(plain_phone: Page) -> None:
    sign_in(plain_phone, "maya")
    plain_phone.goto("/kabar/")
    plain_phone.get_by_role("link", name="Pengaturan").click()
    own = plain_phone.locator("#id_mail_report_own")
    own.select_option(label="Tanpa surel")
    asks = plain_phone.locator("#id_mail_report_asks")
    assert "Tanpa surel" not in asks.inner_text()
    expect(plain_phone.get_by_text("Tidak dapat dimatikan.").first).to_be_visible()
    plain_phone.get_by_role("button", name="Simpan").click()
    expect(plain_phone.get_by_text("Tersimpan.")).to_be_visible()
    expect(plain_phone.locator("#id_mail_report_own")).to_have_value("off")
