"""Filing when the world is not kind: pressed twice, signed out in between, no mouse, no line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import FILING, fill_in
from tests.browser.site import HOW_MANY, Site
from tests.factories.photos import encoded, scene

pytestmark = pytest.mark.browser
WORDS = FILING["id"]
KEPT = """new Promise((done) => setInterval(() =>
    Object.keys(localStorage).some((key) => key.startsWith("rembuk-draft:")) && done(), 100))"""
CONTROLLED = """new Promise((done) => navigator.serviceWorker.controller ? done()
    : navigator.serviceWorker.addEventListener("controllerchange", () => done()))"""


def test_pressing_twice_makes_one_report(site: Site, phone: Page, pictures: list[Path]) -> None:
    text = "Saluran di belakang pasar tersumbat karung, dua kali ditekan"
    fill_in(phone, text, pictures[0])
    phone.get_by_role("button", name=WORDS["send"]).dblclick()
    phone.wait_for_url(re.compile("/terima-kasih/"))
    assert site.ask(HOW_MANY, text) == 1
    assert phone.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('rembuk-draft:'))") == []


def test_what_was_typed_is_there_after_an_expired_session(site: Site, plain_phone: Page) -> None:
    text = "Got di depan rumah meluap lagi, sesi sudah habis"
    page = plain_phone
    page.goto("/lapor/")
    _fill_plainly(page, text)
    page.context.clear_cookies()
    page.get_by_role("button", name=WORDS["send"]).click()
    expect(page.locator("main")).to_contain_text(text)
    assert site.ask(HOW_MANY, text) == 0


def test_an_error_stands_beside_its_field_and_what_was_typed_stays(plain_phone: Page) -> None:
    page = plain_phone
    page.goto("/lapor/")
    page.get_by_label(WORDS["what"]).fill("Got mampet")
    page.get_by_label("Nama kelurahan").fill("Atlantis")
    page.get_by_role("button", name=WORDS["send"]).click()
    expect(page.locator("main .summary")).to_be_visible()
    expect(page.get_by_label("Nama kelurahan")).to_have_attribute("aria-invalid", "true")
    assert page.get_by_label(WORDS["what"]).input_value() == "Got mampet"
    assert page.get_by_label("Nama kelurahan").input_value() == "Atlantis"


def test_with_the_keyboard_alone(site: Site, phone: Page) -> None:
    page, text = phone, "Saluran tersumbat daun, dilaporkan dengan papan ketik saja"
    page.goto("/lapor/")
    _tab_to(page, "#id_description")
    page.keyboard.type(text)
    _tab_to(page, ".kinds__list input")
    page.keyboard.press("Space")
    _tab_to(page, "#langkah-1 [data-go='2']")
    page.keyboard.press("Enter")
    _tab_to(page, "#id_place")
    page.keyboard.type("Slipi")
    page.locator("#id_region input").first.wait_for()
    _tab_to(page, "#id_region input")
    page.keyboard.press("Space")
    _tab_to(page, "#langkah-2 [data-go='3']")
    page.keyboard.press("Enter")
    _tab_to(page, "#id_no_photo")
    page.keyboard.press("Space")
    _tab_to(page, "#langkah-3 button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/terima-kasih/"))
    assert site.ask(HOW_MANY, text) == 1


def test_what_was_typed_is_on_the_phone_until_it_is_sent(phone: Page) -> None:
    page, text = phone, "Lampu di gang mati, halaman tertutup sebelum dikirim"
    page.goto("/lapor/")
    page.get_by_label(WORDS["what"]).fill(text)
    page.evaluate(KEPT)
    page.goto("about:blank")
    page.goto("/lapor/")
    expect(page.get_by_label(WORDS["what"])).to_have_value(text)


def test_every_tab_has_its_own_report_and_takes_another_over_only_when_told(phone: Page, pictures: list[Path]) -> None:
    fill_in(phone, "Got mampet di depan pos RW", pictures[0])
    other = phone.context.new_page()
    other.goto("/lapor/")
    other.get_by_label(WORDS["what"]).fill("Lampu jalan padam di gang tiga")
    expect(other.locator(".upload__item")).to_have_count(0)
    expect(other.locator("[data-drafts]")).to_be_hidden()
    other.wait_for_timeout(1000)
    other.close()

    third = phone.context.new_page()
    third.goto("/lapor/")
    expect(third.locator("[data-drafts]")).to_contain_text("Lampu jalan padam di gang tiga")
    expect(third.get_by_label(WORDS["what"])).to_have_value("")
    third.get_by_role("button", name="Lanjutkan laporan tadi").click()
    expect(third.get_by_label(WORDS["what"])).to_have_value("Lampu jalan padam di gang tiga")
    third.get_by_role("button", name="Buat laporan baru").click()
    expect(third.get_by_label(WORDS["what"])).to_have_value("")
    expect(third.locator("[data-drafts]")).to_contain_text("Lampu jalan padam di gang tiga")


def test_a_draft_survives_loading_anew_and_an_expired_session_with_its_photos(
    site: Site, phone: Page, pictures: list[Path]
) -> None:
    text = "Saluran tersumbat di depan warung, dibuka lagi besoknya"
    fill_in(phone, text, pictures[0])
    for forget in (False, True):
        if forget:
            phone.context.clear_cookies()
        phone.reload()
        expect(phone.locator(".upload__item img")).to_have_count(1)
        expect(phone.locator("#langkah-3")).to_be_visible()
    phone.get_by_role("button", name=WORDS["send"]).click()
    phone.wait_for_url(re.compile("/terima-kasih/"))
    assert (
        site.ask(
            "SELECT count(*) FROM reports_reportphoto JOIN reports_report r ON r.id = report_id"
            " WHERE r.description = ?",
            text,
        )
        == 1
    )


def test_going_back_after_sending_says_that_it_was_sent(site: Site, phone: Page) -> None:
    text = "Got di belakang sekolah mampet, lalu ditekan tombol kembali"
    fill_in(phone, text)
    phone.get_by_label("Tidak bisa difoto").check()
    phone.get_by_role("button", name=WORDS["send"]).click()
    phone.wait_for_url(re.compile("/terima-kasih/"))
    ticket = phone.url
    for _step in range(3):
        phone.go_back()
        expect(phone.get_by_role("heading", name="Laporan ini sudah terkirim")).to_be_visible()
        expect(phone.locator("form[data-draft]")).to_be_hidden()
    phone.get_by_role("link", name="Lihat laporan Anda").click()
    assert phone.url == ticket
    phone.go_back()
    phone.get_by_role("button", name="Buat laporan baru").click()
    expect(phone.get_by_label(WORDS["what"])).to_have_value("")
    assert site.ask(HOW_MANY, text) == 1


def test_refused_photos_say_why_and_hold_nothing_up(phone: Page, pictures: list[Path], tmp_path: Path) -> None:
    letter, icon = tmp_path / "surat.pdf", tmp_path / "ikon.png"
    letter.write_bytes(b"%PDF-1.4")
    icon.write_bytes(encoded(scene(1, 4, 4), "PNG"))
    fill_in(phone, "Got mampet, foto yang dipilih ada yang salah", pictures[0])
    refused = phone.locator(".upload__item[data-state=failed]")
    phone.get_by_label(WORDS["photos"]).set_input_files([letter, icon])
    expect(refused).to_have_count(2)
    expect(refused.first).to_contain_text("PDF")
    expect(refused.last).to_contain_text("4 × 4")
    phone.get_by_role("button", name="Buang semua yang ditolak").click()
    expect(refused).to_have_count(0)
    phone.get_by_label(WORDS["photos"]).set_input_files([letter])
    expect(refused).to_have_count(1)
    phone.get_by_role("button", name=WORDS["send"]).click()
    phone.wait_for_url(re.compile("/terima-kasih/"))


def test_nothing_that_is_typed_into_lies_under_the_bar(phone: Page) -> None:
    fill_in(phone, "Got mampet, layar kecil")
    phone.set_viewport_size({"width": 360, "height": 480})
    for field in ("#id_email", "#id_phone"):
        phone.evaluate("scrollTo(0, 0)")
        phone.focus(field)
        bar = phone.locator("#langkah-3 .thumb").bounding_box()
        box = phone.locator(field).bounding_box()
        assert bar
        assert box
        assert box["y"] + box["height"] <= bar["y"]


def test_the_home_page_takes_the_first_words_along(phone: Page) -> None:
    phone.goto("/lapor/?teks=Lampu+jalan+mati+di+RT+004+RW+06")
    expect(phone.get_by_label(WORDS["what"])).to_have_value("Lampu jalan mati di RT 004 RW 06")
    assert phone.locator("#id_rt").input_value() == "004"
    assert phone.locator("#id_rw").input_value() == "06"
    expect(phone.locator(".kinds__list")).to_contain_text("Lampu jalan")


def test_without_a_line_nothing_is_sent_and_nothing_lost(site: Site, phone: Page) -> None:
    text = "Got mampet, dikirim di terowongan tanpa sinyal"
    fill_in(phone, text)
    phone.get_by_label("Tidak bisa difoto").check()
    phone.context.set_offline(True)
    phone.get_by_role("button", name=WORDS["send"]).click()
    expect(phone.get_by_role("alert").filter(has_text="tersimpan di ponsel ini")).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name=WORDS["send"]).click()
    phone.wait_for_url(re.compile("/terima-kasih/"))
    assert site.ask(HOW_MANY, text) == 1


def test_without_a_line_the_offline_page_answers(phone: Page) -> None:
    phone.goto("/gaya/")
    phone.evaluate(CONTROLLED)
    phone.context.set_offline(True)
    phone.goto("/laporan/")
    assert "Sedang tidak ada koneksi" in phone.inner_text("h1")


def _fill_plainly(page: Page, text: str) -> None:
    page.get_by_label(WORDS["what"]).fill(text)
    page.locator("#id_category").select_option(value="saluran-kali")
    page.get_by_label("Nama kelurahan").fill("Slipi")
    page.get_by_label("Tidak bisa difoto").check()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
