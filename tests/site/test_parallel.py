"""R3: fifty identical requests at once have one effect and no error, over HTTP as people send them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from voting.models import Vote

from ledger.models import Entry
from ledger.queries import verify
from reports import services
from reports.models import Contact, Follow, Report, ReportStep
from reports.services.filing import CODE_TRIES, code_of
from support import queries as support
from tests.committed import at_once
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import a_person, declared_done, slipi
from tests.site.people import BACKEND, secret_link

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 50


def post_at_once(client: Client, link: str, fields: dict[str, Any] | None = None) -> list[Any]:
    """Fifty times the same form from the same browser; the status of each."""

    def post(_place: int) -> int:
        sender = Client()
        sender.cookies = client.cookies.copy()
        return int(sender.post(link, fields or {}).status_code)

    return at_once(MANY, post)


def whole(report: Report) -> None:
    report.refresh_from_db()
    assert [step.seq for step in report.steps.order_by("seq")] == list(range(1, report.steps_taken + 1))
    assert [found for found in verify() if found.broken] == []


@pytest.mark.parametrize("act", ["dukung", "ikuti"])
def test_fifty_presses_of_a_button_are_one(act: str) -> None:
    report, person, client = AReport(reporter=a_person("Ibu Sari")), a_person("Tono"), Client()
    client.force_login(person, backend=BACKEND)
    assert set(post_at_once(client, f"/laporan/{report.number}/{act}/", {"on": "1"})) == {302}
    assert Follow.objects.filter(report=report, user=person).count() == 1
    assert Vote.objects.count() == support.counts([report])[report.pk] == (act == "dukung")


@pytest.mark.parametrize("by", ["account", "link"])
def test_fifty_times_done_is_done_once(by: str) -> None:
    people, client = slipi(), Client()
    report = AReport(reporter=people.reporter) if by == "account" else AReport(email="tamu@contoh.id", public=True)
    declared_done(people, report)
    if by == "account":
        client.force_login(people.reporter, backend=BACKEND)
    else:
        client.get(secret_link(report))
    assert set(post_at_once(client, f"/laporan/{report.number}/beres/")) == {302}
    assert ReportStep.objects.filter(report=report, name="confirm").count() == 1
    whole(report)
    assert report.state == "confirmed"


@pytest.mark.parametrize("says_seen", [True, False])
def test_fifty_times_not_yet_opens_it_once(says_seen: bool) -> None:
    people, client = slipi(), Client()
    report = declared_done(people, AReport(reporter=people.reporter))
    client.force_login(people.reporter, backend=BACKEND)
    sent = {"text": "Sebelah kiri masih mampet."} | ({"seen": str(report.steps_taken)} if says_seen else {})
    answers = post_at_once(client, f"/laporan/{report.number}/belum/", sent)
    # Who comes late hears that it is open already.
    assert set(answers) <= {302, 409}
    assert answers.count(302) >= 1
    whole(report)
    assert (report.state, report.reopenings) == ("reopened", 1)


def test_a_right_code_sent_fifty_times_confirms_once() -> None:
    report, client = AReport(email="tamu@contoh.id"), Client()
    client.get(secret_link(report))
    code = code_of(report, 1)
    assert set(post_at_once(client, f"/laporan/{report.number}/kode/", {"code": code})) == {302}
    assert Entry.objects.filter(subject_id=report.number, verb="report.code_confirmed").count() == 1
    whole(report)
    assert (report.confirmed, report.public) == (True, True)


def test_fifty_wrong_codes_at_once_are_no_more_than_five_tries() -> None:
    report, client = AReport(email="tamu@contoh.id"), Client()
    client.get(secret_link(report))
    wrong = f"{(int(code_of(report, 1)) + 1) % 1_000_000:06d}"
    answers = post_at_once(client, f"/laporan/{report.number}/kode/", {"code": wrong})
    assert set(answers) <= {422, 429}
    assert answers.count(422) == CODE_TRIES
    assert Contact.objects.get().code_tries >= CODE_TRIES
    report.refresh_from_db()
    assert not report.confirmed


def test_fifty_sign_ins_take_over_a_report_once() -> None:
    report = AReport(email="warga@contoh.id")
    services.confirm_by_code(report=report, code=code_of(report, 1))
    person = a_person("Warga", "warga@contoh.id")
    taken = at_once(MANY, lambda _place: services.claim(user=person))
    assert {type(number) for number in taken} == {int}
    report.refresh_from_db()
    assert report.reporter == person
    assert Follow.objects.filter(report=report, user=person).count() == 1
