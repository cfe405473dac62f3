"""News reaches the inbox while one looks, leads to its report, and comes as one wants it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import take_step
from tests.browser.site import Site, sign_in

pytestmark = pytest.mark.browser
# What Chromium would get from a push service that cannot be reached here.
SUBSCRIBED = """(address) => {
  let held = null;
  const subscription = {
    endpoint: address,
    toJSON: () => ({ endpoint: address, keys: KEYS }),
    unsubscribe: async () => { held = null },
  };
  PushManager.prototype.getSubscription = async () => held;
  PushManager.prototype.subscribe = async () => (held = subscription);
}"""
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


def switch_on_by_hand(page: Page, address: str) -> None:
    """Let the browser's own part of subscribing succeed."""
    keys = {"p256dh": text(b"\x04" + bytes(64)), "auth": text(bytes(16))}
    script = SUBSCRIBED.replace("KEYS", json.dumps(keys))
    page.add_init_script(f"({script})({json.dumps(address)})")


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def worker_of(page: Page) -> tuple[Any, str]:
    """The line to Chromium's service workers, and the number of ours."""
    line, found = page.context.new_cdp_session(page), []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    line.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for _ in range(50):
        if found:
            return line, str(found[0]["registrationId"])
        page.wait_for_timeout(100)
    raise AssertionError("no service worker")


def notification_on(page: Page) -> Any:
    """What the device shows, once it does."""
    told = "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
    for _ in range(100):
        shown = page.evaluate(f"{told}.then((all) => all.map((one) => [one.title, one.body, one.data.url]))")
        if shown:
            return shown[0]
        page.wait_for_timeout(100)
    raise AssertionError("nothing is shown")


def test_a_phone_takes_push_messages_and_shows_them(site: Site, phone: Page) -> None:
    phone.context.grant_permissions(["notifications"], origin=site.address)
    switch_on_by_hand(phone, "https://fcm.googleapis.com/fcm/send/uji")
    sign_in(phone, "dewi")
    phone.goto("/kabar/pengaturan/")
    expect(phone.get_by_text("Tidak aktif di peramban ini.")).to_be_visible()
    phone.get_by_role("button", name="Aktifkan di peramban ini").click()
    expect(phone.get_by_text("Aktif di peramban ini.", exact=True)).to_be_visible()
    assert site.ask("SELECT count(*) FROM notices_pushdevice WHERE endpoint LIKE ?", "%/uji") == 1
    line, number = worker_of(phone)
    told = {"title": "Got mampet", "body": "Dijadwalkan", "url": "/kabar/1/", "tag": "kabar-1"}
    message = {"origin": site.address, "registrationId": number, "data": json.dumps(told)}
    line.send("ServiceWorker.deliverPushMessage", message)
    assert notification_on(phone) == ["Got mampet", "Dijadwalkan", "/kabar/1/"]
    phone.get_by_role("button", name="Matikan di peramban ini").click()
    expect(phone.get_by_text("Tidak aktif di peramban ini.")).to_be_visible()
    assert site.ask("SELECT count(*) FROM notices_pushdevice") == 0


def test_a_push_service_that_nobody_knows_is_refused_with_a_sentence(site: Site, phone: Page) -> None:
    phone.context.grant_permissions(["notifications"], origin=site.address)
    switch_on_by_hand(phone, "https://pesan.contoh.id/uji")
    sign_in(phone, "dewi")
    phone.goto("/kabar/pengaturan/")
    phone.get_by_role("button", name="Aktifkan di peramban ini").click()
    expect(phone.get_by_text(re.compile("tidak kami kenal"))).to_be_visible()
