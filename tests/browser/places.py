"""Every kind of page of the site, with who looks at it and how to get it into the state that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from assistance import demo
from tests.browser.site import Site


def _stay(page: Page) -> None:
    """The page as it is opened."""


@dataclass(frozen=True)
class Place:
    """A page of the site.

    Args:
        path: its address; {Title of a report} stands for the report's number.
        who: key of the cast, "" for a visitor.
        then: what is done on the page before it is looked at.
        opened_with: the status that belongs to it.
    """

    path: str
    who: str = ""
    then: Callable[[Page], None] = _stay
    opened_with: int = 200

    def open(self, page: Page, site: Site) -> None:
        """Go there."""
        before, brace, rest = self.path.partition("{")
        title, _, after = rest.partition("}")
        path = before + site.report(title) + after if brace else self.path
        response = page.goto(path)
        assert response is not None
        assert response.status == self.opened_with, (path, response.status)
        self.then(page)


def _press(selector: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return press


def _step_two(page: Page) -> None:
    page.fill("#id_description", "Got mampet di ujung gang")
    page.locator(".kind input").first.check(force=True)
    page.locator("[data-go='2']").first.click()


def _step_three(page: Page) -> None:
    _step_two(page)
    page.locator("[data-position]").click()
    page.locator("#id_region input").first.wait_for()
    page.locator("[data-go='3']").click()


def _without_photo(page: Page) -> None:
    _step_three(page)
    page.locator("#langkah-3 button[type=submit]").click()
    page.locator("#langkah-3 .field--error").wait_for()


def _filed(page: Page) -> None:
    _step_three(page)
    page.locator("#id_no_photo").check(force=True)
    page.locator("#langkah-3 button[type=submit]").click()
    page.wait_for_url("**/terima-kasih/")


def _gone_back(page: Page) -> None:
    _filed(page)
    page.go_back()
    page.locator("[data-draft-done] h1").wait_for()


def _begun_before(page: Page) -> None:
    for text in ("Got mampet di ujung gang", "Lampu gang mati"):
        page.fill("#id_description", text)
        page.wait_for_function("localStorage.length > 0")
        page.locator("[data-draft-new]").first.evaluate("(button) => button.click()")
        page.locator("[data-drafts] > div").first.wait_for()
    page.locator("[data-draft-continue]").first.click()
    page.locator("[data-draft-back]").wait_for()
    page.locator("[data-drafts] > div").first.wait_for()


def _with_refused_photos(page: Page) -> None:
    _step_three(page)
    files = [{"name": f"surat {at}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"} for at in (1, 2)]
    page.set_input_files("#id_photos", files)  # type: ignore[arg-type]  # plain dicts are payloads
    page.locator(".upload__item[data-state=failed]").nth(1).wait_for()


def _filed_with_mail(page: Page) -> None:
    _step_three(page)
    page.locator("#id_no_photo").check(force=True)
    page.fill("#id_email", "pembaca@example.org")
    page.locator("#langkah-3 button[type=submit]").click()
    page.wait_for_url("**/kode/")


def _wrong_code(page: Page) -> None:
    _filed_with_mail(page)
    page.fill("input[name=code]", "12")
    page.locator("form:has(input[name=code]) button").first.click()
    page.locator("[aria-invalid=true]").wait_for()


def _code_entry(page: Page) -> None:
    page.fill("input[type=email]", "pembaca.lain@example.org")
    page.locator("main form button").first.click()
    page.locator("input[name=code]").wait_for()


def _too_late(page: Page) -> None:
    page.context.clear_cookies()  # of who asked for a code before in this window
    page.goto("/akun/masuk/")
    page.fill("input[type=email]", "pembaca.lain@example.org")
    page.context.clear_cookies()
    page.locator("main form button").first.click()
    page.locator("main article.error").wait_for()


def _show_code(page: Page) -> None:
    button = page.locator("form[action$='/kode/'] button")
    if button.count():
        button.click()
    page.locator(".showcode__digits").wait_for()


def _proved(address: str, path: str) -> Callable[[Page], None]:
    """Prove to be the owner by a code, which the demo shows, and go to a page that asks for that."""

    def prove(page: Page) -> None:
        page.goto(path)
        if page.url.endswith(path):
            # Proved a moment ago in this window; codes are limited.
            return
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        page.goto("/demo/surat/")
        code = page.locator("article", has_text=address).locator(".figure strong").first.inner_text()
        page.goto(f"/akun/keamanan/konfirmasi/?next={path}")
        page.fill("input[name=code]", code)
        page.locator("main form button").first.click()
        page.wait_for_url(f"**{path}")

    return prove


def _phone_code(page: Page) -> None:
    page.fill("input[name=number]", "0812 3456 7890")
    page.locator("main form button").first.click()
    page.locator("input[name=code]").wait_for()


def _nobody_there(page: Page) -> None:
    """At a desk: whoever was there before in this window has gone."""
    page.goto("/loket/")
    button = page.locator("form[action$='/selesai/'] button")
    if button.count():
        button.click()
        page.locator("input[value=tanpa]").wait_for(state="attached")


def _card_made(page: Page) -> None:
    page.goto("/loket/kartu/")
    page.locator("[name=agreed]").check(force=True)
    page.locator("main form button").first.click()
    page.locator(".showcode__digits").first.wait_for()


def _card_holder(path: str) -> Callable[[Page], None]:
    def there(page: Page) -> None:
        _card_made(page)
        page.goto(path)

    return there


def _filing_for(page: Page) -> None:
    _nobody_there(page)
    page.locator("form:has(input[value=tanpa]) button").click()
    page.wait_for_url("**/loket/lapor/")


def _ticket(page: Page) -> None:
    _filing_for(page)
    page.fill("#id_description", "Got mampet di ujung gang")
    page.locator(".kind input").first.check(force=True)
    page.locator("[data-go='2']").first.click()
    page.fill("#id_place", "Slipi")
    page.locator("[data-go='3']").click()
    page.locator("#langkah-3 button[type=submit]").click()
    page.wait_for_url("**/tiket/*/")


def _refused_card(page: Page) -> None:
    page.fill("[name=nomor]", "0000 0000")
    page.fill("[name=pin]", "905713")
    page.locator("main form button").first.click()
    page.locator("[aria-invalid=true]").wait_for()


def _with_card(path: str) -> Callable[[Page], None]:
    """Signed in by the card whose number and PIN the demo tells."""

    def signed_in(page: Page) -> None:
        page.goto("/akun/masuk/kartu/")
        page.fill("[name=nomor]", demo.NUMBER)
        page.fill("[name=pin]", demo.PIN)
        page.locator("main form button").first.click()
        page.wait_for_url("**/")
        page.goto(path)

    return signed_in


PROVE = "/akun/keamanan/konfirmasi/"
DRAIN = "{Got mampet, air naik ke teras tiap hujan}"
PLACES: dict[str, Place] = {
    "home": Place("/"),
    "help": Place("/bantuan/"),
    "help-article": Place("/bantuan/melapor/"),
    "how-it-works": Place("/cara-kerja/"),
    "privacy": Place("/privasi/"),
    "news": Place("/berita/"),
    "news-article": Place("/berita/rembuk-dibuka/"),
    "may": Place("/boleh/?wilayah=Slipi"),
    "offices": Place("/jabatan/", who="rina"),
    "office-fill": Place("/jabatan/baru/", who="rina"),
    "closures": Place("/pengawasan/akun/?q=o", who="laras"),
    "audit": Place("/audit/", who="laras"),
    "may-account": Place("/boleh/", who="tono"),
    "list": Place("/laporan/"),
    "list-filtered": Place("/laporan/?warna=kuning&wilayah=Slipi"),
    "list-empty": Place("/laporan/?q=tidakadayangbegini"),
    "map": Place("/laporan/peta/"),
    "report": Place(f"/laporan/{DRAIN}/"),
    "report-done": Place("/laporan/{Kasur dan sofa bekas di pinggir kali}/"),
    "report-doubted": Place("/laporan/{Lubang bekas pipa belum ditutup lagi}/"),
    "report-forwarded": Place("/laporan/{Kabel menjuntai setinggi kepala}/"),
    "report-late": Place("/laporan/{Bau cat semprot masuk ke kelas mengaji}/"),
    "report-duplicate": Place("/laporan/{Selokan meluap lagi, air masuk dapur}/"),
    "report-asked": Place(f"/laporan/{DRAIN}/", who="sari"),
    "report-confidential": Place("/laporan/{Diminta uang administrasi padahal gratis}/", who="sari"),
    "discussion": Place(f"/bincang/laporan/{DRAIN}/", who="sari"),
    "discussion-office": Place(f"/bincang/laporan/{DRAIN}/?tulis=", who="joko"),
    "thread": Place(f"/bincang/laporan/{DRAIN}/", then=_press(".threads .comment__time")),
    "thread-reply": Place(f"/bincang/laporan/{DRAIN}/", who="tono", then=_press(".threads a[href*=balas]")),
    "comment-edit": Place(f"/bincang/laporan/{DRAIN}/", who="sari", then=_press(".threads a[href$='ubah/']")),
    "comment-flag": Place(f"/bincang/laporan/{DRAIN}/", who="tono", then=_press(".threads a[href$='laporkan/']")),
    "moderation": Place("/moderasi/", who="maya"),
    "moderation-case": Place("/moderasi/", who="maya", then=_press("[data-row]")),
    "moderation-log": Place("/moderasi/catatan/"),
    "proof": Place(f"/bukti/laporan/{DRAIN}/"),
    "filing": Place("/lapor/"),
    "filing-where": Place("/lapor/", then=_step_two),
    "filing-photo": Place("/lapor/", then=_step_three),
    "filing-errors": Place("/lapor/", then=_without_photo),
    "filing-refused": Place("/lapor/", then=_with_refused_photos),
    "filing-begun": Place("/lapor/", then=_begun_before),
    "filing-sent": Place("/lapor/", then=_gone_back),
    "thanks": Place("/lapor/", then=_filed),
    "code": Place("/lapor/", then=_filed_with_mail),
    "code-wrong": Place("/lapor/", then=_wrong_code),
    "sign-in": Place("/akun/masuk/"),
    "sign-in-code": Place("/akun/masuk/", then=_code_entry),
    "sign-in-password": Place("/akun/masuk/kata-sandi/"),
    "sign-in-phone": Place("/akun/masuk/telepon/"),
    "sign-in-phone-code": Place("/akun/masuk/telepon/", then=_phone_code),
    "security": Place("/akun/keamanan/", who="sari"),
    "security-office": Place("/akun/keamanan/", who="laras"),
    "prove": Place(PROVE, who="wayan"),
    "security-app": Place(PROVE, who="sari", then=_proved("sari@example.com", "/akun/keamanan/aplikasi/")),
    "security-passkey": Place(PROVE, who="tono", then=_proved("tono@example.com", "/akun/keamanan/kunci/")),
    "security-phone": Place(PROVE, who="maya", then=_proved("maya@example.com", "/akun/keamanan/telepon/")),
    "security-help": Place(PROVE, who="laras", then=_proved("laras@example.com", "/akun/keamanan/bantu/")),
    "profile": Place("/akun/", who="sari"),
    "demo": Place("/demo/"),
    "resident": Place("/warga/"),
    "resident-code": Place("/warga/", who="tono", then=_show_code),
    "resident-verified": Place("/warga/", who="sari"),
    "resident-neighbours": Place("/warga/tetangga/", who="tono"),
    "resident-witness": Place("/warga/saksi/", who="sari"),
    "verify": Place("/warga/meja/", who="rina"),
    "verify-refused": Place("/warga/meja/?kode=000000", who="rina", opened_with=422),
    "verified-list": Place("/warga/daftar/", who="rina"),
    "counter": Place("/loket/", who="budi", then=_nobody_there),
    "counter-card": Place("/loket/kartu/", who="budi"),
    "counter-card-made": Place("/loket/kartu/", who="budi", then=_card_made),
    "counter-pin": Place("/loket/pin/", who="budi"),
    "counter-somebody": Place("/loket/", who="budi", then=_card_holder("/loket/")),
    "counter-support": Place("/loket/", who="budi", then=_card_holder("/loket/dukung/")),
    "counter-filing": Place("/loket/", who="budi", then=_filing_for),
    "counter-ticket": Place("/loket/", who="budi", then=_ticket),
    "card-sign-in": Place("/akun/masuk/kartu/"),
    "card-refused": Place("/akun/masuk/kartu/", then=_refused_card),
    "card-own": Place("/akun/masuk/kartu/", who="agus", then=_with_card("/akun/kartu/")),
    "claim": Place("/loket/klaim/"),
    "claim-account": Place("/loket/klaim/", who="sari"),
    "inbox": Place("/kabar/", who="sari"),
    "inbox-settings": Place("/kabar/pengaturan/", who="sari"),
    "my-data": Place("/akun/data/", who="sari"),
    "leave": Place("/akun/data/hapus/", who="sari"),
    "demo-mail": Place("/demo/surat/"),
    "places": Place("/tempat/"),
    "kelurahan": Place("/tempat/31.73.07.1002/"),
    "desk": Place("/meja/", who="rina"),
    "desk-report": Place("/meja/{Sampah bekas banjir belum diangkut}/", who="rina"),
    "desk-step": Place("/meja/{Sampah bekas banjir belum diangkut}/?langkah=refuse", who="rina"),
    "desk-photo-step": Place("/meja/{Dudukan ayunan lepas sebelah}/?langkah=declare_done", who="rina"),
    "desk-questions": Place("/meja/pertanyaan/", who="rina"),
    "desk-routing": Place("/meja/ke-mana/", who="rina"),
    "desk-audit": Place("/meja/audit/", who="nanda"),
    "style-guide": Place("/gaya/"),
    "offline": Place("/luring/"),
    "expired": Place("/akun/masuk/", then=_too_late),
    "not-found": Place("/tidak/ada/", opened_with=404),
    "no-such-report": Place("/laporan/XXXXXXXX/", opened_with=404),
    "not-yours": Place("/meja/", who="sari", opened_with=403),
}
