"""A right or a session that ends reaches the sockets that are open."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from accounts import services as accounts
from accounts.models import RoleAssignment, User
from live import consumers, topics
from live.hub import Hub, hub, seconds_of_day_left
from live.services import recheck_on_commit
from live.sessions import person_of
from live.urls import websocket_urlpatterns
from privacy import services as privacy
from reports.models import Report
from tests.benchmarks.server import Server, daphne
from tests.factories.accounts import admin
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, slipi
from tests.live.test_consumer import code_of_closing

pytestmark = pytest.mark.django_db(transaction=True)
SIGNED_OUT, NOT_YOURS = 4001, 4004


@pytest.fixture
def people(transactional_db: None) -> Slipi:
    return slipi()


@pytest.fixture
def report(people: Slipi) -> Report:
    return AReport(reporter=people.reporter)


@pytest.fixture
def laras(people: Slipi) -> User:
    return admin("31.73")


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@asynccontextmanager
async def opened(topic: str, client: Client) -> AsyncIterator[WebsocketCommunicator]:
    """A socket of a signed-in browser, let in."""
    key = client.session.session_key if "sessionid" in client.cookies else None
    socket = WebsocketCommunicator(URLRouter(websocket_urlpatterns), f"/langsung/{topic}")
    socket.scope["session"] = await sync_to_async(SessionStore)(key)
    socket.scope["user"] = await sync_to_async(person_of)(key)
    await socket.connect()
    assert await socket.receive_nothing(timeout=0.3)
    yield socket
    await socket.disconnect()


async def stays(socket: WebsocketCommunicator) -> bool:
    return await socket.receive_nothing(timeout=0.5)


async def test_an_office_that_ends_closes_the_desk(people: Slipi, report: Report, laras: User) -> None:
    head, officer = [await sync_to_async(browser_of)(one) for one in (people.head, people.officer)]
    async with opened(topics.desk(report.unit_id), officer) as his, opened(topics.desk(report.unit_id), head) as hers:
        held = await RoleAssignment.objects.aget(user=people.officer)
        await sync_to_async(accounts.end_role)(actor=laras, assignment=held)
        assert await code_of_closing(his) == NOT_YOURS
        assert await stays(hers)


async def test_a_page_that_everybody_may_see_stays_open_when_an_office_ends(
    people: Slipi, report: Report, laras: User
) -> None:
    async with opened(topics.report(report.number), await sync_to_async(browser_of)(people.officer)) as socket:
        held = await RoleAssignment.objects.aget(user=people.officer)
        await sync_to_async(accounts.end_role)(actor=laras, assignment=held)
        assert await stays(socket)


async def test_signing_out_closes_the_sockets_of_that_session_alone(people: Slipi, report: Report) -> None:
    phone, desktop = [await sync_to_async(browser_of)(people.officer) for _ in range(2)]
    topic = topics.report(report.number)
    async with opened(topic, phone) as one, opened(topic, phone) as two, opened(topic, desktop) as other:
        await sync_to_async(phone.post)("/akun/keluar/")
        assert await code_of_closing(one) == SIGNED_OUT
        assert await code_of_closing(two) == SIGNED_OUT
        assert await stays(other)


async def test_signing_out_elsewhere_closes_every_other_device(people: Slipi, report: Report) -> None:
    phone, desktop = [await sync_to_async(browser_of)(people.officer) for _ in range(2)]
    async with opened(topics.desk(report.unit_id), desktop) as socket:
        await sync_to_async(phone.post)("/akun/keluar-semua/")
        assert await code_of_closing(socket) == SIGNED_OUT
    async with opened(topics.desk(report.unit_id), phone) as socket:
        assert await stays(socket)


async def test_an_account_that_is_gone_or_closed_has_no_sockets(people: Slipi, report: Report) -> None:
    sari, joko = [await sync_to_async(browser_of)(one) for one in (people.reporter, people.officer)]
    async with opened(topics.report(report.number), sari) as socket:
        await sync_to_async(privacy.leave)(
            actor=people.reporter, nickname=people.reporter.nickname, remove_content=False
        )
        assert await code_of_closing(socket) == SIGNED_OUT
    async with opened(topics.desk(report.unit_id), joko) as socket:
        await User.objects.filter(pk=people.officer.pk).aupdate(is_active=False)
        await sync_to_async(recheck_on_commit)(people.officer.pk)
        assert await code_of_closing(socket) == SIGNED_OUT


async def test_what_is_rolled_back_closes_nothing(people: Slipi, report: Report) -> None:
    def fails() -> None:
        with transaction.atomic():
            accounts.sign_out_elsewhere(actor=people.officer)
            transaction.set_rollback(True)

    async with opened(topics.desk(report.unit_id), await sync_to_async(browser_of)(people.officer)) as socket:
        await sync_to_async(fails)()
        assert await stays(socket)


async def test_the_end_of_the_day_ends_what_ends_by_date(people: Slipi, report: Report) -> None:
    async with opened(topics.desk(report.unit_id), await sync_to_async(browser_of)(people.officer)) as socket:
        yesterday = timezone.localdate() - timedelta(days=1)
        await RoleAssignment.objects.filter(user=people.officer).aupdate(ends=yesterday)
        assert await stays(socket)
        hub.recheck_all()
        assert await code_of_closing(socket) == NOT_YOURS


async def test_the_end_of_the_grace_without_a_second_step_closes_the_desk(
    people: Slipi, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await sync_to_async(browser_of)(people.officer)
    async with (
        opened(topics.desk(report.unit_id), client) as desk,
        opened(topics.report(report.number), client) as page,
    ):
        # As the day turns: what was the last day of the grace is over.
        monkeypatch.setattr(settings, "SECOND_FACTOR_GRACE_DAYS", 0)
        assert await stays(desk)
        hub.recheck_all()
        assert await code_of_closing(desk) == NOT_YOURS
        assert await stays(page)


def test_a_round_begins_just_after_midnight() -> None:
    late = datetime(2026, 3, 1, 23, 59, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert 30 < seconds_of_day_left(late) < 31
    assert 86_400 < seconds_of_day_left(late + timedelta(seconds=30)) < 86_401


async def test_a_page_of_somebody_signed_in_is_told_that_the_session_is_over(report: Report) -> None:
    socket = WebsocketCommunicator(URLRouter(websocket_urlpatterns), f"/langsung/{topics.report(report.number)}?masuk")
    socket.scope["user"] = AnonymousUser()
    await socket.connect()
    assert await code_of_closing(socket) == SIGNED_OUT


async def test_doubts_that_come_during_a_check_are_one_more(
    people: Slipi, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = 0

    async def counted(*asked: Any) -> int:
        nonlocal checks
        checks += 1
        await asyncio.sleep(0.1)
        return 0

    async with opened(topics.desk(report.unit_id), await sync_to_async(browser_of)(people.officer)):
        monkeypatch.setattr(consumers, "_check_again", counted)
        hub.recheck_all()
        await asyncio.sleep(0.05)
        for _ in range(20):
            hub.recheck_all()
        await asyncio.sleep(0.5)
    assert checks == 2
    assert not hub._sockets


class Listener:
    """A socket of another process."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    def nudge(self, topic: str) -> None:
        self.heard.put_nowait(topic)

    def recheck(self) -> None:
        self.heard.put_nowait("recheck")


