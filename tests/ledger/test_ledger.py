"""Writing entries, their triggers, `verify_ledger`, and the page of proof."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from ledger import queries, services
from ledger.models import Chain, Entry
from reports.models import Report
from tests.committed import at_once
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import declared_done, slipi


def record(key: str = "K7M2", **changes: Any) -> Entry:
    fields: dict[str, Any] = {"actor": None, "verb": "report.file", "subject_type": "report", "subject_id": key}
    return services.record(**(fields | changes))


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """As somebody with the database's password could do it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            yield
            cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in found:
            cursor.execute(sql)


def run(sql: str, *values: Any) -> None:
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def verify(*arguments: str) -> tuple[bool, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=out, stderr=err)
    except CommandError:
        return False, err.getvalue()
    return True, out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET office = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_or_delete(statement: str) -> None:
    record()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify()[0]


@pytest.mark.django_db
def test_every_chain_of_the_ledger_is_counted_and_holds() -> None:
    for key in ("A", "A", "B", "A"):
        record(key)
    assert verify() == (True, "2 chains, 4 entries, 0 broken\n")
    assert verify("--subject", "report", "A") == (True, "1 chains, 3 entries, 0 broken\n")
    assert not verify("--subject", "report", "nothing")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "seq"),
    [
        ("UPDATE ledger_entry SET office = 'Lurah' WHERE subject_id = 'A' AND seq = 2", 2),
        ("UPDATE ledger_entry SET actor_id = 5 WHERE subject_id = 'A' AND seq = 1", 1),
        ("DELETE FROM ledger_entry WHERE subject_id = 'A' AND seq = 2", 2),
        ("DELETE FROM ledger_entry WHERE subject_id = 'A' AND seq = 3", 3),
        ("DELETE FROM ledger_entry WHERE subject_id = 'A'", 1),
        ("DELETE FROM ledger_chain WHERE subject_id = 'A'", 4),
    ],
)
def test_what_was_tampered_with_is_named(tamper: str, seq: int) -> None:
    for key in ("A", "B", "A", "A"):
        record(key)
    run(tamper)
    holds, told = verify()
    assert not holds
    assert f"report A #{seq}:" in told
    assert "report B" not in told


@pytest.mark.django_db
def test_verifying_costs_two_queries_however_many_chains(django_assert_num_queries: Any) -> None:
    for number in range(12):
        record(f"K{number % 5}")
    with django_assert_num_queries(2):
        assert [found.broken for found in queries.verify()] == [None] * 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_writers_at_once_make_one_chain() -> None:
    results = at_once(20, lambda place: record(payload={"place": place}).seq)
    assert sorted(results) == list(range(1, 21))
    assert verify() == (True, "1 chains, 20 entries, 0 broken\n")
    assert Chain.objects.get().length == 20


# --- The page -----------------------------------------------------------------------------------
@pytest.fixture
def report(db: None) -> Report:
    people = slipi()
    return declared_done(people, AReport(reporter=people.reporter))


def test_the_page_says_that_the_chain_holds_and_names_no_person(client: Client, report: Report) -> None:
    page = client.get(f"/bukti/laporan/{report.number}/").content.decode()
    assert "Rangkaiannya utuh" in page
    assert "Kasi Ekbang, Kelurahan Slipi" in page
    for secret in ("Ibu Sari", "Bu Rina", "actor_id", "actor_salt"):
        assert secret not in page


def test_anybody_can_recompute_the_seals_from_the_data(client: Client, report: Report) -> None:
    data = client.get(f"/bukti/laporan/{report.number}/?format=json").json()
    previous = "0" * 64
    for entry in data["entries"]:
        assert entry["content"][0] == previous
        body = json.dumps(entry["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(body.encode()).hexdigest()
        assert previous == entry["digest"]
    assert previous == data["head"]
    assert data["holds"] is True
    stored = Entry.objects.filter(subject_id=report.number).exclude(actor_id=None)
    text = json.dumps(data)
    assert not any(entry.actor_salt in text for entry in stored)


def test_a_broken_chain_is_said_in_public(client: Client, report: Report) -> None:
    run("UPDATE ledger_entry SET verb = 'report.confirm' WHERE seq = 2")
    page = client.get(f"/bukti/laporan/{report.number}/").content.decode()
    assert "Rangkaian ini tidak utuh" in page
    assert client.get(f"/bukti/laporan/{report.number}/?format=json").json()["broken_at"] == 2


@pytest.mark.parametrize("path", ["/bukti/laporan/{0}/", "/bukti/laporan/{0}/?format=json"])
def test_what_is_not_public_has_no_proof_for_strangers(client: Client, report: Report, path: str) -> None:
    assert client.get(path.format(report.number)).status_code == 200
    Report.objects.filter(pk=report.pk).update(public=False)
    answer = client.get(path.format(report.number))
    assert answer.status_code == 404
    assert report.title not in answer.content.decode()
    if report.reporter:
        client.force_login(report.reporter, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(path.format(report.number)).status_code == 200


@pytest.mark.parametrize("path", ["/bukti/laporan/23456789/", "/bukti/usulan/1/", "/bukti/laporan/zz/"])
def test_an_unknown_subject_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404
