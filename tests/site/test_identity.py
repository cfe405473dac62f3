"""R9: who reported is told to nobody but the office that asks with a reason; and an account can go."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from config.logs import JsonFormatter
from ledger.queries import verify
from live import topics
from notices.models import Delivery, Event, Preference
from reports import services, tasks
from reports.models import Contact, Report
from reports.queries.desk_report import contact_of
from reports.services import Inputs
from reports.services.filing import code_of
from support import queries as support
from tests.factories.photos import PhotoFactory
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, a_person, slipi
from tests.live.test_consumer import watching
from tests.site.addresses import REPORT, SITE
from tests.site.people import BACKEND, World, link_of

pytestmark = pytest.mark.django_db

NICKNAME, NAME, EMAIL = "Kenari Pelapor 4711", "Rahmawati Pribadi", "rahmawati.pribadi@rumah.contoh.id"
GUEST_EMAIL, PHONE = "tamu.tak.dikenal@rumah.contoh.id", "081299887766"
IDENTITY = [
    word.casefold() for word in (NICKNAME, NAME, EMAIL, GUEST_EMAIL, PHONE, "pelapor 4711", "rahmawati", "tak.dikenal")
]

# Not read: the own link itself, the way out, and a page about a verification, of which this world has none.
LEFT_OUT = {
    "report_secret",
    "account_logout",
    "residents_revoke",
    "offices_confirm",
    "offices_end",
    "closures_close",
    "closures_reopen",
}


class Told(logging.Handler):
    """Every line as it would stand in the log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Any:
    told, root = Told(), logging.getLogger()
    root.addHandler(told)
    yield told
    root.removeHandler(told)


def reporter() -> User:
    person = a_person(NICKNAME, EMAIL)
    User.objects.filter(pk=person.pk).update(name=NAME)
    return User.objects.get(pk=person.pk)


def names_in(text: str) -> list[str]:
    return [word for word in IDENTITY if word in text.casefold()]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def its_life(people: Slipi, report: Report, mine: User | None) -> None:
    """From the check to "beres", with a question, an escalation, a doubt and a reopening on the way."""
    secret = services.secret_of(report.client_key)

    def take(actor: Any, name: str, **inputs: Any) -> None:
        by = {"secret": secret} if actor is None else {}
        services.take_step(actor=actor, report=report, name=name, inputs=Inputs(**inputs), **by)
        report.refresh_from_db()

    take(people.head, "validate", reason="seen")
    take(people.head, "assign", unit=report.unit)
    take(people.officer, "ask", text="Di sisi kiri atau kanan?")
    take(mine, "answer", text="Di sisi kiri, dekat pos.")
    services.add_note(actor=people.officer, report=report, text="Sudah ditelepon.")
    services.reveal_contact(actor=people.officer, report=report, reason="Patokan tidak jelas.")
    Report.objects.filter(pk=report.pk).update(due=timezone.localdate() - timedelta(days=9))
    services.escalate_overdue()
    take(people.officer, "start")
    take(people.officer, "declare_done", text="Got sudah dikuras.", photos=[PhotoFactory()])
    take(mine, "reopen", text="Masih mampet di kiri.")
    take(people.officer, "start")
    take(people.officer, "declare_done", text="Sekarang sudah dikuras.", photos=[PhotoFactory()])
    take(mine, "confirm")


def public_answers(reports: list[Report], clients: list[Client]) -> list[tuple[str, str]]:
    """Every page, JSON, picture and header that others get to see of the reports."""
    links = {"/laporan/?cari=rahmawati", "/meja/?tab=selesai", "/meja/?tab=naik"}
    for report in reports:
        uses = list(report.photos.select_related("photo"))
        links |= {use.photo.large_url for use in uses} | {f"/bukti/laporan/{report.number}/?format=json"}
        # Every address of the site; the reporter's own link is theirs alone, and after signing out little is shown.
        world = World(report.reporter, {"public": report}, {"public": uses[0].photo})
        links |= {link_of(name, world) for name in {*SITE, *REPORT} - LEFT_OUT}
    found = []
    for client in clients:
        for link in sorted(links):
            answer = client.get(link)
            body = answer.content.decode("utf-8", "replace")
            if "cari=" in link:
                # What was searched for is shown back, and finds nothing.
                assert reports[0].number not in body
                continue
            found.append((link, body + str(answer.headers)))
    return found