@pytest.mark.skipif(not settings.REDIS_URL, reason="two processes meet in Redis: set REDIS_URL")
async def test_a_second_process_hears_of_it() -> None:
    here, there, listener, other = Hub(), Hub(), Listener(), Listener()
    there.attend(7, listener)
    there.attend(8, other)
    while not listener.heard.qsize():
        # It asks everybody once when it begins to listen; what is said before is for nobody.
        await asyncio.sleep(0.05)
    await listener.heard.get()
    await other.heard.get()
    await sync_to_async(here.recheck, thread_sensitive=False)(7)
    assert await asyncio.wait_for(listener.heard.get(), 5) == "recheck"
    assert other.heard.empty()
    for task in there._tasks:
        task.cancel()


async def handshake(server: Server, topic: str, client: Client) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    key = base64.b64encode(os.urandom(16)).decode()
    writer.write(
        f"GET /langsung/{topic} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        f"Origin: http://127.0.0.1:{server.port}\r\nCookie: sessionid={client.session.session_key}\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def closing_frame(reader: asyncio.StreamReader) -> int:
    """The code in the frame that closes a socket."""
    head = await asyncio.wait_for(reader.readexactly(4), 10)
    assert head[0] == 0x88, "not a closing frame"
    return int.from_bytes(head[2:4], "big")


@pytest.mark.skipif(not settings.REDIS_URL, reason="two processes meet in Redis: set REDIS_URL")
async def test_an_office_that_ends_here_closes_a_socket_of_another_server(
    people: Slipi, report: Report, laras: User
) -> None:
    client = await sync_to_async(browser_of)(people.officer)
    held = await RoleAssignment.objects.aget(user=people.officer)
    server = daphne(DATABASE_URL=_address(), DJANGO_SETTINGS_MODULE="config.settings.test", REDIS_URL=_redis())
    running = await sync_to_async(server.__enter__)()
    try:
        reader, writer = await handshake(running, topics.desk(report.unit_id), client)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(reader.readexactly(1), 3)
        await sync_to_async(accounts.end_role)(actor=laras, assignment=held)
        assert await closing_frame(reader) == NOT_YOURS
        writer.close()
    finally:
        await sync_to_async(server.__exit__)(None, None, None)
        # Those of the thread that Django's calls ran in; the database is dropped after this.
        await sync_to_async(connections.close_all)()


def _address() -> str:
    """The tests' database, for another process."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    return f"postgres://{named['USER']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


def _redis() -> str:
    """The tests' Redis, which the settings of the other process take as they find it."""
    return str(settings.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"][0])
