"""Second steps in a real browser: a passkey from a virtual authenticator, an app, recovery codes."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import DESKTOP, PHONE, PLAIN_PHONE, Look, Site, open_page, serve, sign_in
from tests.security.provider import running

pytestmark = pytest.mark.browser


def code_from(site: Site, address: str, before: int) -> str:
    """The code of the mail that came after the first `before` mails."""
    for _ in range(100):
        if len(site.mails()) > before:
            return site.wait_for_mail(address, r"(?m)^ *([0-9]{6})$")
        time.sleep(0.1)
    raise AssertionError("no mail came")


def enter(page: Page, site: Site, address: str) -> None:
    """Sign in by a code; a new address makes an account on the way."""
    before = len(site.mails())
    page.goto("/akun/masuk/?ganti=1")
    page.get_by_label("Alamat surel").fill(address)
    page.get_by_role("button", name="Kirim kodenya").click()
    page.get_by_label("Kode dari surel").fill(code_from(site, address, before))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda link: "/masuk/kode/" not in link)


def with_a_finger(page: Page) -> None:
    """A device that keeps passkeys and knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_out(page: Page) -> None:
    page.goto("/akun/keluar/")
    page.locator("main form button").click()
    page.wait_for_url("**/")


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_passkey_is_made_and_opens_the_door_by_itself(site: Site, phone: Page) -> None:
    with_a_finger(phone)
    enter(phone, site, "kunci@example.org")
    phone.goto("/akun/keamanan/")
    phone.get_by_role("link", name="Tambah kunci sandi").click()
    phone.get_by_label("Nama kunci sandi").fill("Ponsel Oppo")
    phone.get_by_role("button", name="Buat kunci sandi").click()
    expect(phone.get_by_role("heading", name="Kode cadangan", level=1)).to_be_visible()
    expect(phone.locator(".codes li")).to_have_count(10)
    phone.goto("/akun/keamanan/")
    expect(phone.get_by_text("Ponsel Oppo").first).to_be_visible()
    sign_out(phone)
    phone.goto("/akun/masuk/?next=/laporan/")
    phone.get_by_role("button", name=re.compile("Masuk dengan kunci sandi")).click()
    phone.wait_for_url(lambda link: "/masuk/" not in link)
    assert phone.url.endswith("/laporan/")
    # It proved the owner: changing something asks for nothing more.
    phone.goto("/akun/keamanan/kode-cadangan/")
    expect(phone.locator(".codes li")).to_have_count(10)
    # As the second step after a code, too.
    sign_out(phone)
    enter(phone, site, "kunci@example.org")
    phone.get_by_role("button", name="Pakai kunci sandi saya").click()
    phone.wait_for_url(lambda link: "/langkah-kedua/" not in link)
    phone.goto("/akun/")
    expect(phone.get_by_role("heading", name="Akun saya")).to_be_visible()


def test_an_officer_with_an_app_and_a_recovery_code(site: Site, chromium: Browser) -> None:
    with open_page(chromium, site, DESKTOP) as page:
        enter(page, site, "dewi@example.com")
        expect(page.get_by_text("Pasang langkah kedua").first).to_be_visible()
        page.goto("/akun/keamanan/")
        page.get_by_role("link", name="Pasang aplikasi").click()
        secret = page.locator("#key").inner_text().replace(" ", "")
        page.get_by_label("Kode dari aplikasi").fill(app_code(secret))
        page.get_by_role("button", name="Aktifkan").click()
        kept = page.locator(".codes li").first.inner_text()
        sign_out(page)
        enter(page, site, "dewi@example.com")
        page.get_by_label("Kode dari aplikasi, atau kode cadangan").fill("000000")
        page.get_by_role("button", name="Masuk", exact=True).click()
        expect(page.get_by_text("Kode ini salah").first).to_be_visible()
        page.get_by_label("Kode dari aplikasi, atau kode cadangan").fill(kept)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.goto("/meja/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        # As it was, for other tests that look at the demo.
        page.goto("/akun/keamanan/")
        page.get_by_role("link", name=re.compile("^Hapus")).first.click()
        page.get_by_role("button", name="Hapus").click()
        expect(page.get_by_text("Sudah dihapus")).to_be_visible()


def test_without_a_script_the_page_says_so_and_codes_work(site: Site, chromium: Browser) -> None:
    with open_page(chromium, site, PLAIN_PHONE) as page:
        page.goto("/akun/masuk/")
        expect(page.get_by_text("Peramban ini tidak dapat memakai kunci sandi di sini")).to_be_visible()
        enter(page, site, "polos@example.org")
        page.goto("/akun/keamanan/aplikasi/")
        secret = page.locator("#key").inner_text().replace(" ", "")
        page.get_by_label("Kode dari aplikasi").fill(app_code(secret))
        page.get_by_role("button", name="Aktifkan").click()
        expect(page.locator(".codes li")).to_have_count(10)


def test_with_an_account_elsewhere(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = {"sub": "g-7", "email": "elsewhere@example.org", "email_verified": True}
    with running() as provider:
        provider.person = person
        monkeypatch.setenv("GOOGLE_CLIENT_ID", "ours")
        monkeypatch.setenv("SOCIAL_ADDRESSES", json.dumps({"google": provider.addresses()["google"]}))
        with serve(tmp_path) as site, open_page(chromium, site, PHONE) as page:
            # The browser follows a form of ours to another site only where our policy names it.
            page.goto("/akun/masuk/?next=/laporan/")
            page.get_by_role("button", name="Masuk dengan Google").click()
            page.wait_for_url(lambda link: "/masuk/" not in link)
            assert page.url.endswith("/laporan/")
            page.goto("/akun/keamanan/")
            expect(page.get_by_role("button", name="Hapus Google")).to_be_visible()
            sign_out(page)
            provider.cancels = True
            page.goto("/akun/masuk/")
            page.get_by_role("button", name="Masuk dengan Google").click()
            expect(page.get_by_text("Anda membatalkannya di Google")).to_be_visible()


def test_a_device_is_signed_out_from_another_one(site: Site, phone: Page, chromium: Browser) -> None:
    enter(phone, site, "dua@example.org")
    with open_page(chromium, site, Look(width=1280, height=900)) as page:
        enter(page, site, "dua@example.org")
        page.goto("/akun/keamanan/")
        expect(page.locator("#devices ~ .ways .ways__one")).to_have_count(2)
        page.locator("#devices ~ .ways").get_by_role("button", name=re.compile("Keluar")).click()
        expect(page.locator("#devices ~ .ways .ways__one")).to_have_count(1)
    phone.goto("/akun/")
    expect(phone).to_have_url(re.compile("/akun/masuk/"))
    sign_in(phone, "sari")
