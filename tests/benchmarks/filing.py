"""B3: what it costs to file a report with two photos and to support one."""

from __future__ import annotations

import http.client
import io
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import User
from reports.models import Report
from tests.benchmarks import Figure, benchmark
from tests.benchmarks.server import Server, daphne
from tests.benchmarks.world import reports

# Few enough each that no limit for one device is touched.
PEOPLE = 10
FILINGS_EACH = 4
SUPPORTS = 200
PHOTO_PIXELS = (4000, 3000)
CPU_MS_FILING = 50
CPU_MS_SUPPORT = 8
QUERIES_SUPPORT = 10


def photo(seed: int) -> bytes:
    """A JPEG of 12 megapixels with the grain of a phone's camera."""
    numbers = np.random.default_rng(seed)
    coarse = Image.fromarray(numbers.integers(20, 235, (60, 80, 3), dtype=np.uint8))
    broad = coarse.resize(PHOTO_PIXELS, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    broad.save(out, "JPEG", quality=85)
    return out.getvalue()


@dataclass
class Visitor:
    """A browser without a screen: one connection, its cookies, its token."""

    server: Server
    line: http.client.HTTPConnection
    cookies: dict[str, str]
    token: str = ""

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, dict[str, str]]:
        """Send a request; returns status, text and headers."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": f"http://127.0.0.1:{self.server.port}",
            "Accept": "text/html,application/json",
        }
        if kind:
            headers["Content-Type"] = kind
        if self.token:
            headers["X-CSRFToken"] = self.token
        self.line.request(method, path, body=body or None, headers=headers)
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        self.token = self.cookies.get("csrftoken", self.token)
        return answer.status, text, {name.lower(): value for name, value in answer.getheaders()}


def a_person(place: int) -> User:
    """An account of the benchmark."""
    person, _new = User.objects.get_or_create(
        email=f"bench{place}@example.com", defaults={"nickname": f"Warga Uji {place}"}
    )
    return person


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]*name="{name}"', page
    )
    if not found:
        raise RuntimeError(f"no field {name}")
    return found[1]


def upload(visitor: Visitor, batch: str, data: bytes) -> str:
    """Send a photo as the filing page does; returns its id."""
    boundary = uuid.uuid4().hex
    field = f"--{boundary}\r\nContent-Disposition: form-data; name="
    fields = {"batch": batch, "client_key": str(uuid.uuid4())}
    parts = [f'{field}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    head = f'{field}"file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = "".join([*parts, head]).encode() + data + f"\r\n--{boundary}--\r\n".encode()
    status, text, _headers = visitor.ask("POST", "/foto/", body, f"multipart/form-data; boundary={boundary}")
    found = re.search(r'"id":\s*"([^"]+)"', text)
    if status >= 300 or not found:
        raise RuntimeError(f"upload: {status} {text[:200]}")
    return found[1]


def file_one(visitor: Visitor, photos: list[bytes]) -> tuple[float, float]:
    """File a report; returns the server's CPU milliseconds for the two uploads and for the report itself."""
    _status, page, _headers = visitor.ask("GET", "/lapor/")
    batch = hidden(page, "batch")
    before = visitor.server.cpu_ms()
    keys = [upload(visitor, batch, data) for data in photos]
    uploaded = visitor.server.cpu_ms()
    fields: list[tuple[str, str]] = [
        ("csrfmiddlewaretoken", hidden(page, "csrfmiddlewaretoken")),
        ("client_key", hidden(page, "client_key")),
        ("batch", batch),
        *(("photo_ids", key) for key in keys),
        ("description", "Got di gang kami mampet, air naik ke teras tiap hujan."),
        ("title", "Got mampet di gang"),
        ("category", "saluran-kali"),
        ("lat", "-6.193339"),
        ("lng", "106.798897"),
        ("accuracy", "10"),
        ("kelurahan", "31.73.07.1002"),
        ("rt", "010"),
        ("rw", "02"),
    ]
    body = urlencode(fields).encode()
    status, text, headers = visitor.ask("POST", "/lapor/", body, "application/x-www-form-urlencoded")
    if status not in (302, 303):
        raise RuntimeError(f"filing: {status} {re.findall(r'field__error[^>]*>([^<]+)', text)}")
    if not headers["location"].startswith("/laporan/"):
        raise RuntimeError(headers["location"])
    return uploaded - before, visitor.server.cpu_ms() - uploaded


