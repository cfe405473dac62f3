"""What officers keep and look up: notes, contacts with the auditor's list, "where would this go?"."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from ledger.models import Entry
from reports.models import Contact, Note, Report, Reveal, RoutingRule
from tests.factories import accounts
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, agency, category, slipi

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def report(people: Slipi) -> Report:
    return AReport(reporter=people.reporter)


def desk_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def world() -> tuple[Any, ...]:
    """Everything that a refused act must leave as it was."""
    counts = (Note.objects.count(), Reveal.objects.count(), Entry.objects.count())
    return (*counts, list(Report.objects.order_by("pk").values()))


# --- Notes and contacts ---------------------------------------------------------------------------
def test_notes_stay_inside(people, report) -> None:
    answer = desk_of(people.officer).post(f"/meja/{report.number}/catatan/", {"text": "Pak RT sudah ditelepon."})
    assert answer.status_code == 302
    assert "Pak RT sudah ditelepon." in desk_of(people.head).get(f"/meja/{report.number}/").content.decode()
    assert "Pak RT" not in Client().get(f"/laporan/{report.number}/").content.decode()
    before = world()
    assert desk_of(people.officer).post(f"/meja/{report.number}/catatan/", {"text": "  "}).status_code == 422
    assert world() == before


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Pak RT sudah ditelepon.", False), ("baris\n" * 5, False), ("baris\n" * 8, True), ("kata " * 120, True)],
)
def test_a_long_note_is_clamped_and_whole_in_the_page(people, report, text, folded) -> None:
    Note.objects.create(report=report, author=people.head, office="Kasi Ekbang", text=f"{text} sampai di sini")
    page = desk_of(people.officer).get(f"/meja/{report.number}/").content.decode()
    assert "sampai di sini" in page
    assert ("note__more" in page) == folded


def test_a_contact_is_shown_once_for_a_reason_that_the_auditor_reads(people) -> None:
    report = AReport(email="warga@contoh.id", phone="08123456789")
    Report.objects.filter(pk=report.pk).update(confirmed=True, public=True)
    page = desk_of(people.officer).get(f"/meja/{report.number}/").content.decode()
    assert "warga@contoh.id" not in page
    assert "08123456789" not in page
    before = world()
    refused = desk_of(people.officer).post(f"/meja/{report.number}/kontak/", {"reason_to_reveal": "mau"})
    assert refused.status_code == 422
    assert "warga@contoh.id" not in refused.content.decode()
    assert world() == before
    why = "Patokan tidak jelas, perlu menelepon pelapor."
    client = desk_of(people.officer)
    assert client.post(f"/meja/{report.number}/kontak/", {"reason_to_reveal": why}).status_code == 302
    other = AReport(email="lain@contoh.id")
    shown = client.get(f"/meja/{report.number}/")
    assert "warga@contoh.id" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    # Loading the page anew neither shows it again nor is another look; nor does another report show its own.
    assert "warga@contoh.id" not in client.get(f"/meja/{report.number}/").content.decode()
    assert "lain@contoh.id" not in client.get(f"/meja/{other.number}/").content.decode()
    assert Reveal.objects.count() == 1
    assert why in desk_of(accounts.office("auditor", "31")).get("/meja/audit/").content.decode()
    assert why not in desk_of(accounts.office("auditor", "31.71")).get("/meja/audit/").content.decode()
    assert "warga@contoh.id" not in str(list(Entry.objects.values()))


def test_the_auditor_reads_nothing_of_what_was_told_in_confidence(people) -> None:
    handler = accounts.office("agency_officer", "inspektorat")
    report = AReport(category=category("pungli"), email="saksi@contoh.id", title="Dimintai uang di loket")
    why = "Perlu bertanya kepada saksi soal loket."
    assert desk_of(handler).post(f"/meja/{report.number}/kontak/", {"reason_to_reveal": why}).status_code == 302
    page = desk_of(accounts.office("auditor", "31")).get("/meja/audit/").content.decode()
    assert "rahasia" in page
    for secret in (why, report.number, report.spoken_number, report.title):
        assert secret not in page
    assert Contact.objects.get(report=report).email == "saksi@contoh.id"


@pytest.mark.parametrize("count", [1, 3])
def test_the_auditors_list_costs_the_same_queries(people, count, django_assert_num_queries) -> None:
    for _ in range(count):
        report = AReport(reporter=people.reporter)
        Reveal.objects.create(report=report, actor=people.head, office="Kasi", reason="Perlu menelepon pelapor.")
    client = desk_of(accounts.office("auditor", "31"))
    with django_assert_num_queries(5):
        assert client.get("/meja/audit/").status_code == 200


# --- Where would this go? ---------------------------------------------------------------------------
def test_the_table_answers_where_a_report_would_go(people) -> None:
    client = desk_of(people.head)
    ask = {"kategori": "saluran-kali", "kelurahan": "31.73.07.1002"}
    assert "Kelurahan Slipi" in client.get("/meja/ke-mana/", ask | {"ukuran": "small"}).content.decode()
    large = client.get("/meja/ke-mana/", ask | {"ukuran": "large"}).content.decode()
    assert agency("sda-3173").name in large
    secret = client.get("/meja/ke-mana/", ask | {"kategori": "pungli", "ukuran": "small"}).content.decode()
    assert agency("inspektorat").name in secret


def test_a_rule_that_never_matches_is_named_with_the_earlier_one(people) -> None:
    page = desk_of(people.head).get("/meja/ke-mana/").content.decode()
    assert "tidak pernah cocok" not in page
    every = RoutingRule.objects.filter(size="small").count()
    RoutingRule.objects.create(position=1, destination="desk", size="small")
    page = desk_of(people.head).get("/meja/ke-mana/").content.decode()
    # One warning for the one rule, in words.
    notice = re.findall(r'<div class="notice yellow[^>]*>.*?</div>\s*</div>', page, re.S)
    assert len(notice) == 1
    assert "“1: semua kategori · kecil”" in notice[0]
    assert "“10: Jalan rusak atau berlubang · kecil”" in notice[0]
    assert f"dan {every - 4} lainnya" in notice[0]
    assert not re.search(r"small|\*", notice[0])
    assert page.count("tidak pernah cocok</span>") == every


def test_an_admin_reads_the_table_and_is_not_led_to_a_desk(people) -> None:
    page = desk_of(accounts.admin()).get("/meja/ke-mana/").content.decode()
    assert 'href="/meja/"' not in page
    assert 'href="/meja/"' in desk_of(people.head).get("/meja/ke-mana/").content.decode().split('class="crumbs"')[1]


@pytest.mark.parametrize("address", ["kategori=x&kelurahan=y&ukuran=z", "kategori=sampah", "kelurahan=%00"])
def test_a_broken_question_to_the_table_is_told_beside_the_field(people, address) -> None:
    answer = desk_of(people.head).get(f"/meja/ke-mana/?{address}")
    assert answer.status_code == 400
    assert "field__error" in answer.content.decode()


# --- Units ------------------------------------------------------------------------------------------
def test_somebody_with_two_units_switches_between_them(people, report) -> None:
    both = accounts.section_head(user=people.neighbour_head)
    page = desk_of(both).get("/meja/?tab=perlu").content.decode()
    assert report.title in page
    one = desk_of(both).get("/meja/?unit=kelurahan-3173071001").content.decode()
    assert report.title not in one
    # What is shown is what is watched.
    palmerah = agency("kelurahan-3173071001").pk
    assert f'data-live="desk-{palmerah},desk-{report.unit_id}"' in page
    assert f'data-live="desk-{palmerah}"' in one


def test_the_list_is_live(people, report) -> None:
    page = desk_of(people.head).get("/meja/").content.decode()
    assert f'data-live="desk-{report.unit_id}"' in page
