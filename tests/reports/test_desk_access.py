"""R5 for the report tracker: every address x every kind of person x own and others' report, as one table."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import Entry
from reports import urls
from reports.domain.workflow import STEPS
from reports.models import Note, Report, ReportStep, Reveal
from tests.factories import accounts
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import a_person, category

pytestmark = pytest.mark.django_db

# What differs between any two pages.
TOKEN = re.compile(r'(X-CSRFToken": |csrfmiddlewaretoken" value=)"\w+"')
OPEN, IN, NO, NONE = "open", "sign in", "403", "404"
ANSWERS = {OPEN: {200, 302, 409, 422}, IN: {302}, NO: {403}, NONE: {404}}

# Who asks, in this order.
PEOPLE = (
    *("visitor", "reporter", "citizen", "officer", "section head", "neighbour", "kecamatan", "desk"),
    *("handler", "moderator", "admin", "auditor"),
)
# Address and method -> one answer for each of the people above. First for a public report of Slipi,
# then for one that was told in confidence.
#                         visitor rep.  cit.  off.  head  neigh kec.  desk  handl mod.  admin audit
TABLE: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "desk"):         (IN, NO, NO, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, NO, NO, NO),
    ("GET", "desk_reveals"): (IN, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, OPEN),
    ("GET", "desk_questions"): (IN, NO, NO, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, NO, NO, NO),
    ("GET", "desk_routing"): (IN, NO, NO, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, NO, OPEN, OPEN),
    ("GET", "desk_report"):  (IN, NO, NO, OPEN, OPEN, NO, NO, OPEN, NO, NO, NO, OPEN),
    ("POST", "desk_step"):   (IN, NO, NO, OPEN, OPEN, NO, NO, NO, NO, NO, NO, NO),
    ("POST", "desk_note"):   (IN, NO, NO, OPEN, OPEN, NO, NO, NO, NO, NO, NO, NO),
    ("POST", "desk_reveal"): (IN, NO, NO, OPEN, OPEN, NO, NO, NO, NO, NO, NO, NO),
}  # fmt: skip
SECRET: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "desk_report"):  (IN, NO, NONE, NONE, NONE, NONE, NONE, NONE, OPEN, NONE, NONE, NONE),
    ("POST", "desk_step"):   (IN, NO, NONE, NONE, NONE, NONE, NONE, NONE, OPEN, NONE, NONE, NONE),
    ("POST", "desk_note"):   (IN, NO, NONE, NONE, NONE, NONE, NONE, NONE, OPEN, NONE, NONE, NONE),
    ("POST", "desk_reveal"): (IN, NO, NONE, NONE, NONE, NONE, NONE, NONE, OPEN, NONE, NONE, NONE),
}  # fmt: skip
FIELDS = {
    "desk_step": {"text": "Kami ke sana besok pagi, terima kasih.", "seen": "1"},
    "desk_note": {"text": "Sudah ditelepon."},
    "desk_reveal": {"reason_to_reveal": "Patokan tidak jelas, perlu bertanya."},
}


def people() -> dict[str, Any]:
    return {
        "visitor": None,
        "reporter": a_person("Ibu Sari"),
        "citizen": a_person("Tono"),
        "officer": accounts.officer(),
        "section head": accounts.section_head(),
        "neighbour": accounts.section_head(accounts.PALMERAH),
        "kecamatan": accounts.section_head("kecamatan-317307"),
        "desk": accounts.office("province_desk", "meja-provinsi"),
        "handler": accounts.office("agency_officer", "inspektorat"),
        "moderator": accounts.office("moderator", "31"),
        "admin": accounts.admin(),
        "auditor": accounts.office("auditor", "31"),
    }


def address(name: str, report: Report) -> str:
    if name in ("desk", "desk_reveals", "desk_routing", "desk_questions"):
        return reverse(name)
    return reverse(name, args=[report.number, "reply"] if name == "desk_step" else [report.number])


def world() -> tuple[Any, ...]:
    counts = (ReportStep.objects.count(), Note.objects.count(), Reveal.objects.count(), Entry.objects.count())
    return (*counts, list(Report.objects.order_by("pk").values()))


def ask(person: Any, method: str, name: str, report: Report) -> Any:
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    send = client.post if method == "POST" else client.get
    return send(address(name, report), FIELDS.get(name, {}))


@pytest.mark.parametrize(("method", "name"), TABLE)
def test_every_address_of_the_desk_for_everybody(method: str, name: str) -> None:
    who = people()
    report = AReport(reporter=who["reporter"])
    for person, expected in zip(PEOPLE, TABLE[method, name], strict=True):
        before = world()
        answer = ask(who[person], method, name, report)
        assert answer.status_code in ANSWERS[expected], (person, answer.status_code)
        if expected == IN:
            assert answer["Location"].startswith(reverse("account_login"))
        if expected != OPEN:
            assert world() == before, person
            reads = TABLE["GET", "desk_report"][PEOPLE.index(person)] == OPEN
            assert reads or report.description not in answer.content.decode()


@pytest.mark.parametrize(("method", "name"), SECRET)
def test_what_was_told_in_confidence_leaves_no_trace(method: str, name: str) -> None:
    who = people()
    report = AReport(reporter=who["reporter"], category=category("pungli"), title="Dimintai uang di loket")
    missing = Report(number="23456789")
    for person, expected in zip(PEOPLE, SECRET[method, name], strict=True):
        before = world()
        answer = ask(who[person], method, name, report)
        assert answer.status_code in ANSWERS[expected], (person, answer.status_code)
        if expected == NONE:
            # The same page as for a number that nobody has.
            other = ask(who[person], method, name, missing)
            assert other.status_code == 404
            here, there = answer.content.decode(), other.content.decode()
            assert TOKEN.sub("", here).replace(report.number, "") == TOKEN.sub("", there).replace(missing.number, "")
        if expected != OPEN:
            assert world() == before, person
            assert report.title not in answer.content.decode()


def test_the_queue_of_another_unit_shows_nothing(client: Client) -> None:
    who = people()
    report = AReport(reporter=who["reporter"], title="Hanya milik Slipi")
    secret = AReport(reporter=who["reporter"], category=category("pungli"), title="Dimintai uang di loket")
    for person in ("neighbour", "kecamatan", "desk", "handler"):
        client.force_login(who[person], backend="django.contrib.auth.backends.ModelBackend")
        for tab in ("perlu", "berjalan", "menunggu", "bukti", "naik", "selesai"):
            page = client.get(f"/meja/?tab={tab}&unit=kelurahan-3173071002").content.decode()
            assert report.title not in page
            assert (secret.title in page) == (person == "handler" and tab == "perlu")


def test_every_address_of_the_desk_stands_in_the_table() -> None:
    names = {pattern.name for pattern in urls.urlpatterns if str(pattern.pattern).startswith("meja/")}
    assert names == {name for _method, name in TABLE}


@pytest.mark.parametrize("name", ["desk_step", "desk_note", "desk_reveal"])
def test_acts_are_not_done_by_a_link(name: str) -> None:
    head = accounts.section_head()
    report = AReport(reporter=a_person("Ibu Sari"))
    assert ask(head, "GET", name, report).status_code == 405


TEXTS = st.text(max_size=200) | st.sampled_from(
    ["\0", "<script>alert(1)</script>", "' OR 1=1 --", "𝕏" * 50, "-1", "[x]"]
)
NAMES = ["text", "reason", "unit", "outside", "original", "original_near", "day", "place", "lat", "lng", "category"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    step=st.sampled_from(sorted(STEPS)) | st.text("abc_/", min_size=1, max_size=9),
    fields=st.dictionaries(st.sampled_from([*NAMES, "seen", "size", "batch", "photo_ids"]), TEXTS, max_size=8),
    address=st.dictionaries(st.sampled_from(["langkah", "templat", "tab", "q", "after"]), TEXTS, max_size=3),
)
def test_whatever_is_sent_is_answered_and_never_breaks(db: None, step: str, fields: Any, address: Any) -> None:
    head = accounts.section_head()
    report = AReport(reporter=a_person(f"Warga {head.pk}", f"w{head.pk}@contoh.id"))
    client = Client()
    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
    sent = client.post(f"/meja/{report.number}/langkah/{step}/", fields)
    assert sent.status_code < 500
    assert "<script>alert(1)" not in sent.content.decode()
    for path in ("/meja/", f"/meja/{report.number}/", "/meja/ke-mana/"):
        shown = client.get(path, address)
        assert shown.status_code < 500
        assert "<script>alert(1)" not in shown.content.decode()
    head.delete()
