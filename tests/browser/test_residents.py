"""From a code on a phone to a verified resident, at a desk that is a phone too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acting import sign_up
from tests.browser.site import PHONE, PLAIN_PHONE, Site, open_page, sign_in

pytestmark = pytest.mark.browser

NIK, NOT_A_NIK = "3173076504880007", "3173079904880007"


@pytest.fixture
def desk_phone(site: Site, chromium: Browser) -> Iterator[Page]:
    """The phone of the section head of Slipi at an assembly."""
    with open_page(chromium, site, PHONE) as page:
        sign_in(page, "rina")
        yield page


def show_code(page: Page) -> str:
    """Have the code shown that is read out at the desk."""
    page.goto("/warga/")
    page.get_by_role("button", name="Tampilkan kode saya").click()
    return re.sub(r"\D", "", page.locator(".showcode__digits").inner_text())


def look_at_card(desk: Page, code: str, nik: str) -> None:
    """Type the code and what the card says."""
    desk.goto("/warga/meja/")
    desk.get_by_label("Kode warga").fill(code)
    desk.get_by_role("button", name="Lanjut: kartu").click()
    desk.get_by_label("NIK").fill(nik)
    desk.get_by_label("RW").fill("06")
    desk.get_by_label(re.compile("Saya melihat langsung")).check(force=True)
    desk.get_by_role("button", name="Verifikasi").click()


def test_a_desk_on_a_phone_verifies_and_refuses(site: Site, phone: Page, desk_phone: Page, chromium: Browser) -> None:
    sign_up(phone, site, "warga.baru@example.org")
    phone.goto("/warga/saksi/")
    expect(phone.locator("main")).to_contain_text("Hanya warga terverifikasi yang dapat melakukan ini")
    phone.locator("main").get_by_role("link", name="Cara menjadi warga terverifikasi").click()
    code = show_code(phone)
    look_at_card(desk_phone, code, NOT_A_NIK)
    expect(desk_phone.locator("[aria-invalid=true]")).to_have_value(NOT_A_NIK)
    desk_phone.get_by_label("NIK").fill(NIK)
    desk_phone.get_by_role("button", name="Verifikasi").click()
    expect(desk_phone.get_by_role("status").first).to_contain_text("kini warga terverifikasi Kelurahan Slipi, RW 06")
    phone.goto("/warga/")
    expect(phone.locator("main")).to_contain_text("Anda warga terverifikasi Kelurahan Slipi")
    phone.get_by_role("link", name="Jadi saksi tetangga").click()
    expect(phone.get_by_label("Kode warga")).to_be_visible()
    assert site.wait_for_mail("warga.baru@example.org", r"(warga terverifikasi)")

    with open_page(chromium, site, PLAIN_PHONE) as second:
        sign_up(second, site, "akun.kedua@example.org")
        look_at_card(desk_phone, show_code(second), NIK)
    expect(desk_phone.locator(".field--error")).to_contain_text("sudah")
    assert NIK not in "".join(site.mails())
