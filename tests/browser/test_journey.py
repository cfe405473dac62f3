"""One report from a phone to "sudah beres", by everybody who has a part in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from places import facts
from places.domain.clock import add_working_days
from tests.browser.acting import badge, confirm_by_code, fill_in, number_in, send, take_step
from tests.browser.site import Look, Site, open_page, sign_in

pytestmark = pytest.mark.browser

TEXT = "Got mampet di depan mushola, air meluap ke jalan setiap hujan"
FIRST_WORK = "Saluran sudah kami kuras dan sampahnya diangkut."
SECOND_WORK = "Sisi timur juga sudah kami kuras sampai ujung gang."
REASON = "Sisi timur masih tersumbat, airnya belum jalan."
GUEST = "warga.slipi@example.org"
Desk = Callable[[str], Page]


def own_link(site: Site, address: str, after: str) -> str:
    """The reporter's own link in the mail about a step that said something."""
    return site.wait_for_mail(address, rf"(?s){re.escape(after)}.*?(http://\S+/laporan/rahasia/\S+)")


def next_workday() -> str:
    """A day on which work can be done."""
    free = frozenset(holiday.date for holiday in facts.holidays())
    return add_working_days(timezone.localdate(), 1, free).isoformat()


def test_from_a_phone_to_confirmed(site: Site, phone: Page, desk_of: Desk, pictures: list[Path]) -> None:
    before, after_first, after_second, _ = pictures
    fill_in(phone, TEXT, before, GUEST)
    number = send(phone)
    confirm_by_code(phone, site, GUEST)
    expect(phone.locator(".ticket__number")).to_contain_text(f"{number[:4]}-{number[4:]}")
    phone.get_by_role("link", name="Buka laporan").last.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Got mampet di depan mushola")
    assert badge(phone) == "Menunggu"
    phone.goto("/laporan/")
    expect(phone.get_by_role("link", name=re.compile("Got mampet di depan mushola"))).to_have_count(1)

    rina = desk_of("rina")
    # Other tests of this site have filed more than one page of the queue.
    rina.goto(f"/meja/?q={number}")
    rina.get_by_role("link", name=re.compile("Got mampet di depan mushola")).click()
    assert number_in(rina) == number
    take_step(rina, number, "Nyatakan benar", basis="seen", text="Sudah kami cek, memang mampet.", size="small")
    take_step(rina, number, "Serahkan ke kantornya", unit="Kantor Kelurahan Slipi")

    joko = desk_of("joko")
    take_step(joko, number, "Jadwalkan", day=next_workday())
    take_step(joko, number, "Mulai dikerjakan")
    take_step(joko, number, "Nyatakan selesai", text=FIRST_WORK, photo=after_first)

    phone.goto(own_link(site, GUEST, FIRST_WORK))
    expect(phone.get_by_role("heading", name="Sudah beres?")).to_be_visible()
    phone.locator("summary", has_text="Belum").click()
    phone.get_by_label("Apa yang masih kurang?").fill(REASON)
    phone.get_by_role("button", name="Buka lagi laporannya").click()
    expect(phone.locator(".item__life")).to_contain_text(REASON)
    assert badge(phone) == "Menunggu"

    take_step(joko, number, "Mulai dikerjakan")
    take_step(joko, number, "Nyatakan selesai", text=SECOND_WORK, photo=after_second)
    phone.goto(own_link(site, GUEST, SECOND_WORK))
    phone.get_by_role("button", name="Sudah beres").click()
    expect(phone.get_by_text("Laporan Anda tercatat beres")).to_be_visible()
    expect(phone.locator(".item__life")).to_contain_text("Dikonfirmasi: sudah beres")
    assert badge(phone) == "Beres, dikonfirmasi warga"
    phone.get_by_role("link", name=re.compile("Bukti bahwa")).click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def test_without_a_script(site: Site, plain_phone: Page, desk_of: Desk, pictures: list[Path]) -> None:
    before, after, *_ = pictures
    page, address, done = plain_phone, "tanpa.skrip@example.org", "Tutup saluran yang baru sudah terpasang."
    page.goto("/lapor/")
    page.get_by_label("Apa yang perlu diperbaiki?").fill("Tutup got pecah di depan sekolah, anak kecil lewat situ")
    page.locator("#id_category").select_option(value="tutup-saluran")
    page.get_by_label("Nama kelurahan").fill("Slipi")
    page.get_by_label("RW").fill("2")
    page.get_by_label("Ambil atau pilih foto").set_input_files(before)
    page.get_by_label("Alamat surel").fill(address)
    number = send(page)
    confirm_by_code(page, site, address)
    page.get_by_role("link", name="Buka laporan").last.click()
    assert badge(page) == "Menunggu"
    expect(page.locator(".item__life")).to_contain_text("Diterima")

    rina, joko = desk_of("rina"), desk_of("joko")
    take_step(rina, number, "Nyatakan benar", basis="photo")
    take_step(rina, number, "Serahkan ke kantornya", unit="Kantor Kelurahan Slipi")
    take_step(joko, number, "Mulai dikerjakan")
    take_step(joko, number, "Nyatakan selesai", text=done, photo=after)
    page.goto(own_link(site, address, done))
    page.get_by_role("button", name="Sudah beres").click()
    expect(page.get_by_text("Laporan Anda tercatat beres")).to_be_visible()
    assert badge(page) == "Beres, dikonfirmasi warga"


def test_an_officer_works_without_a_script(site: Site, chromium: Browser) -> None:
    number = site.report("Lampu gang mati di belakang masjid")
    with open_page(chromium, site, Look(width=1280, javascript=False)) as page:
        sign_in(page, "rina")
        page.goto(f"/meja/{number}/")
        page.get_by_role("link", name="Nyatakan benar", exact=True).click()
        page.get_by_label("Fotonya sudah jelas").check()
        page.get_by_role("button", name="Nyatakan benar", exact=True).click()
        expect(page.locator(".case")).to_contain_text("Dinyatakan benar")


def test_in_english(site: Site, english_phone: Page, pictures: list[Path]) -> None:
    page, address = english_phone, "neighbour@example.org"
    fill_in(page, "The canal by the bus stop is full of rubbish", pictures[3], address, language="en")
    send(page, language="en")
    confirm_by_code(page, site, address, language="en")
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    page.get_by_role("link", name="Open the report").last.click()
    assert badge(page) == "Waiting"
    assert page.locator("html").get_attribute("lang") == "en"
    assert site.wait_for_mail(address, r"(?m)^\d{6} (is the code for your report)$")


def test_a_page_that_is_open_follows_by_itself(site: Site, phone: Page, desk_of: Desk) -> None:
    number = site.report("Tutup got pecah di depan warung kopi")
    phone.goto(f"/laporan/{number}/")
    expect(phone.locator(".item__life")).not_to_contain_text("Sudah kami lihat sendiri")
    take_step(desk_of("rina"), number, "Nyatakan benar", basis="seen", text="Sudah kami lihat sendiri pagi ini.")
    expect(phone.locator(".item__life")).to_contain_text("Sudah kami lihat sendiri pagi ini.")
