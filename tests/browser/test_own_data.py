"""Taking everything about oneself along, and leaving."""

from __future__ import annotations

import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import sign_up
from tests.browser.site import Site, sign_in

pytestmark = pytest.mark.browser

ACCOUNTS_WITH = "SELECT count(*) FROM accounts_user WHERE email = ?"


def test_a_copy_is_made_while_one_waits(site: Site, phone: Page) -> None:
    sign_in(phone, "sari")
    phone.goto("/akun/data/")
    phone.get_by_role("button", name="Buat salinan").click()
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Unduh salinan").click(timeout=60_000)
    with zipfile.ZipFile(coming.value.path()) as copy:
        account = json.loads(copy.read("account.json"))
        assert account[0]["nickname"] == "Ibu Sari"
        assert {"reports.json", "reports.csv"} <= set(copy.namelist())
        assert any(name.endswith(".jpg") for name in copy.namelist())


def test_who_leaves_is_gone(site: Site, phone: Page) -> None:
    address = "pamit@example.org"
    sign_up(phone, site, address)
    phone.goto("/akun/data/")
    phone.get_by_role("link", name="Hapus akun saya").click()
    phone.get_by_label("Nama panggilan Anda").fill("bukan saya")
    phone.get_by_role("button", name="Hapus selamanya").click()
    expect(phone.locator(".field--error")).to_be_visible()
    nickname = phone.locator("form strong").first.inner_text()
    phone.get_by_label("Nama panggilan Anda").fill(nickname)
    phone.get_by_role("button", name="Hapus selamanya").click()
    expect(phone.get_by_role("status").first).to_contain_text("Akun Anda sudah dihapus")
    phone.goto("/akun/")
    expect(phone).to_have_url(re.compile("/akun/masuk/"))
    assert site.ask(ACCOUNTS_WITH, address) == 0
