"""Looking through the ledger, checking it, taking it along."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import AsyncRequestFactory, Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from core.streams import download
from ledger import scopes
from ledger.models import Chain, Entry
from ledger.services import record
from oversight.models import LedgerCheck
from oversight.services import checking
from tests.factories.accounts import UserFactory, admin, office, officer
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import category, region

pytestmark = pytest.mark.django_db
OFFICE = "Petugas Sarana, Kelurahan Slipi"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def auditor() -> Client:
    return signed_in(office(Role.AUDITOR, "31"))


def acts(report: Any, actor: User | None = None, *, at: datetime | None = None, verb: str = "report.reply") -> Entry:
    return record(
        actor=actor, office=OFFICE, verb=verb, subject_type="report", subject_id=report.number, payload={"a": 1}, at=at
    )


def keys(page: Any) -> list[str]:
    assert page.status_code == 200
    return [line.entry.subject_id for line in page.context["lines"]]


def test_every_filter_finds_its_own(auditor: Client) -> None:
    joko, dewi = officer(), officer()
    one, two = AReport(), AReport()
    now = timezone.now()
    acts(one, joko, at=now - timedelta(days=5))
    acts(two, dewi, at=now, verb="report.start")
    record(actor=joko, office="Kasi Ekbang, Kelurahan Slipi", verb="role.ended", subject_type="role", subject_id=7)
    day = timezone.localtime(now - timedelta(days=5)).date().isoformat()
    assert keys(auditor.get("/audit/", {"jenis": "role"})) == ["7"]
    assert keys(auditor.get("/audit/", {"jenis": "report", "kunci": one.number, "tindakan": "report.reply"})) == [
        one.number
    ]
    assert keys(auditor.get("/audit/", {"pelaku": joko.nickname})) == ["7", one.number]
    assert keys(auditor.get("/audit/", {"pelaku": f"#{dewi.pk}"})) == [two.number]
    assert keys(auditor.get("/audit/", {"kantor": OFFICE})) == [two.number, one.number]
    assert keys(auditor.get("/audit/", {"tindakan": "report.start"})) == [two.number]
    assert keys(auditor.get("/audit/", {"dari": day, "sampai": day})) == [one.number]


@pytest.mark.parametrize(
    "asked",
    [
        {"pelaku": "tidak ada"},
        {"jenis": "rahasia"},
        {"dari": "kemarin"},
        {"dari": "0001-01-01"},
        {"sampai": "9999-12-31"},
        {"dari": "2026-02-02", "sampai": "2026-01-01"},
        {"kunci": "x" * 50},
        {"pelaku": "#" + "9" * 40},
        {"kantor": "\0"},
    ],
)
def test_a_filter_that_makes_no_sense_is_told_so(auditor: Client, asked: dict[str, str]) -> None:
    assert auditor.get("/audit/", asked).status_code == 422


def test_nobody_else_looks_in() -> None:
    for person in (UserFactory(), officer(), office(Role.MODERATOR, "31")):
        client = signed_in(person)
        assert client.get("/audit/").status_code == 403
        assert client.post("/audit/unduh/").status_code == 403
        assert client.post("/audit/periksa/").status_code == 403
    assert Client().get("/audit/").status_code == 302
    assert signed_in(admin()).post("/audit/periksa/").status_code == 403


def test_a_region_sees_its_own_and_nobody_sees_what_was_told_in_confidence(auditor: Client) -> None:
    here, far = AReport(), AReport(region=region("31.75.06.1001"), lat=None, lng=None)
    secret = AReport(category=category("pungli"))
    for report in (here, far, secret):
        acts(report)
    record(actor=None, verb="account.closed", subject_type="account", subject_id=1)
    assert set(keys(auditor.get("/audit/"))) == {here.number, far.number, "1"}
    west = signed_in(admin("31.73"))
    assert set(keys(west.get("/audit/"))) == {here.number}
    for client in (auditor, west):
        page = client.get("/audit/", {"jenis": "report", "kunci": secret.number})
        assert keys(page) == []
        assert page.context["chain"] is None


def test_nobody_finds_out_here_who_reported(auditor: Client) -> None:
    sari = UserFactory(nickname="Sari Pelapor")
    report = AReport(reporter=sari)
    record(actor=sari, verb="report.confirm", subject_type="report", subject_id=report.number)
    assert keys(auditor.get("/audit/", {"pelaku": "Sari Pelapor"})) == []
    assert keys(auditor.get("/audit/", {"pelaku": f"#{sari.pk}"})) == []
    page = auditor.get("/audit/", {"jenis": "report", "kunci": report.number})
    assert report.number in keys(page)
    exported = auditor.post("/audit/unduh/", {"jenis": "report", "format": "json"})
    assert {line.actor for line in page.context["lines"]} == {""}
    assert "Sari Pelapor" not in page.content.decode()
    assert {row["actor"] for row in json.loads(b"".join(exported.streaming_content))} == {""}


def test_the_chain_that_is_shown_is_recomputed(auditor: Client) -> None:
    report = AReport()
    acts(report)
    page = auditor.get("/audit/", {"jenis": "report", "kunci": report.number})
    assert "Rangkaian ini utuh" in page.content.decode()
    Chain.objects.filter(subject_id=report.number).update(head="f" * 64)
    page = auditor.get("/audit/", {"jenis": "report", "kunci": report.number})
    assert "Rangkaian ini rusak" in page.content.decode()


def test_what_citizens_do_with_their_accounts_is_told_without_names(auditor: Client) -> None:
    sari, joko = UserFactory(nickname="Sari Pelapor"), officer()
    record(actor=sari, verb="data.copied", subject_type="account", subject_id=sari.pk)
    record(actor=joko, office=OFFICE, verb="account.closed", subject_type="account", subject_id=sari.pk)
    page = auditor.get("/audit/", {"jenis": "account"})
    assert [line.actor for line in page.context["lines"]] == [joko.nickname, ""]
    assert keys(auditor.get("/audit/", {"pelaku": "Sari Pelapor"})) == []


def test_a_kind_that_nobody_registered_is_shown_to_nobody(auditor: Client) -> None:
    record(actor=None, verb="secret.told", subject_type="secret", subject_id=1)
    for client in (auditor, signed_in(UserFactory(is_superuser=True))):
        assert keys(client.get("/audit/", {"tindakan": "secret.told"})) == []


def test_the_owner_of_the_site_is_not_shown_either_what_was_told_in_confidence() -> None:
    here, secret = AReport(), AReport(category=category("pungli"))
    acts(here)
    acts(secret)
    client = signed_in(UserFactory(is_superuser=True))
    assert keys(client.get("/audit/", {"tindakan": "report.reply"})) == [here.number]


def test_every_kind_that_is_recorded_is_registered() -> None:
    kinds: set[str] = set()
    for source in (file.read_text() for top in ("platform", "reports") for file in Path(top).rglob("*.py")):
        kinds |= set(re.findall(r'subject_type="(\w+)"', source))
    # The tables of reports take their kind from the verb.
    tables = Path("reports/services/tables.py").read_text()
    kinds |= set(re.findall(r'"(\w+)\.(?:added|changed|removed)"', tables))
    assert kinds >= {"report", "assist", "holiday", "routing"}
    assert kinds - {scope.name for scope in scopes.every()} == set()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_long(auditor: Client, many: int, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        acts(AReport(), officer())
    asked = {"tindakan": "report.reply"}
    auditor.get("/audit/", asked)
    with django_assert_num_queries(7):
        page = auditor.get("/audit/", asked)
    assert len(keys(page)) == many
    assert len(page.content) < 60_000


def test_pages_go_on_without_gaps_or_repeats(auditor: Client) -> None:
    report = AReport()
    made = [acts(report).pk for _ in range(65)]
    seen: list[int] = []
    after = ""
    for _ in range(3):
        page = auditor.get("/audit/", {"jenis": "report", "tindakan": "report.reply", "sesudah": after})
        seen += [line.entry.pk for line in page.context["lines"]]
        after = page.context["page"].next_cursor
    assert seen == made[::-1]
    assert after == ""


def test_what_is_asked_for_is_found_by_an_index(auditor: Client) -> None:
    acts(AReport(), officer())
    for asked, index in [({"kantor": OFFICE}, "entry_office_newest"), ({}, "entry_newest")]:
        with CaptureQueriesContext(connection) as found:
            auditor.get("/audit/", asked)
        query = next(one["sql"] for one in found if 'FROM "ledger_entry"' in one["sql"] and "ORDER BY" in one["sql"])
        assert "OFFSET" not in query
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query)
                assert index in str(cursor.fetchall())


def test_an_export_holds_the_filter_and_is_remembered(auditor: Client) -> None:
    joko = officer()
    one, two = AReport(), AReport()
    acts(one, joko)
    acts(two)
    response = auditor.post("/audit/unduh/", {"pelaku": joko.nickname, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode().removeprefix("\ufeff"))))
    assert [(row["key"], row["actor"], row["office"]) for row in rows] == [(one.number, joko.nickname, OFFICE)]
    taken = Entry.objects.get(verb="ledger.exported")
    assert taken.payload["actor"] == joko.pk
    response = auditor.post("/audit/unduh/", {"jenis": "report", "format": "json"})
    found = json.loads(b"".join(response.streaming_content))
    assert {row["key"] for row in found} == {one.number, two.number}
    assert found[0]["payload"] == {"a": 1}
    assert auditor.get("/audit/unduh/").status_code == 405


@pytest.mark.parametrize("many", [1, 3])
def test_an_export_costs_the_same_however_long(auditor: Client, many: int, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        acts(AReport(), officer())
    with django_assert_num_queries(16):
        b"".join(auditor.post("/audit/unduh/", {"format": "csv"}).streaming_content)


async def test_a_download_flows_under_the_real_server() -> None:
    response = download(AsyncRequestFactory().get("/"), "x.txt", "text/plain", (str(part) for part in range(3)))
    assert response.is_async
    assert [part async for part in response] == [b"0", b"1", b"2"]


def test_the_whole_ledger_is_checked_in_the_background(auditor: Client) -> None:
    first, second = AReport(), AReport()
    acts(first)
    acts(second)
    check = LedgerCheck.objects.create()
    Chain.objects.filter(subject_id=second.number).update(head="f" * 64)
    assert checking.run_check(check_id=check.pk)
    assert not checking.run_check(check_id=check.pk)
    check.refresh_from_db()
    assert (check.state, check.done, check.total, check.broken) == ("done", 2, 2, 1)
    assert check.first_broken == f"report {second.number}"
    assert second.number in auditor.get("/audit/").content.decode()
    assert "Rusak" in auditor.get("/audit/kemajuan/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_check_at_a_time() -> None:
    client = signed_in(office(Role.AUDITOR, "31"))
    LedgerCheck.objects.create(state="running")
    assert client.post("/audit/periksa/").status_code == 409
    LedgerCheck.objects.update(state="failed")
    assert client.post("/audit/periksa/").status_code == 302
    assert LedgerCheck.objects.latest("pk").state == "done"
