"""A question that an office answers, a comment that another sees at once, and a moderator who is appealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import PHONE, PLAIN_PHONE, Site, open_page, sign_in

pytestmark = pytest.mark.browser

WARUNG, SOFA = "Tutup got pecah di depan warung kopi", "Kasur dan sofa bekas di pinggir kali"
QUESTION = "Apakah besok sudah ditutup papan dulu?"
ANSWER = "Malam ini kami pasang papan, gantinya datang Kamis."
Desk = Callable[[str], Page]


def write(page: Page, number: str, text: str, kind: str = "information") -> None:
    """Begin a thread."""
    page.goto(f"/bincang/laporan/{number}/?tulis=")
    page.get_by_label("Jenis komentar").select_option(kind)
    page.get_by_label("Komentar Anda").fill(text)
    page.get_by_role("button", name="Kirim komentar").click()
    page.wait_for_url(lambda address: "#c" in address)


def test_an_office_answers_and_the_clock_stops(site: Site, phone: Page, desk_of: Desk) -> None:
    number = site.report(WARUNG)
    sign_in(phone, "sari")
    write(phone, number, QUESTION, "question")
    thread = phone.url.partition("#")[0]
    expect(phone.locator(".comment--question").first).to_contain_text("Kantor menjawab paling lambat")
    office = desk_of("rina")
    office.goto(thread)
    office.get_by_label("Jawaban kantor").fill(ANSWER)
    office.get_by_role("button", name="Kirim balasan").click()
    expect(office.locator(".comment--answer .comment__who")).to_have_text("Kasi Ekbang, Kelurahan Slipi")
    phone.goto(thread)
    expect(phone.locator(".comment--question").first).to_contain_text("Dijawab")
    expect(phone.locator(".comment--answer")).to_contain_text(ANSWER)


def test_two_who_read_hear_of_each_other_and_nothing_jumps(site: Site, phone: Page, desk_of: Desk) -> None:
    number = site.report(SOFA)
    sign_in(phone, "tono")
    phone.goto(f"/bincang/laporan/{number}/")
    other = desk_of("sari")
    write(other, number, "Gerobaknya sudah kami siapkan di pos.")
    offer = phone.locator(".live-new")
    expect(offer).to_have_text("1 komentar baru")
    expect(phone.locator(".threads")).not_to_contain_text("Gerobaknya")
    offer.click()
    expect(phone.locator(".threads")).to_contain_text("Gerobaknya sudah kami siapkan")


def test_flagged_hidden_appealed_restored(site: Site, phone: Page, desk_of: Desk, chromium: Browser) -> None:
    number, said = site.report(WARUNG), "Pompanya goblok, mati terus padahal baru."
    sign_in(phone, "sari")
    write(phone, number, said)
    expect(phone.locator("[role=status]").first).to_contain_text("Moderator membaca komentar Anda lebih dahulu")
    thread = phone.url.partition("#")[0]

    maya = desk_of("maya")
    maya.goto("/moderasi/")
    maya.locator("[data-row]", has_text="Pompanya").click()
    maya.get_by_label("Sembunyikan").check(force=True)
    maya.get_by_label("Alasan").select_option(label="Penghinaan")
    maya.get_by_role("button", name="Putuskan").click()
    expect(maya.locator(".field--error")).to_contain_text("Tulis paling sedikit")
    maya.get_by_label("Untuk penulisnya").fill("Tolong sampaikan tanpa kata kasar, ya.")
    maya.get_by_role("button", name="Putuskan").click()
    expect(maya.locator("[role=status]").first).to_contain_text("Sudah diputuskan")

    phone.goto(thread)
    phone.get_by_role("link", name="Alasannya, dan cara mengajukan banding").click()
    expect(phone.locator("main")).to_contain_text("Tolong sampaikan tanpa kata kasar")
    phone.get_by_label("Mengapa seharusnya tetap tampil?").fill("Yang saya sebut pompanya, bukan orangnya.")
    phone.get_by_role("button", name="Kirim banding").click()

    # Another one decides; it is no longer on the first one's list.
    maya.goto("/moderasi/")
    expect(maya.locator("[data-row]", has_text="Pompanya")).to_have_count(0)
    laras = desk_of("laras")
    laras.goto("/moderasi/")
    laras.locator("[data-row]", has_text="Pompanya").click()
    laras.get_by_label("Boleh dibaca semua orang").check(force=True)
    laras.get_by_role("button", name="Putuskan").click()
    with open_page(chromium, site, PHONE) as visitor:
        visitor.goto(thread)
        expect(visitor.locator(".comment__text").first).to_have_text(said)
        visitor.goto("/moderasi/catatan/")
        expect(visitor.locator("main")).to_contain_text("dipulihkan setelah banding")
        expect(visitor.locator("main")).not_to_contain_text("Pompanya")


def test_without_a_script(site: Site, chromium: Browser) -> None:
    number = site.report(WARUNG)
    with open_page(chromium, site, PLAIN_PHONE) as page:
        sign_in(page, "tono")
        page.goto(f"/laporan/{number}/")
        page.get_by_role("link", name="Tulis komentar").click()
        page.get_by_label("Komentar Anda").fill("Saya lewat tadi, masih terbuka.")
        page.get_by_role("button", name="Kirim komentar").click()
        expect(page.locator(".comment__text").first).to_have_text("Saya lewat tadi, masih terbuka.")
        page.get_by_role("link", name="Ubah").first.click()
        page.get_by_label("Komentar Anda").fill("Saya lewat tadi pagi, masih terbuka.")
        page.get_by_role("button", name="Simpan").click()
        expect(page.locator(".comment__text").first).to_have_text("Saya lewat tadi pagi, masih terbuka.")
