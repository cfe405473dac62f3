"""B11: memory of one process: idle, after many requests, with many sockets."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reports.models import Report
from tests.benchmarks import Figure, benchmark
from tests.benchmarks.server import Server, daphne
from tests.benchmarks.world import reports

REQUESTS = 10_000
SOCKETS = 1_000
WARM_UP = 200
EMPTY_SETTINGS = """
SECRET_KEY = "x"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "empty_urls"
WAGTAIL = "contrib.forms contrib.redirects embeds sites users snippets documents images search".split()
DJANGO = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]
INSTALLED_APPS = [f"wagtail.{name}" for name in WAGTAIL] + ["wagtail.admin", "wagtail", "modelcluster", "taggit"]
INSTALLED_APPS += [f"django.contrib.{name}" for name in DJANGO]
MIDDLEWARE = [f"django.contrib.{name}" for name in (
    "sessions.middleware.SessionMiddleware",
    "auth.middleware.AuthenticationMiddleware",
    "messages.middleware.MessageMiddleware",
)]
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": PROCESSORS},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "empty"
WAGTAILADMIN_BASE_URL = "http://localhost"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
EMPTY_URLS = """
from django.http import HttpResponse
from django.urls import include, path
from wagtail.admin import urls as admin_urls
urlpatterns = [path("laporan/", lambda request: HttpResponse("x")), path("admin/", include(admin_urls))]
"""
EMPTY_ASGI = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "empty_settings"
from django.core.asgi import get_asgi_application
application = get_asgi_application()
"""


def get_many(server: Server, path: str, count: int) -> None:
    """Ask for a page so often on one kept connection."""
    connection = server.connect()
    for _ in range(count):
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    connection.close()


def empty_project_mb() -> float:
    """Memory of an empty Django + Wagtail project after one request."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"settings": EMPTY_SETTINGS, "urls": EMPTY_URLS, "asgi": EMPTY_ASGI}.items():
            (Path(folder) / f"empty_{name}.py").write_text(text)
        with daphne("empty_asgi:application", PYTHONPATH=folder, DJANGO_SETTINGS_MODULE="empty_settings") as server:
            get_many(server, "/laporan/", 5)
            return server.memory_mb()


@contextlib.asynccontextmanager
async def sockets(server: Server, topic: str, count: int):  # type: ignore[no-untyped-def]  # an async generator
    """So many open WebSockets that watch one topic."""
    opened = []
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET /langsung/{topic} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: http://127.0.0.1:{server.port}\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise RuntimeError(head.decode())
        opened.append(writer)
    await asyncio.sleep(2)
    yield opened
    for writer in opened:
        writer.close()


@benchmark("B11")
def run() -> Iterator[Figure]:
    """Idle, after 10,000 pages of the public list, with 1,000 sockets."""
    reports(1_000)
    number = Report.objects.public().values_list("number", flat=True)[0]
    empty = empty_project_mb()
    with daphne() as server:
        get_many(server, "/laporan/", 5)
        idle = server.memory_mb()
        yield Figure(
            "B11", "idle, after 5 pages; peer: empty Django + Wagtail", idle, "MB", empty, "<= 1.3", idle <= 1.3 * empty
        )
        get_many(server, "/laporan/", WARM_UP)
        get_many(server, f"/laporan/{number}/", WARM_UP)
        warm = server.memory_mb()
        get_many(server, "/laporan/", REQUESTS)
        after = server.memory_mb()
        work = f"after {REQUESTS:,} more pages; peer: after {2 * WARM_UP}"
        yield Figure("B11", work, after, "MB", warm, "no growth (<= 1.05)", after <= 1.05 * warm)
        held = asyncio.run(with_sockets_of(server, number))
        each = (held - after) * 1024 / SOCKETS
        yield Figure("B11", f"each of {SOCKETS:,} sockets", each, "KB", None, "<= 40 KB", each <= 40)


async def with_sockets_of(server: Server, number: str) -> float:
    """Memory in megabytes while the sockets of one report are open."""
    async with sockets(server, f"report-{number}", SOCKETS):
        return server.memory_mb()
