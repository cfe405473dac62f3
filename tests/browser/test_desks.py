"""A desk on a phone: a card, a report for somebody without an account, its ticket; then the owner takes it over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.site import PHONE, PLAIN_PHONE, Look, Site, open_page, sign_in

pytestmark = pytest.mark.browser

WHAT = "Tutup saluran di depan pos hansip hilang, anak-anak lewat situ"


@pytest.fixture
def desk(site: Site, chromium: Browser) -> Iterator[Page]:
    """The phone of an officer of Slipi at an assembly."""
    with open_page(chromium, site, PHONE) as page:
        sign_in(page, "joko")
        yield page


def press(page: Page, name: str) -> None:
    """One tap."""
    page.get_by_role("button", name=name, exact=True).click()


def make_card(desk: Page) -> tuple[str, str]:
    """Number and PIN of a new card."""
    desk.goto("/loket/")
    desk.get_by_role("link", name="Buat kartu").click()
    desk.get_by_label(re.compile("Orangnya hadir")).check(force=True)
    press(desk, "Buat kartunya")
    number, pin = desk.locator(".showcode__digits").all_inner_texts()
    return number, pin


def read_pdf(page: Page, address: str) -> str:
    """The words of a paper, as the phone gets it."""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(PdfReader(BytesIO(answer.body())).pages[0].extract_text().split())


def test_from_the_desk_to_an_own_account(site: Site, chromium: Browser, desk: Page) -> None:
    number, pin = make_card(desk)
    # Six taps from one person to the ticket of the next, and the words.
    press(desk, "Orang berikutnya")
    press(desk, "Laporan tanpa akun")
    desk.get_by_label("Apa yang perlu diperbaiki?").first.fill(WHAT)
    desk.get_by_role("radio", name="Saluran air, kali, sungai").check(force=True)
    press(desk, "Lanjut: di mana")
    expect(desk.get_by_label("Nama kelurahan")).to_have_value(re.compile("Kelurahan Slipi"))
    press(desk, "Lanjut: foto")
    press(desk, "Kirim laporan")
    desk.wait_for_url("**/tiket/*/")
    spoken = desk.locator(".showcode__digits").inner_text()
    code = desk.locator(".facts strong").inner_text()
    told = read_pdf(desk, f"{desk.url}tiket.pdf")
    for words in (spoken, code, "Kantor Kelurahan Slipi", "loket Kelurahan Slipi", WHAT):
        assert words in told

    with open_page(chromium, site, PLAIN_PHONE) as person:
        person.goto(f"/loket/klaim/?kode={code}")
        person.get_by_role("link", name="Masuk dengan kartu").click()
        person.get_by_label("Nomor kartu").fill(number)
        person.get_by_label("PIN", exact=True).fill(pin)
        press(person, "Masuk")
        expect(person.get_by_label("Kode pada tiket")).to_have_value(code)
        press(person, "Ambil alih")
        expect(person).to_have_title(re.compile("Tutup saluran di depan pos hansip hilang"))
        expect(person.locator("main")).to_contain_text("Disampaikan lewat loket Kelurahan Slipi")
        assert spoken in person.locator("main").inner_text()

    # The desk no longer opens what belongs to somebody now.
    desk.reload()
    expect(desk.locator("h1")).not_to_have_text("Sudah diterima")


@pytest.mark.parametrize("look", [PHONE, PLAIN_PHONE], ids=["with scripts", "without"])
def test_the_card_is_printed_and_its_pin_changed(site: Site, chromium: Browser, desk: Page, look: Look) -> None:
    number, pin = make_card(desk)
    with desk.expect_popup() as opened, desk.context.expect_event("response", is_pdf) as answered:
        press(desk, "Cetak kartu (PDF)")
    assert opened.value
    assert answered.value.status == 200

    with open_page(chromium, site, look) as person:
        person.goto(f"/akun/masuk/kartu/?nomor={number.replace(' ', '')}")
        person.get_by_label("PIN", exact=True).fill(pin)
        press(person, "Masuk")
        person.wait_for_url(f"{site.address}/")
        person.goto("/akun/kartu/")
        person.get_by_label("PIN saat ini").fill(pin)
        person.get_by_label("PIN baru").fill("905713")
        press(person, "Simpan PIN baru")
        expect(person.get_by_role("status").first).to_contain_text("PIN Anda sudah diganti")


def is_pdf(response: object) -> bool:
    """The paper of a card."""
    return "/kartu/cetak/" in getattr(response, "url", "")
