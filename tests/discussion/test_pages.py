"""Reading and writing on the pages: who sees what, what a page costs, what is kept of what was typed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from discussion import queries, services
from discussion.domain.kinds import Kind
from discussion.models import State, ThreadComment
from discussion.queries import Sort
from reports.models import Report
from tests.discussion.conftest import Write
from tests.factories.reports import ReportFactory, Slipi

pytestmark = pytest.mark.django_db


def address(report: Report) -> str:
    return f"/bincang/laporan/{report.number}/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(text: str, **changes: Any) -> dict[str, Any]:
    return {"text": text, "kind": "information", "client_key": str(uuid.uuid4())} | changes


def test_a_comment_stands_on_the_item_and_on_its_own_page(report: Report, sari: User) -> None:
    client = signed_in(sari)
    answer = client.post(address(report), sent("Airnya sudah sampai teras"))
    comment = ThreadComment.objects.get(topic__object_id=report.pk)
    assert answer["Location"] == f"{address(report)}{comment.pk}/#c{comment.pk}"
    for page in (f"/laporan/{report.number}/", address(report), f"{address(report)}{comment.pk}/"):
        assert "Airnya sudah sampai teras" in Client().get(page).content.decode()


def test_what_waits_is_seen_by_its_author_alone(report: Report, newcomer: User, sari: User) -> None:
    signed_in(newcomer).post(address(report), sent("Rahasia baru"))
    comment = ThreadComment.objects.get(author=newcomer)
    assert "Rahasia baru" in signed_in(newcomer).get(address(report)).content.decode()
    for other in (Client(), signed_in(sari)):
        assert "Rahasia baru" not in other.get(address(report)).content.decode()
        assert other.get(f"{address(report)}{comment.pk}/").status_code == 404


@pytest.mark.parametrize("state", [State.HIDDEN, State.WITHDRAWN])
def test_what_is_gone_leaves_a_place_for_its_replies(
    report: Report, write: Write, tono: User, sari: User, state: str
) -> None:
    root, lonely = write("Kata yang hilang"), write("Kata tanpa balasan")
    write("Balasan tetap", actor=tono, above=root)
    ThreadComment.objects.filter(pk__in=[root.pk, lonely.pk]).update(state=state)
    page = Client().get(address(report)).content.decode()
    assert "Kata" not in page.replace("Kata sandi", "")
    assert "Balasan tetap" in page


def test_a_refused_text_comes_back(report: Report, sari: User) -> None:
    answer = signed_in(sari).post(address(report), sent("TOLONG SEGERA DIKERJAKAN YA"))
    assert answer.status_code == 422
    assert "TOLONG SEGERA DIKERJAKAN YA" in answer.content.decode()


def test_a_refused_reply_comes_back_under_its_thread(report: Report, write: Write, tono: User) -> None:
    root = write()
    answer = signed_in(tono).post(address(report), sent("TOLONG SEGERA DIKERJAKAN YA", above=root.pk))
    assert answer.status_code == 422
    assert "TOLONG SEGERA DIKERJAKAN YA" in answer.content.decode()
    assert root.comment in answer.content.decode()


def test_a_reply_to_a_thread_that_was_closed_keeps_the_text(report: Report, write: Write, tono: User) -> None:
    root = write()
    ThreadComment.objects.filter(pk=root.pk).update(locked=True)
    answer = signed_in(tono).post(address(report), sent("Balasan panjang saya", above=root.pk))
    assert answer.status_code == 422
    assert "Balasan panjang saya" in answer.content.decode()
    assert "?balas=" not in Client().get(address(report)).content.decode()


def test_a_link_leads_to_a_reply_beyond_the_first_page(report: Report, write: Write, tono: User) -> None:
    root = write()
    replies = [write(f"Balasan nomor {number}", actor=tono, above=root) for number in range(queries.REPLIES + 2)]
    ThreadComment.objects.update(state=State.PUBLIC)
    last = replies[-1]
    led = Client().get(f"{address(report)}{last.pk}/")
    page = Client().get(led["Location"]).content.decode()
    assert last.comment in page
    assert f'id="c{last.pk}"' in page


def test_an_office_that_answers_asks_nothing(report: Report, people: Slipi) -> None:
    forged = sent("Kapan kita kerjakan?", kind="question", for_office="1")
    assert signed_in(people.head).post(address(report), forged).status_code == 302


def test_a_reply_to_what_is_gone_keeps_the_text(report: Report, write: Write, tono: User) -> None:
    root = write()
    ThreadComment.objects.filter(pk=root.pk).update(state=State.WITHDRAWN)
    answer = signed_in(tono).post(address(report), sent("Balasan panjang saya", above=root.pk))
    assert answer.status_code == 422
    assert "Balasan panjang saya" in answer.content.decode()


def test_visitors_are_led_to_the_way_in(report: Report) -> None:
    answer = Client().post(address(report), sent("Halo semua tetangga"))
    assert answer.status_code == 403
    assert "Halo semua tetangga" in answer.content.decode()
    assert not ThreadComment.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_public_has_no_discussion(method: str, sari: User) -> None:
    hidden = ReportFactory(public=False)
    assert getattr(signed_in(sari), method)(address(hidden), sent("Halo")).status_code == 404
    assert getattr(signed_in(sari), method)("/bincang/usul/1/", sent("Halo")).status_code == 404


@pytest.mark.parametrize("broken", [{"kind": "x"}, {"kind": "answer"}, {"above": "-1"}, {"above": "9" * 40}])
def test_forged_forms_are_answered(report: Report, sari: User, broken: dict[str, str]) -> None:
    answer = signed_in(sari).post(address(report), sent("Halo semua", **broken))
    assert answer.status_code in (302, 422)
    assert not ThreadComment.objects.filter(topic__object_id=report.pk, kind=Kind.ANSWER).exists()


@pytest.mark.parametrize("cursor", ["x", "MXwx", "'", "9" * 400])
@pytest.mark.parametrize("sort", [*Sort, "salah"])
def test_torn_addresses_show_the_first_page(report: Report, write: Write, sort: str, cursor: str) -> None:
    write()
    assert Client().get(f"{address(report)}?urut={sort}&sesudah={cursor}").status_code == 200


@pytest.mark.parametrize("count", [3, 30])
def test_a_page_costs_the_same_however_much_was_said(
    report: Report, write: Write, sari: User, tono: User, count: int, django_assert_num_queries: Any
) -> None:
    roots = [write(f"Kabar nomor {number}") for number in range(count)]
    ThreadComment.objects.update(state=State.PUBLIC)
    for number in range(count):
        write(f"Balasan {number}", actor=tono, above=roots[-1])
        ThreadComment.objects.update(state=State.PUBLIC)
    topic = queries.topic_of(report)
    queries.threads(topic, sari)  # fills the cache of content types
    with django_assert_num_queries(3):
        queries.threads(topic, sari)
    with django_assert_num_queries(3):
        queries.thread(roots[-1], sari)


def test_what_writing_costs(report: Report, sari: User) -> None:
    client = signed_in(sari)
    client.post(address(report), sent("Kabar pertama hari ini"))
    # Report, session, account; pause, topic, newest comments; three tables; counts, following. The task comes later.
    with CaptureQueriesContext(connection) as captured:
        client.post(address(report), sent("Kabar kedua hari ini"))
    written = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(written) == 11


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.HELPFUL, Sort.OLDEST])
def test_pages_together_show_every_thread_once(
    report: Report, write: Write, sari: User, tono: User, sort: Sort
) -> None:
    made = [write(f"Kabar nomor {number}") for number in range(45)]
    ThreadComment.objects.update(state=State.PUBLIC)
    for comment in made[3:20]:
        comment.state = State.PUBLIC
        services.set_helpful(actor=tono, comment=comment, on=True)
    topic, seen, after = queries.topic_of(report), [], ""
    for _page in range(3):
        page = queries.threads(topic, sari, sort=sort, after=after)
        seen += [shown.comment.pk for shown in page.shown]
        after = page.next_cursor
    assert after == ""
    assert sorted(seen) == sorted(comment.pk for comment in made)
    if sort is Sort.HELPFUL:
        assert set(seen[:17]) == {comment.pk for comment in made[3:20]}


def test_questions_without_an_answer_can_be_listed(report: Report, write: Write, sari: User) -> None:
    write("Sekadar kabar")
    question = write("Kapan dikuras?", kind=Kind.QUESTION)
    page = queries.threads(queries.topic_of(report), sari, sort=Sort.QUESTIONS)
    assert [shown.comment.pk for shown in page.shown] == [question.pk]


def test_how_many_are_new_is_told(report: Report, write: Write, tono: User) -> None:
    write()
    write("Sama di sini", actor=tono)
    assert Client().get(f"{address(report)}?hitung=1").json()["new"] == 1
    assert Client().get(f"{address(report)}?hitung=abc").json()["new"] == 2


def test_own_comments_are_edited_and_withdrawn_on_the_page(
    report: Report, write: Write, sari: User, tono: User
) -> None:
    comment = write("Salah ketig")
    place = f"{address(report)}{comment.pk}/"
    assert signed_in(tono).get(f"{place}ubah/").status_code == 403
    assert signed_in(sari).post(f"{place}ubah/", {"text": "Salah ketik"}).status_code == 302
    page = Client().get(place).content.decode()
    assert "Salah ketik" in page
    assert "Salah ketig" in page
    assert signed_in(tono).post(f"{place}tarik/").status_code == 403
    assert signed_in(sari).post(f"{place}tarik/").status_code == 302
    assert Client().get(place).status_code == 404
