"""The socket that says "changed": who may listen, when it speaks, what it bears."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from accounts.models import Role, RoleAssignment
from live import topics
from live.services import publish_on_commit
from live.urls import websocket_urlpatterns
from reports import services
from reports.domain.reasons import Basis
from reports.models import Report
from reports.services import Inputs
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, agency, an_office, slipi

pytestmark = pytest.mark.django_db(transaction=True)


@asynccontextmanager
async def watching(topic: str, user: Any = None) -> AsyncIterator[WebsocketCommunicator]:
    socket = WebsocketCommunicator(URLRouter(websocket_urlpatterns), f"/langsung/{topic}")
    socket.scope["user"] = user or AnonymousUser()
    if user is not None:
        browser = Client()
        await sync_to_async(browser.force_login)(user)
        socket.scope["session"] = browser.session
    connected, _protocol = await socket.connect()
    assert connected
    yield socket
    await socket.disconnect()


async def code_of_closing(socket: WebsocketCommunicator) -> int:
    message = await socket.receive_output(timeout=5)
    assert message["type"] == "websocket.close"
    return int(message["code"])


@pytest.fixture
def people(transactional_db: None) -> Slipi:
    return slipi()


@pytest.fixture
def report(people: Slipi) -> Report:
    return AReport(reporter=people.reporter)


@pytest.mark.parametrize("topic", ["report-22222222", "nothing-1", "report", "-", "desk-1", "desk-x"])
async def test_unknown_topics_are_closed_for_good(people: Slipi, topic: str) -> None:
    async with watching(topic) as socket:
        assert await code_of_closing(socket) == 4004


async def test_a_hidden_report_looks_like_none(people: Slipi, report: Report) -> None:
    await sync_to_async(Report.objects.filter(pk=report.pk).update)(public=False)
    async with watching(topics.report(report.number)) as socket:
        assert await code_of_closing(socket) == 4004
    async with watching(topics.report(report.number), people.reporter) as socket:
        assert await socket.receive_nothing(timeout=0.3)


async def test_a_step_is_told_after_its_commit_and_says_nothing_more(people: Slipi, report: Report) -> None:
    reply = Inputs(text="Petugas datang besok pagi.")
    async with watching(topics.report(report.number)) as socket:
        assert await socket.receive_nothing(timeout=0.3)
        await sync_to_async(services.take_step)(actor=people.officer, report=report, name="reply", inputs=reply)
        assert await socket.receive_from(timeout=5) == "changed"


async def test_what_is_rolled_back_is_never_told(report: Report) -> None:
    def fails() -> None:
        with transaction.atomic():
            publish_on_commit(topics.report(report.number))
            transaction.set_rollback(True)

    async with watching(topics.report(report.number)) as socket:
        assert await socket.receive_nothing(timeout=0.3)
        await sync_to_async(fails)()
        assert await socket.receive_nothing(timeout=0.5)


async def test_many_nudges_within_a_second_are_one(report: Report) -> None:
    async with watching(topics.report(report.number)) as socket:
        assert await socket.receive_nothing(timeout=0.3)
        for _ in range(10):
            await sync_to_async(publish_on_commit)(topics.report(report.number))
        assert await socket.receive_from(timeout=5) == "changed"
        # The page fetched after the first; what changed since is told once more.
        assert await socket.receive_nothing(timeout=0.4)
        assert await socket.receive_from(timeout=5) == "changed"
        assert await socket.receive_nothing(timeout=1.2)


async def test_one_socket_watches_all_units_of_an_officer(people: Slipi, report: Report) -> None:
    palmerah = await sync_to_async(agency)("kelurahan-3173071001")
    mine = [topics.desk(report.unit_id), topics.desk(palmerah.pk)]
    async with watching(topics.together(mine), people.officer) as socket:
        assert await code_of_closing(socket) == 4004
    both = await sync_to_async(an_office)("kelurahan-3173071001", nickname="Bu Tini")
    await RoleAssignment.objects.acreate(
        user=both, role=Role.OFFICER, agency=report.unit, title="Petugas", starts=date(2020, 1, 1)
    )
    async with watching(topics.together(mine), both) as socket:
        for topic in mine:
            assert await socket.receive_nothing(timeout=0.2)
            await sync_to_async(publish_on_commit)(topic)
            assert await socket.receive_from(timeout=5) == "changed"


async def test_a_socket_asks_for_no_more_than_a_few_topics(people: Slipi, report: Report) -> None:
    many = [topics.desk(report.unit_id), *(f"desk-{number}" for number in range(20))]
    assert len(topics.together(many).split(",")) == topics.TOGETHER_AT_MOST
    async with watching(",".join(many), people.officer) as socket:
        assert await code_of_closing(socket) == 4004


async def test_the_unit_that_gave_a_report_away_hears_of_it(people: Slipi, report: Report) -> None:
    await sync_to_async(services.take_step)(
        actor=people.head, report=report, name="validate", inputs=Inputs(reason=Basis.SEEN)
    )
    given = Inputs(unit=await sync_to_async(agency)("sda-3173"))
    async with watching(topics.desk(report.unit_id), people.officer) as socket:
        assert await socket.receive_nothing(timeout=0.3)
        await sync_to_async(services.take_step)(actor=people.head, report=report, name="assign", inputs=given)
        assert await socket.receive_from(timeout=5) == "changed"


async def test_the_unit_to_which_a_report_was_raised_hears_of_it(people: Slipi, report: Report) -> None:
    above = await sync_to_async(agency)("kecamatan-317307")
    watcher = await sync_to_async(an_office)("kecamatan-317307")
    reply = Inputs(text="Petugas datang besok pagi.")
    async with watching(topics.desk(above.pk), watcher) as socket:
        await sync_to_async(services.take_step)(actor=people.officer, report=report, name="reply", inputs=reply)
        assert await socket.receive_nothing(timeout=0.5)
        await Report.objects.filter(pk=report.pk).aupdate(escalated_to=above, escalated_on=date(2026, 1, 5))
        await sync_to_async(services.take_step)(actor=people.officer, report=report, name="reply", inputs=reply)
        assert await socket.receive_from(timeout=5) == "changed"


@pytest.mark.parametrize("said", ['{"type": "nudge"}', "[" * 5000, "\x00", '{"a": 1e999}', "x" * 100_000])
async def test_whatever_a_client_says_is_ignored(report: Report, said: str) -> None:
    async with watching(topics.report(report.number)) as socket:
        await socket.send_to(text_data=said)
        await socket.send_to(bytes_data=said.encode())
        assert await socket.receive_nothing(timeout=0.3)


async def test_who_will_not_stop_talking_is_closed(report: Report) -> None:
    async with watching(topics.report(report.number)) as socket:
        for _ in range(21):
            await socket.send_to(text_data="hello")
        assert await code_of_closing(socket) == 4029
