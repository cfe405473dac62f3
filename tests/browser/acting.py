"""What people do on the pages, by the words that they read there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.site import Site

expect.set_options(timeout=20_000)

FILING = {
    "id": {
        "what": "Apa yang perlu diperbaiki?",
        "search": "mampet",
        "kind": "Saluran air, kali, sungai",
        "to_where": "Lanjut: di mana",
        "position": "Saya ada di sana",
        "kelurahan": "Kelurahan Slipi",
        "to_photo": "Lanjut: foto",
        "photos": "Ambil atau pilih foto",
        "email": "Alamat surel",
        "send": "Kirim laporan",
        "confirm": "Konfirmasi laporan",
    },
    "en": {
        "what": "What needs to be put right?",
        "search": "drain",
        "kind": "Drain, canal, river",
        "to_where": "Next: where",
        "position": "I am there now",
        "kelurahan": "Kelurahan Slipi",
        "to_photo": "Next: photo",
        "photos": "Take or choose photos",
        "email": "E-mail address",
        "send": "Send the report",
        "confirm": "Confirm the report",
    },
}


def fill_in(page: Page, text: str, photo: Path | None = None, email: str = "", language: str = "id") -> None:
    """Fill the filing form in its three steps, up to the button that sends it."""
    words = FILING[language]
    page.goto("/lapor/")
    page.get_by_label(words["what"]).first.fill(text)
    page.locator(".kinds").get_by_role("searchbox").fill(words["search"])
    page.get_by_role("radio", name=words["kind"]).check(force=True)
    page.get_by_role("button", name=words["to_where"]).click()
    page.get_by_role("button", name=words["position"]).click()
    page.get_by_role("radio", name=re.compile(words["kelurahan"])).check(force=True)
    page.get_by_role("button", name=words["to_photo"]).click()
    if photo:
        page.get_by_label(words["photos"]).set_input_files(photo)
        page.locator(".upload__item[data-state=sent]").wait_for()
    if email:
        page.get_by_label(words["email"]).fill(email)


def send(page: Page, language: str = "id") -> str:
    """Send the filled form; the report's number."""
    page.get_by_role("button", name=FILING[language]["send"]).click()
    page.wait_for_url(re.compile(r"/laporan/\w+/(kode|terima-kasih)/"))
    return number_in(page)


def number_in(page: Page) -> str:
    """The ticket number in the address."""
    found = re.search(r"/(?:laporan|meja)/([A-Z0-9]{8})/", page.url)
    assert found, page.url
    return found[1]


def confirm_by_code(page: Page, site: Site, email: str, language: str = "id") -> None:
    """Type the code out of the mail."""
    code = site.wait_for_mail(email, r"(?m)^\s*(\d{6})\s*$")
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name=FILING[language]["confirm"]).click()
    page.wait_for_url(re.compile("/terima-kasih/"))


def take_step(page: Page, number: str, verb: str, **fields: str | Path) -> None:
    """At the desk: choose a step by its verb, fill its fields in, take it.

    Args:
        fields: by their names; "photo" is a file, "size" and "basis" are choices.
    """
    page.goto(f"/meja/{number}/")
    page.locator("#langkah .choices").get_by_role("link", name=verb, exact=True).click()
    form = page.locator(".step-form form[method=post]")
    form.wait_for()
    for name, value in fields.items():
        if name == "photo":
            page.locator("#langkah input[type=file]").set_input_files(value)
            page.locator(".upload__item[data-state=sent]").wait_for()
        elif name == "unit":
            form.locator("[name=unit]").select_option(label=str(value))
        elif name in ("size", "basis"):
            form.locator(f"[name={name}][value={value}]").check()
        else:
            form.locator(f"[name={name}]").fill(str(value))
    form.get_by_role("button", name=verb, exact=True).click()
    expect(page.locator(".step-form")).to_have_count(0)


def badge(page: Page) -> str:
    """The word of the report's public colour."""
    return page.locator(".item__head .badge").first.inner_text().strip()


def sign_up(page: Page, site: Site, email: str) -> None:
    """Make an account by a code from the mail."""
    page.goto("/akun/masuk/")
    page.get_by_label("Alamat surel").fill(email)
    page.locator("main form button").first.click()
    page.locator("input[name=code]").fill(site.wait_for_mail(email, r"(?m)^\s*(\d{6})\s*$"))
    page.locator("main form:has(input[name=code]) button").first.click()
    page.wait_for_url(lambda address: "/akun/masuk/" not in address)