def signed_in(server: Server, user: User) -> Visitor:
    """A visitor with the session of an account."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return Visitor(server, server.connect(), {settings.SESSION_COOKIE_NAME: str(session.session_key)})


def queries_of(client: Client, path: str, data: dict[str, Any]) -> int:
    """How many statements a POST sends to the database."""
    with CaptureQueriesContext(connection) as captured:
        client.post(path, data)
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def bare_insert_ms(report: Report, count: int) -> float:
    """CPU and waiting of copying the rows of one filing by bare INSERTs in one transaction, in ms each.

    The rows of the report, its step and its ledger entry are copied inside the database, so that no
    framework takes part.
    """
    started = time.process_time()
    with connection.cursor() as cursor:
        for _ in range(count):
            with transaction.atomic():
                _copy(cursor, "reports_report", f"id = {report.pk}", ("number", "client_key", "secret_digest"))
                _copy(cursor, "reports_reportstep", f"report_id = {report.pk}", ("seq",))
                _copy(cursor, "ledger_chain", f"subject_id = '{report.number}'", ("subject_id",))
                _copy(cursor, "ledger_entry", f"subject_id = '{report.number}'", ("seq",))
                transaction.set_rollback(True)
    return (time.process_time() - started) * 1000 / count


def _copy(cursor: Any, table: str, where: str, fresh: tuple[str, ...]) -> None:
    cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table])
    columns = [(name, kind) for name, kind in cursor.fetchall() if name != "id"]
    values = {"uuid": "gen_random_uuid()", "integer": "(random() * 1e9)::int"}
    chosen = [
        values.get(kind, "substr(md5(random()::text), 1, 8)") if name in fresh else f'"{name}"'
        for name, kind in columns
    ]
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(chosen)} FROM {table} WHERE {where}")  # noqa: S608


@benchmark("B3")
def run() -> Iterator[Figure]:
    """Filing with two photos of 12 megapixels (photo work in a task), and supporting."""
    reports(1_000)
    photos = [photo(1), photo(2)]
    with daphne() as server:
        costs = []
        for place in range(PEOPLE + 1):
            visitor = signed_in(server, a_person(place))
            costs += [file_one(visitor, photos) for _ in range(FILINGS_EACH)]
        # The first person's are the warm-up.
        yield from _filing_figures(costs[FILINGS_EACH:])
        yield from _support_figures(server, signed_in(server, a_person(0)), a_person(0))


def _filing_figures(costs: list[tuple[float, float]]) -> Iterator[Figure]:
    upload_ms = sum(cost[0] for cost in costs) / len(costs)
    file_ms = sum(cost[1] for cost in costs) / len(costs)
    latest = Report.objects.latest("pk")
    floor = bare_insert_ms(latest, 50)
    work = f"file a report, after upload, CPU of {len(costs)}; floor: bare INSERTs of the same rows"
    yield Figure("B3", work, file_ms, "ms", floor, f"<= {CPU_MS_FILING} ms", file_ms <= CPU_MS_FILING)
    yield Figure("B3", "receive its two photos of 12 MP, CPU", upload_ms, "ms", None, "watched", None)


def _support_figures(server: Server, visitor: Visitor, person: User) -> Iterator[Figure]:
    chosen = list(Report.objects.public().order_by("-pk").values_list("number", flat=True)[: SUPPORTS + 1])
    visitor.ask("GET", f"/laporan/{chosen[0]}/")
    kind = "application/x-www-form-urlencoded"
    visitor.ask("POST", f"/laporan/{chosen[0]}/dukung/", b"on=1", kind)
    before = server.cpu_ms()
    for number in chosen[1:]:
        status, _text, _headers = visitor.ask("POST", f"/laporan/{number}/dukung/", b"on=1", kind)
        if status not in (200, 302, 303):
            raise RuntimeError(f"support: {status}")
    each = (server.cpu_ms() - before) / SUPPORTS
    yield Figure(
        "B3",
        f"support a report, CPU of {SUPPORTS}",
        each,
        "ms",
        None,
        f"<= {CPU_MS_SUPPORT} ms",
        each <= CPU_MS_SUPPORT,
    )
    client = Client()
    client.force_login(person)
    used = queries_of(client, f"/laporan/{chosen[0]}/dukung/", {"on": "1"})
    yield Figure("B3", "support a report, queries", used, "", None, f"<= {QUERIES_SUPPORT}", used <= QUERIES_SUPPORT)
