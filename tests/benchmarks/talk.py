"""B2a and B3's comment: the page of a discussion with a hundred and with ten thousand comments, and writing one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from discussion.models import ThreadComment, Topic
from discussion.services import topic_of
from reports.models import Report
from tests.benchmarks import Figure, benchmark
from tests.benchmarks.filing import Visitor, a_person, hidden, queries_of, signed_in
from tests.benchmarks.server import Server, daphne
from tests.benchmarks.world import reports

SIZES = (100, 10_000)
PAGES = 100
WRITERS, EACH = 24, 8
CPU_MS_PAGE, QUERIES_PAGE = 20, 12
CPU_MS_COMMENT, QUERIES_COMMENT = 8, 10
# Every fifth begins a thread; the others answer it.
IN_THREAD = 5
TABLES = {
    "django_comments": """
        (id, content_type_id, object_pk, site_id, user_id, user_name, user_email, user_url, comment, submit_date,
         is_public, is_removed)
        SELECT %(base)s + n, %(kind)s, %(item)s, %(site)s, %(author)s, '', '', '',
               'Air di gang ini naik lagi sejak kemarin sore, tolong dicek ' || n, now() - n * interval '1 minute',
               true, false FROM generate_series(1, %(count)s) n""",
    "django_comments_xtd_xtdcomment": """
        (comment_ptr_id, thread_id, parent_id, level, "order", followup, nested_count)
        SELECT %(base)s + n, 0, 0, LEAST((n - 1) %% 5, 1), 1, false, 0 FROM generate_series(1, %(count)s) n""",
    "discussion_threadcomment": """
        (xtdcomment_ptr_id, topic_id, root_id, above_id, branch, place, places_taken, public_replies, client_key,
         author_id, kind, state, created, language, mark, office, helpful, locked)
        SELECT %(base)s + n, %(topic)s,
               CASE WHEN (n - 1) %% 5 > 0 THEN %(base)s + n - (n - 1) %% 5 END,
               CASE WHEN (n - 1) %% 5 > 0 THEN %(base)s + n - (n - 1) %% 5 END,
               (n - 1) %% 5, (n - 1) %% 5, CASE WHEN (n - 1) %% 5 = 0 THEN 4 ELSE 0 END,
               CASE WHEN (n - 1) %% 5 = 0 THEN 4 ELSE 0 END, gen_random_uuid(), %(author)s, 'information', 'public',
               now() - n * interval '1 minute', 'id', md5(n::text), '', n %% 7, false
        FROM generate_series(1, %(count)s) n""",
}


def comments(report: Report, count: int) -> Topic:
    """A discussion of so many comments, four replies to a thread."""
    topic = topic_of(report)
    if topic.comments >= count:
        return topic
    ThreadComment.objects.filter(topic=topic).delete()
    newest = ThreadComment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    values = {
        "base": newest + 1_000,
        "kind": ContentType.objects.get_for_model(Report).pk,
        "item": str(report.pk),
        "site": settings.SITE_ID,
        "author": a_person(1).pk,
        "topic": topic.pk,
        "count": count,
    }
    with connection.cursor() as cursor:
        for table, statement in TABLES.items():
            cursor.execute(f"INSERT INTO {table} {statement}", values)
        cursor.execute("SELECT setval('django_comments_id_seq', (SELECT max(id) FROM django_comments))")
    topic.comments, topic.threads = count, count // IN_THREAD
    topic.save()
    return topic


@benchmark("B2")
def run() -> Iterator[Figure]:
    """The page of a discussion at two sizes, and writing a comment."""
    reports(1_000)
    chosen = list(Report.objects.public().order_by("-pk")[: len(SIZES) + 1])
    for report, count in zip(chosen, SIZES, strict=False):
        comments(report, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with daphne() as server:
        small, large = (_page_ms(server, report) for report in chosen[: len(SIZES)])
        work = f"page of a discussion with 10,000 comments, CPU of {PAGES}; peer: with 100"
        yield Figure("B2a", work, large, "ms", small, f"<= {CPU_MS_PAGE} ms", large <= CPU_MS_PAGE)
        few, many = (_page_queries(report) for report in chosen[: len(SIZES)])
        work = "the same, queries; peer: with 100"
        yield Figure("B2a", work, many, "", few, f"<= {QUERIES_PAGE}", many <= QUERIES_PAGE and many == few)
        each = _comment_ms(server, chosen[-1])
        work = f"write a comment, CPU of {WRITERS * EACH}"
        yield Figure("B3", work, each, "ms", None, f"<= {CPU_MS_COMMENT} ms", each <= CPU_MS_COMMENT)
    client = Client()
    client.force_login(a_person(2), backend="django.contrib.auth.backends.ModelBackend")
    number = chosen[-1].number
    sent = queries_of(client, f"/bincang/laporan/{number}/", _form("Sudah ada kabar dari kelurahan?"))
    yield Figure("B3", "write a comment, queries", sent, "", None, f"<= {QUERIES_COMMENT}", sent <= QUERIES_COMMENT)


def _page_ms(server: Server, report: Report) -> float:
    visitor = Visitor(server, server.connect(), {})
    path = f"/bincang/laporan/{report.number}/"
    for _ in range(5):
        visitor.ask("GET", path)
    before = server.cpu_ms()
    for _ in range(PAGES):
        status, _text, _headers = visitor.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return (server.cpu_ms() - before) / PAGES


def _page_queries(report: Report) -> int:
    client, path = Client(), f"/bincang/laporan/{report.number}/"
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _comment_ms(server: Server, report: Report) -> float:
    path, kind = f"/bincang/laporan/{report.number}/", "application/x-www-form-urlencoded"
    visitors = [signed_in(server, a_person(place)) for place in range(20, 20 + WRITERS)]
    for visitor in visitors:
        hidden(visitor.ask("GET", path)[1], "csrfmiddlewaretoken")
        _write(visitor, path, kind, "Pemanasan dahulu")
    before = server.cpu_ms()
    for place in range(EACH):
        for visitor in visitors:
            _write(visitor, path, kind, f"Kabar dari gang nomor {place} hari ini")
    return (server.cpu_ms() - before) / (WRITERS * EACH)


def _write(visitor: Visitor, path: str, kind: str, text: str) -> None:
    status, page, _headers = visitor.ask("POST", path, urlencode(_form(text)).encode(), kind)
    if status != 302:
        raise RuntimeError(f"comment: {status} {page[:300]}")


def _form(text: str) -> dict[str, str]:
    return {"text": text, "kind": "information", "client_key": str(uuid.uuid4())}
