"""The public list, the map and the page: what everybody reads, and what nobody may."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from accounts.models import Role, RoleAssignment, User
from reports import services, social
from reports.domain.workflow import Colour
from reports.forms.public import read_filters
from reports.models import Report
from reports.queries import home, maps, public
from reports.queries.public import Filters
from reports.services import Inputs
from tests.factories.photos import PhotoFactory
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, a_person, an_office, category, declared_done, region, slipi

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
MARKUP = "<script>alert(1)</script>\"'&{{ 7 }}"


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def report(people: Slipi) -> Report:
    return AReport(reporter=people.reporter, photos=[PhotoFactory()])


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def an_auditor() -> User:
    person = a_person("Auditor")
    RoleAssignment.objects.create(user=person, role=Role.AUDITOR, region=region("31"), title="Inspektorat")
    return person


# --- The list -----------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_however_long(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        AReport(public=True, title=f"Laporan {number}", photos=[PhotoFactory()])
    hidden = AReport(public=False, title="rahasia sekali")
    client.get("/laporan/")
    with django_assert_num_queries(5):
        page = client.get("/laporan/").content.decode()
    assert hidden.title not in page
    assert "Laporan 0" in page


def test_a_card_says_where_who_what_is_next_and_by_when(client: Client, report: Report) -> None:
    page = text_of(client, "/laporan/")
    for said in (
        "Kelurahan Slipi, RT 010/RW 02",
        "Kantor Kelurahan Slipi",
        "Berikutnya",
        "Oleh",
        "Paling lambat",
        "Menunggu",
    ):
        assert said in page


FILTERS = [
    ("kategori=saluran-kali", "kategori=sampah"),
    ("wilayah=31.73.07.1002", "wilayah=31.73.07.1001"),
    ("wilayah=Slipi", "wilayah=Palmerah Kelurahan"),
    ("wilayah=kel. slipi", "wilayah=Gambir"),
    ("wilayah=Jakarta+Barat", "wilayah=Jakarta+Timur"),
    ("warna=merah", "warna=hijau"),
    ("umur=7", "terlambat=ya"),
    ("cari=GOT", "cari=lampu"),
    ("cari=got&warna=merah&umur=30&wilayah=31.73", "cari=got&warna=hijau"),
]


@pytest.mark.parametrize(("fits", "fits_not"), FILTERS)
def test_filters_in_the_address(client: Client, report: Report, fits: str, fits_not: str) -> None:
    assert report.title in text_of(client, f"/laporan/?{fits}")
    page = text_of(client, f"/laporan/?{fits_not}")
    assert f"/laporan/{report.number}/" not in page
    assert "Hapus semua saringan" in page


def test_overdue_means_late_and_not_waiting_for_the_reporter(client: Client, report: Report) -> None:
    late = timezone.localdate() - timedelta(days=1)
    Report.objects.filter(pk=report.pk).update(due=late)
    assert report.title in text_of(client, "/laporan/?terlambat=ya")
    Report.objects.filter(pk=report.pk).update(paused_on=late)
    assert f"/laporan/{report.number}/" not in text_of(client, "/laporan/?terlambat=ya")


@pytest.mark.parametrize(
    "query",
    [
        "warna=ungu",
        "umur=8",
        "kategori=tidak-ada",
        "wilayah=Atlantis",
        "terlambat=mungkin",
        "wilayah=31.99",
        "cari=%00",
    ],
)
def test_an_unknown_filter_is_named_and_left_out(client: Client, report: Report, query: str) -> None:
    page = text_of(client, f"/laporan/?{query}")
    assert "Saringan ini tidak kami kenal" in page
    assert report.title in page


def test_of_two_regions_with_one_name_the_wider_is_shown_and_the_other_offered(client: Client, report: Report) -> None:
    page = text_of(client, "/laporan/?wilayah=Menteng")
    assert "Kecamatan Menteng" in page
    assert "Maksud Anda Kelurahan Menteng?" in page


def test_what_people_wrote_says_in_which_language(client: Client, people: Slipi, report: Report) -> None:
    services.take_step(actor=people.head, report=report, name="reply", inputs=Inputs(text="Kami ke sana besok pagi."))
    Report.objects.filter(pk=report.pk).update(description="Got di ujung gang.")
    client.cookies["language"] = "en"
    page = text_of(client, report.get_absolute_url())
    assert f'<h1 lang="id">{report.title}</h1>' in page
    assert '<div class="words" lang="id"><p>Got di ujung gang.' in page
    assert '<div lang="id"><p>Kami ke sana besok pagi.' in page
    assert 'class="card__title" lang="id"' in text_of(client, "/laporan/")


def test_paging_keeps_the_filters_and_meets_everything_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "PAGE_SIZE", 2)
    numbers = {AReport(public=True).number for _ in range(5)}
    seen: list[str] = []
    path = "/laporan/?warna=merah"
    while path:
        page = text_of(client, path)
        seen += re.findall(r'card__title"[^>]*><a href="/laporan/(\w+)/', page)
        onward = re.search(r'href="(\?[^"]+)" rel="next"', page)
        path = "/laporan/" + onward[1].replace("&amp;", "&") if onward else ""
        assert not path or "warna=merah" in path
    assert len(seen) == 5
    assert set(seen) == numbers


def test_large_counts_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "COUNT_UP_TO", 2)
    for _ in range(3):
        AReport(public=True)
    listed = public.list_page(Filters())
    assert (listed.total, listed.total_is_capped) == (2, True)


def test_empty_lists_say_what_to_do(client: Client) -> None:
    assert "/lapor/" in text_of(client, "/laporan/")
    assert "Hapus semua saringan" in text_of(client, "/laporan/?cari=zzz")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["cari", "kategori", "wilayah", "warna", "umur", "terlambat", "sesudah", "x"]),
        st.text(max_size=120),
        max_size=4,
    )
)
def test_no_query_string_breaks_the_list_or_the_map(client: Client, params: dict[str, str]) -> None:
    query = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in params.items()})
    for path in ("/laporan/", "/laporan/peta/titik.json"):
        assert client.get(f"{path}?{query}").status_code == 200


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_every_unknown_value_is_named_or_understood(text: str) -> None:
    params = QueryDict(mutable=True)
    params.update({"kategori": text, "warna": text, "umur": text})
    reading = read_filters(params, public.category_choices())
    assert len(reading.unknown) + len(reading.values) == (3 if text.strip() else 0)


# --- The map ------------------------------------------------------------------------------------
def test_the_map_tells_public_positions_only(client: Client, people: Slipi) -> None:
    home = AReport(reporter=people.reporter, at_home=True, lat=-6.193339, lng=106.798897)
    AReport(public=False, title="rahasia sekali")
    points = client.get("/laporan/peta/titik.json").json()["points"]
    assert [point[3] for point in points] == [home.number]
    assert (points[0][0], points[0][1]) == tuple(round(degrees, 5) for degrees in home.public_position or ())
    assert points[0][0] != -6.19334


def test_the_map_is_a_picture_and_a_list_without_javascript(client: Client, report: Report) -> None:
    page = text_of(client, "/laporan/peta/?warna=merah")
    assert 'class="sketch__mark red"' in page
    assert f"/laporan/{report.number}/" in page
    assert 'href="/laporan/?warna=merah"' in page
    assert "<style" not in page
    assert "style=" not in page.replace("stylesheet", "")


def test_the_map_says_when_it_shows_the_newest_alone() -> None:
    for _ in range(3):
        AReport(public=True)
    found = maps.points(Filters(), limit=2)
    assert (len(found.points), found.capped) == (2, True)


def test_the_background_holds_every_kelurahan_and_the_names_around_them(client: Client) -> None:
    version, _drawn = maps.background()
    answer = client.get(f"/laporan/peta/latar-{version}.json")
    assert {what: len(rows) for what, rows in answer.json().items()} == {"areas": 267, "kecamatan": 44, "kota": 6}
    assert "max-age=2592000" in answer.headers["Cache-Control"]
    assert "max-age=60" in client.get("/laporan/peta/latar-lama.json").headers["Cache-Control"]


# --- The page -----------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_long_its_line(
    client: Client, people: Slipi, report: Report, count: int, django_assert_num_queries: Any
) -> None:
    services.take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    for _ in range(count):
        services.take_step(actor=people.officer, report=report, name="reply", inputs=Inputs(text="Kami segera datang."))
    client.get(f"/laporan/{report.number}/")
    with django_assert_num_queries(7):
        client.get(f"/laporan/{report.number}/")


@pytest.mark.parametrize(
    "change", [str.lower, lambda number: f"{number[:4]}-{number[4:]}", lambda number: f" {number} "]
)
def test_a_number_typed_in_another_way_leads_to_the_page(client: Client, report: Report, change: Any) -> None:
    answer = client.get(f"/laporan/{change(report.number)}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/laporan/{report.number}/")


def test_a_mistyped_number_gets_a_helpful_404(client: Client, report: Report) -> None:
    wrong = ("2" if report.number[0] != "2" else "3") + report.number[1:]
    assert "salah ketik" in text_of(client, f"/laporan/{wrong}/", 404)


def test_the_page_shows_the_pair_of_photos_and_the_line(client: Client, people: Slipi, report: Report) -> None:
    assert "Foto sesudah menyusul" in text_of(client, f"/laporan/{report.number}/")
    page = text_of(client, f"/laporan/{declared_done(people, report).number}/")
    assert "Foto sesudah menyusul" not in page
    assert page.count('class="photo__tag"') == 2
    assert "Got sudah dikuras sampai bersih." in page
    assert "Petugas Sarana, Kelurahan Slipi" in page


def test_a_proof_in_doubt_is_said_in_public(client: Client, people: Slipi, report: Report) -> None:
    declared_done(people, report)
    Report.objects.filter(pk=report.pk).update(proof="in_review", doubts=["far_away", "no-such-doubt"])
    page = text_of(client, f"/laporan/{report.number}/")
    assert "Bukti sedang diperiksa" in page
    assert "lebih dari 100 m" in page


def test_overdue_is_public_with_whom_it_was_raised_to(client: Client, report: Report) -> None:
    late = timezone.localdate() - timedelta(days=10)
    Report.objects.filter(pk=report.pk).update(due=late, first_answer_due=late)
    services.escalate_overdue()
    page = text_of(client, f"/laporan/{report.number}/")
    assert "Terlambat" in page
    assert "Sudah dinaikkan ke" in page


def test_a_merged_report_leads_to_the_one_that_counts(client: Client, people: Slipi, report: Report) -> None:
    other = AReport(reporter=people.reporter, title="Sama saja")
    services.take_step(actor=people.head, report=other, name="mark_duplicate", inputs=Inputs(original=report))
    assert f'href="/laporan/{report.number}/"' in text_of(client, f"/laporan/{other.number}/")
    assert "1 laporan lain tentang hal yang sama" in text_of(client, f"/laporan/{report.number}/")


def test_a_live_nudge_gets_the_living_part_alone(client: Client, report: Report) -> None:
    page = client.get(f"/laporan/{report.number}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert f'data-live="report-{report.number}"' in page


# --- Who may --------------------------------------------------------------------------------------
def test_who_opens_what_is_not_public(people: Slipi, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(public=False)
    path = f"/laporan/{report.number}/"
    stranger, auditor = a_person("Orang Lain"), an_auditor()
    for person, allowed in (
        (people.reporter, True), (people.head, True), (people.officer, True), (people.desk, True), (auditor, True),
        (stranger, False), (people.sda, False), (people.neighbour_head, False),
    ):  # fmt: skip
        answer = signed_in(person).get(path)
        assert answer.status_code == (200 if allowed else 404), person.nickname
        if allowed:
            assert "Hanya Anda dan petugas" in answer.content.decode()
            assert "no-store" in answer.headers["Cache-Control"]


def test_what_was_told_in_confidence_is_seen_by_its_handler_and_reporter_alone(people: Slipi) -> None:
    kind = category("kekerasan-perempuan-anak")
    assert kind.handler
    report = AReport(reporter=people.reporter, category=kind, title="rahasia sekali")
    handler = an_office(kind.handler.code, Role.AGENCY_OFFICER, "Pendamping")
    auditor = an_auditor()
    path = f"/laporan/{report.number}/"
    for person, allowed in (
        (people.reporter, True),
        (handler, True),
        (people.head, False),
        (people.desk, False),
        (auditor, False),
    ):
        assert signed_in(person).get(path).status_code == (200 if allowed else 404), person.nickname


PATHS = ["", "gambar.png", "beres/", "belum/", "jawaban/", "dukung/", "ikuti/"]


@pytest.mark.parametrize("path", PATHS)
def test_what_is_hidden_leaves_no_trace(client: Client, people: Slipi, path: str) -> None:
    hidden = AReport(public=False, title="rahasia sekali", description="sangat rahasia")
    gone = "22222222" if hidden.number != "22222222" else "33333333"
    ask = client.get if path in ("", "gambar.png") else client.post
    answers = [ask(f"/laporan/{number}/{path}") for number in (hidden.number, gone)]
    assert [answer.status_code for answer in answers] == [404, 404]
    pages = [re.sub(r'value="\w{64}"|"X-CSRFToken": "\w+"', "", answer.content.decode()) for answer in answers]
    assert pages[0].replace(hidden.number, gone) == pages[1]


def test_lists_maps_and_pages_of_others_hide_it_too(client: Client, people: Slipi, report: Report) -> None:
    hidden = AReport(public=False, title="rahasia sekali", description="sangat rahasia")
    Report.objects.filter(pk=hidden.pk).update(state="duplicate", colour="neutral", original=report)
    for path in (
        "/laporan/",
        "/laporan/?cari=rahasia",
        "/laporan/peta/",
        "/laporan/peta/titik.json",
        f"/laporan/{report.number}/",
    ):
        page = text_of(client, path)
        assert hidden.number not in page
        assert "rahasia sekali" not in page


def test_the_reporter_is_named_nowhere(people: Slipi, report: Report) -> None:
    declared_done(people, report)
    services.take_step(actor=people.reporter, report=report, name="reopen", inputs=Inputs(text="Masih mampet di kiri."))
    secrets = [
        people.reporter.nickname,
        people.reporter.email or "",
        services.secret_of(report.client_key),
        str(report.client_key),
    ]
    for reader in (Client(), signed_in(a_person("Orang Lain")), signed_in(people.officer)):
        for path in (
            "/laporan/",
            "/laporan/peta/",
            "/laporan/peta/titik.json",
            f"/laporan/{report.number}/",
            f"/bukti/laporan/{report.number}/?format=json",
        ):
            page = text_of(reader, path)
            assert not [secret for secret in secrets if secret in page]


# --- Escaping, and the picture ------------------------------------------------------------------
def test_markup_in_any_text_stays_text(client: Client, people: Slipi) -> None:
    report = AReport(reporter=people.reporter, title=MARKUP, description=MARKUP, landmark=MARKUP)
    services.take_step(actor=people.officer, report=report, name="reply", inputs=Inputs(text=MARKUP))
    for path in (
        "/laporan/",
        "/laporan/peta/",
        f"/laporan/{report.number}/",
        f"/bukti/laporan/{report.number}/",
        f"/laporan/?cari={MARKUP}&warna={MARKUP}",
    ):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "\"'&{{" not in page


@pytest.mark.parametrize(
    "title", ["Got mampet", MARKUP, "\u202egnp\u0000\n\r", "🚧" * 60, "a" * 120, "Jalan " * 24, ""]
)
def test_the_picture_for_sharing_can_be_drawn_of_any_title(title: str) -> None:
    for colour in Colour:
        image = Image.open(io.BytesIO(social.draw(title, "Kelurahan Slipi", "K7M2-9QXD", colour)))
        assert (image.size, image.format) == ((1200, 630), "PNG")


def test_the_picture_is_public_and_cached(client: Client, report: Report) -> None:
    answer = client.get(f"/laporan/{report.number}/gambar.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert "public" in answer.headers["Cache-Control"]
    assert f"/laporan/{report.number}/gambar.png" in text_of(client, f"/laporan/{report.number}/")


def test_a_page_without_a_position_marks_the_kelurahan_alone(client: Client) -> None:
    report = AReport(public=True, lat=None, lng=None, region=region("31.01.01.1001"))
    assert "Baru kelurahannya yang diketahui" in text_of(client, f"/laporan/{report.number}/")


# --- The page of a kelurahan ----------------------------------------------------------------------
def test_a_kelurahan_shows_its_own_public_reports_and_figures(client: Client, people: Slipi, report: Report) -> None:
    elsewhere = AReport(title="Lampu mati di Palmerah", region=region("31.73.07.1001"), lat=None, lng=None)
    hidden = AReport(title="Belum dikonfirmasi", email="tamu@contoh.id")
    page = text_of(client, "/tempat/31.73.07.1002/")
    assert report.title in page
    assert not any(other.title in page for other in (elsewhere, hidden))
    assert 'href="/laporan/?wilayah=31.73.07.1002"' in page
    assert 'href="/laporan/peta/?wilayah=31.73.07.1002"' in page
    assert home.figures(report.region).open == 1
    empty = text_of(client, "/tempat/31.73.07.1004/")
    assert "Belum ada laporan dari sini" in empty


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_a_kelurahan_costs_the_same_queries(
    client: Client, people: Slipi, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        AReport(reporter=people.reporter)
    with django_assert_max_num_queries(16):
        client.get("/tempat/31.73.07.1002/")