@pytest.mark.parametrize("guest", [False, True], ids=["an account", "a guest"])
def test_nobody_learns_who_reported(
    guest: bool, log: Told, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    people, follower = slipi(), a_person("Pengikut")
    mine = None if guest else reporter()
    with django_capture_on_commit_callbacks(execute=True):
        report = AReport(reporter=mine, email=GUEST_EMAIL if guest else "", phone=PHONE if guest else "")
        if guest:
            services.confirm_by_code(report=report, code=code_of(report, 1))
        report.refresh_from_db()
        services.set_follow(actor=follower, report=report, on=True)
        Preference.objects.create(user=follower, kind="report_followed", mail="at_once", push=False)
        its_life(people, report, mine)
    kept = list(DBTaskResult.objects.values("task_path", "args_kwargs"))
    assert any("announce" in str(row) for row in kept)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
    work_off(kept, django_capture_on_commit_callbacks)

    assert report.state == "confirmed"
    clients = [Client(), signed_in(follower), signed_in(people.officer), signed_in(people.desk)]
    shown = public_answers([report], clients)
    assert [(link, names_in(text)) for link, text in shown if names_in(text)] == []
    assert len(log.lines) > 20
    assert [names_in(line) for line in log.lines if names_in(line)] == []
    assert names_in(str(kept)) == []
    assert names_in(str([*Delivery.objects.values(), *Event.objects.values()])) == []
    address = GUEST_EMAIL if guest else EMAIL
    others = [message for message in mail.outbox if message.to != [address]]
    assert len(others) > 5
    secret = services.secret_of(report.client_key)
    for message in others:
        assert names_in(message.message().as_string()) == []
        assert names_in(message.body) == []
        assert secret not in message.body + str(message.alternatives[0][0])
    # What the office that asks with a reason gets, and nobody else: that there is somebody to hide.
    report.refresh_from_db()
    assert names_in(str(contact_of(report))) != []


def work_off(kept: list[dict[str, Any]], capture: Any) -> None:
    """What the worker would do with the announcements that were kept; mails go out."""
    steps = [row["args_kwargs"]["args"][0] for row in kept if row["task_path"].endswith("announce")]
    with capture(execute=True):
        for step in steps:
            tasks.announce.call(step)


@pytest.mark.parametrize("to", ["confirmed", "received"])
def test_an_account_that_is_gone_leaves_report_and_proof_whole(to: str) -> None:
    people, mine = slipi(), reporter()
    report = AReport(reporter=mine)
    supporters = [a_person(f"Pendukung {number}") for number in range(3)]
    for person in (*supporters, mine):
        services.set_support(actor=person, report=report, on=True)
    if to == "confirmed":
        its_life(people, report, mine)
    before = Report.objects.values_list("state", "colour", "public", "steps_taken", "reopenings").get(pk=report.pk)
    line = list(report.steps.values_list("seq", "name", "target", "office", "text"))
    mine.delete()
    report = Report.objects.get(pk=report.pk)
    assert (report.state, report.colour, report.public, report.steps_taken, report.reopenings) == before
    assert list(report.steps.values_list("seq", "name", "target", "office", "text")) == line
    assert report.reporter is None
    assert [found for found in verify() if found.broken] == []
    assert support.counts([report])[report.pk] == 3
    page = Client().get(report.get_absolute_url())
    assert page.status_code == 200
    assert names_in(page.content.decode()) == []
    assert Client().get(f"/bukti/laporan/{report.number}/?format=json").json()["holds"] is True
    # Officers that leave take nothing along either, and the clock goes on without the reporter.
    people.officer.delete()
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        services.escalate_overdue()
        services.lapse_silent()
    assert [found for found in verify() if found.broken] == []
    assert signed_in(people.head).get(f"/meja/{report.number}/").status_code == 200
    assert not Contact.objects.filter(report=report).exists()


@pytest.mark.django_db(transaction=True)
async def test_a_socket_tells_that_something_changed_and_no_more() -> None:
    people = await sync_to_async(slipi)()
    mine = await sync_to_async(reporter)()
    report = await sync_to_async(AReport)(reporter=mine)
    step = {"actor": people.officer, "report": report, "name": "ask", "inputs": Inputs(text="Kiri atau kanan?")}
    async with watching(topics.report(report.number)) as socket:
        assert await socket.receive_nothing(timeout=0.2)
        await sync_to_async(services.take_step)(**step)
        assert await socket.receive_from(timeout=5) == "changed"
