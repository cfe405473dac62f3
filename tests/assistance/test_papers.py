"""Cards and tickets as somebody holds them: their words, where the picture leads, and odd texts in them."""

from __future__ import annotations

import re
import uuid
from io import BytesIO
from typing import Any

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from assistance import papers
from assistance.models import Help
from assistance.papers import Fact, Paper
from reports.models import Report
from reports.services.filing import secret_of
from tests.factories.accounts import officer
from tests.factories.reports import category

pytestmark = pytest.mark.django_db
SITE = "https://rembuk.example"
# Millimetres to points.
WIDTH = 105 * 72 / 25.4
HOSTILE = [
    '#panic(1) #import "x.typ": * $x^2$ *tebal* _miring_ `kode` <label> @acuan \\',
    "\"kutip\" 'tunggal' </svg><script>alert(1)</script> {{ 7 * 7 }} %(nama)s {nama}",
    "W" * 120,
    "https://contoh.example/" + "panjang" * 14,
    "😀 👩‍👩‍👧 🇮🇩 banjir \u202eterbalik\u202c \x07 \u0000",
    "Ꮳ漢字 ꦗꦮ العربية",
    "- satu\n+ dua\n= judul\n/ a: b",
    "",
]


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = SITE


def words(pdf: bytes) -> str:
    """Everything that can be read in it, without what breaks lines."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def links(pdf: bytes) -> list[str]:
    """Where a tap leads."""
    notes = [note.get_object() for page in PdfReader(BytesIO(pdf)).pages for note in page.get("/Annots") or []]
    return [str(note["/A"]["/URI"]) for note in notes]


def scanned(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a phone reads out of the picture on the paper."""
    compile_ = typst.compile
    with monkeypatch.context() as patch:
        patch.setattr(typst, "compile", lambda source, **given: compile_(source, ppi=144, **given | {"format": "png"}))
        drawn = papers.draw(paper)
    codes = zxingcpp.read_barcodes(Image.open(BytesIO(drawn)).convert("L"))
    assert len(codes) == 1
    return str(codes[0].text)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """The papers that were drawn."""
    kept: list[Paper] = []
    draw = papers.draw
    monkeypatch.setattr(papers, "draw", lambda paper: kept.append(paper) or draw(paper))
    return kept


def test_the_ticket_says_all_and_leads_to_the_report(client, drawn, monkeypatch):
    client.force_login(officer())
    client.post("/loket/mulai/", {"cara": "tanpa"})
    sent = {"client_key": uuid.uuid4(), "description": "Got mampet.", "category": category().slug, "place": "Slipi"}
    page = client.post("/loket/lapor/", sent | {"no_photo": "on"}, follow=True)
    pdf = client.get(f"{page.redirect_chain[-1][0]}tiket.pdf").content
    report = Report.objects.get()
    told = words(pdf)
    for text in (report.spoken_number, page.context["code"], report.category.name, report.unit.name, "Kelurahan Slipi"):
        assert text in told
    own = f"{SITE}/laporan/rahasia/{report.number}/{secret_of(report.client_key)}/"
    assert links(pdf) == [own]
    assert scanned(drawn[-1], monkeypatch) == own
    assert own.removeprefix("https://") in told.replace(" ", "")
    window = client.__class__()
    assert window.get(own.removeprefix(SITE)).status_code == 302
    assert report.number in window.session["report_secrets"]


def test_the_card_says_number_and_pin_and_leads_to_the_way_in(client, drawn, monkeypatch):
    client.force_login(officer())
    made = client.post("/loket/kartu/", {"client_key": uuid.uuid4(), "language": "id", "agreed": "on"})
    pdf = client.post("/loket/kartu/cetak/", {"paper": made.context["paper"]}).content
    told = words(pdf)
    for text in (made.context["number"], made.context["pin"], made.context["card"].user.nickname, "Kelurahan Slipi"):
        assert text in told
    number = made.context["card"].number
    assert links(pdf) == [f"{SITE}/akun/masuk/kartu/?nomor={number}"]
    assert scanned(drawn[-1], monkeypatch) == links(pdf)[0]
    # The picture opens nothing alone.
    assert made.context["pin"].replace(" ", "") not in links(pdf)[0]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_texts_stay_texts_and_stay_on_the_page(text):
    facts = (Fact("Nomor", "K7M2-9QXD", large=True), Fact(text[:60], text), Fact("Tempat", text, large=True))
    pdf = papers.draw(Paper(text, text[:80], facts, (text,), f"{SITE}/x/", "rembuk.example/x/", text))
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    reach: list[float] = []
    reader.pages[0].extract_text(visitor_text=lambda shown, _cm, tm, *_: reach.append(tm[4]) if shown.strip() else None)
    assert max(reach) < WIDTH
    plain = [word for word in re.findall(r"[A-Za-z]{3,14}", text) if word.isascii()][:3]
    told = words(pdf).replace(" ", "").replace("-", "")
    assert all(word in told for word in plain)


@pytest.mark.parametrize("letters", [18, 40, 400])
def test_a_long_word_is_broken_inside_the_paper(letters, monkeypatch):
    """Rendered, nothing is drawn into the margin on the right."""
    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", lambda source, **given: compile_(source, ppi=72, **given | {"format": "png"}))
    word = "M" * letters
    paper = Paper(word, word, (Fact(word, word), Fact(word, word, large=True)), (word,), SITE, "rembuk.example/", word)
    picture = Image.open(BytesIO(papers.draw(paper))).convert("L")
    margin = picture.crop((picture.width - 15, 0, picture.width, picture.height))
    assert margin.getextrema()[0] > 200


def test_a_title_of_markup_goes_through_the_desk(client):
    client.force_login(officer())
    client.post("/loket/mulai/", {"cara": "tanpa"})
    sent = {"client_key": uuid.uuid4(), "category": category().slug, "place": "Slipi", "no_photo": "on"}
    page = client.post("/loket/lapor/", sent | {"description": HOSTILE[0], "title": HOSTILE[1][:80]}, follow=True)
    pdf = client.get(f"{page.redirect_chain[-1][0]}tiket.pdf")
    assert pdf.status_code == 200
    assert "</svg><script>" in words(pdf.content)
    assert Help.objects.count() == 1
