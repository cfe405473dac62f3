"""Writing, answering, changing: what is kept, what is counted, what is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from discussion import errors, services
from discussion.domain.kinds import Kind
from discussion.models import Revision, State, ThreadComment, Topic
from discussion.services import Draft
from ledger.models import Entry
from places.domain.clock import add_working_days
from places.queries import holidays
from reports.domain.workflow import State as ReportState
from reports.models import Report
from support import services as support
from tests.committed import at_once
from tests.discussion.acting import known
from tests.discussion.conftest import Write
from tests.factories.reports import Slipi
from tests.sizes import sized

pytestmark = pytest.mark.django_db


def topic_of(report: Report) -> Topic:
    return Topic.objects.get(object_id=report.pk)


def test_a_known_resident_is_read_at_once(report: Report, write: Write) -> None:
    comment = write("  Airnya sudah sampai teras \r\n\r\n\r\n\r\nTolong  ")
    assert (comment.state, comment.comment) == (State.PUBLIC, "Airnya sudah sampai teras\n\nTolong")
    assert (topic_of(report).comments, topic_of(report).threads) == (1, 1)
    assert (comment.user_name, comment.user_email, comment.ip_address) == ("", "", None)


def test_a_newcomer_waits_for_a_moderator(report: Report, write: Write, newcomer: User) -> None:
    comment = write("Saya lihat juga kemarin", actor=newcomer)
    assert comment.state == State.WAITING
    assert (topic_of(report).comments, topic_of(report).threads) == (0, 0)


@pytest.mark.parametrize("text", ["Dasar goblok semua", "Airnya sudah sampai teras!"])
def test_harsh_words_and_what_was_said_before_wait(write: Write, text: str) -> None:
    write("Airnya sudah sampai teras")
    assert write(text).state == State.WAITING


def test_a_burst_waits(write: Write) -> None:
    states = [write(f"Kabar hari ini nomor {number}").state for number in range(6)]
    assert states == [State.PUBLIC] * 5 + [State.WAITING]


def test_the_same_form_sent_twice_is_one_comment(report: Report, sari: User) -> None:
    draft = Draft("Kapan dikuras?", client_key=uuid.uuid4())
    first, is_new = services.write(actor=sari, item=report, draft=draft)
    again, is_new_again = services.write(actor=sari, item=report, draft=draft)
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    assert topic_of(report).comments == 1


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("  \u200b ", Kind.INFORMATION, errors.EMPTY),
        ("a" * 2001, Kind.INFORMATION, errors.LONG),
        ("TOLONG SEGERA DIKERJAKAN", Kind.INFORMATION, errors.CAPITALS),
        ("Tidak setuju", Kind.OBJECTION, errors.OBJECTION_SHORT),
        ("Jawaban resmi", Kind.ANSWER, errors.NOT_AN_OFFICE_HERE),
    ],
)
def test_what_is_refused_leaves_nothing(report: Report, sari: User, text: str, kind: Kind, code: str) -> None:
    before = ThreadComment.objects.count()
    with pytest.raises(DomainError) as refused:
        services.write(actor=sari, item=report, draft=Draft(text, kind))
    assert refused.value.code == code
    assert str(refused.value.sentence)
    assert ThreadComment.objects.count() == before
    assert not Topic.objects.filter(object_id=report.pk).exists()


def test_nobody_writes_where_it_is_closed(report: Report, write: Write) -> None:
    root = write()
    Topic.objects.filter(object_id=report.pk).update(locked=True)
    with pytest.raises(DomainError, match=errors.CLOSED):
        write("Masih ada?", above=root)
    Topic.objects.filter(object_id=report.pk).update(locked=False)
    ThreadComment.objects.filter(pk=root.pk).update(locked=True)
    with pytest.raises(DomainError, match=errors.LOCKED):
        write("Masih ada?", above=root)
    report.state = ReportState.DUPLICATE
    with pytest.raises(DomainError, match=errors.CLOSED):
        write("Masih ada?")


@pytest.mark.parametrize("state", [State.HIDDEN, State.WITHDRAWN, State.WAITING])
def test_what_is_gone_gets_no_reply(write: Write, state: str) -> None:
    root = write()
    ThreadComment.objects.filter(pk=root.pk).update(state=state)
    with pytest.raises(DomainError, match=errors.REPLY_GONE):
        write("Benar sekali", above=root)


def test_replies_take_their_places(write: Write) -> None:
    root = write()
    first = write("Benar itu", above=root)
    second = write("Sama di gang sebelah", above=root)
    deep = write("Sejak kapan?", above=first)
    deeper = write("Sejak Senin", above=deep)
    placed = [(reply.level, reply.branch, reply.place) for reply in (first, second, deep, deeper)]
    assert placed == [(1, 1, 1), (1, 2, 2), (2, 1, 3), (2, 1, 4)]
    root.refresh_from_db()
    assert (root.places_taken, root.public_replies) == (4, 4)


def test_an_answer_of_the_office_stops_the_clock(report: Report, write: Write, people: Slipi, sari: User) -> None:
    question = write("Kapan dikuras?", kind=Kind.QUESTION)
    assert question.due == add_working_days(timezone.localdate(), 3, holidays())
    assert topic_of(report).open_questions == 1
    Report.objects.filter(pk=report.pk).update(unit=people.head.role_assignments.get().agency)
    report.refresh_from_db()
    answer, _new = services.write(
        actor=people.head, item=report, draft=Draft("Jumat pukul 08.00.", above=question, for_office=True)
    )
    question.refresh_from_db()
    assert (answer.kind, answer.state, answer.office) == (Kind.ANSWER, State.PUBLIC, "Kasi Ekbang, Kelurahan Slipi")
    assert question.answered == answer.created
    assert topic_of(report).open_questions == 0
    entry = Entry.objects.get(verb="comment.answered")
    assert (entry.office, entry.payload["question"]) == (answer.office, question.pk)


def test_another_office_does_not_answer(report: Report, write: Write, people: Slipi) -> None:
    question = write("Kapan dikuras?", kind=Kind.QUESTION)
    with pytest.raises(DomainError, match=errors.NOT_AN_OFFICE_HERE):
        write("Kami jawab.", actor=people.neighbour_head, above=question, for_office=True)
    question.refresh_from_db()
    assert question.answered is None
    with pytest.raises(DomainError, match=errors.QUESTION_BEGINS):
        write("Kenapa?", above=question, kind=Kind.QUESTION)


def test_an_edit_keeps_what_stood_there(write: Write, tono: User, sari: User) -> None:
    comment = write("Airnya setingi lutut")
    with pytest.raises(DomainError, match=errors.NOT_YOUR_COMMENT):
        services.edit(actor=tono, comment=comment, text="Kering")
    services.edit(actor=sari, comment=comment, text="Airnya setinggi lutut")
    comment.refresh_from_db()
    assert comment.comment == "Airnya setinggi lutut"
    assert [revision.text for revision in Revision.objects.all()] == ["Airnya setingi lutut"]
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(DomainError, match="edit_too_late"):
        services.edit(actor=sari, comment=comment, text="Lain lagi")


def test_withdrawing_twice_counts_once(report: Report, write: Write, tono: User, sari: User) -> None:
    question = write("Kapan dikuras?", kind=Kind.QUESTION)
    write("Saya juga mau tahu", actor=tono, above=question)
    with pytest.raises(DomainError, match=errors.NOT_YOUR_COMMENT):
        services.withdraw(actor=tono, comment=question)
    for _twice in range(2):
        services.withdraw(actor=sari, comment=question)
    topic = topic_of(report)
    assert (topic.comments, topic.threads, topic.open_questions) == (1, 0, 0)


def test_one_person_says_once_that_it_helps(write: Write, tono: User, sari: User) -> None:
    comment = write()
    for _twice in range(2):
        assert services.set_helpful(actor=tono, comment=comment, on=True) == 1
    with pytest.raises(DomainError):
        services.set_helpful(actor=sari, comment=comment, on=True)
    assert services.set_helpful(actor=tono, comment=comment, on=False) == 0
    comment.refresh_from_db()
    assert comment.helpful == support.recount(obj=comment) == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_replies_of_many_at_once_are_all_there(report: Report) -> None:
    sari = known("Ibu Sari Lama")
    root, _new = services.write(actor=sari, item=report, draft=Draft("Siapa yang bisa bantu Sabtu?"))
    count = sized(20, 50)
    helpers = [known(f"Tetangga Lama {number}") for number in range(count)]

    def reply(number: int) -> int:
        draft = Draft(f"Saya bisa, dari gang {number}", above=root)
        return services.write(actor=helpers[number], item=report, draft=draft)[0].place

    places = at_once(count, reply)
    assert sorted(places) == list(range(1, count + 1))
    root.refresh_from_db()
    topic = topic_of(report)
    assert (root.places_taken, root.public_replies, topic.comments, topic.threads) == (count, count, count + 1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_many_at_once_is_one_comment(report: Report) -> None:
    sari, key = known("Ibu Sari Lama"), uuid.uuid4()

    def send(_number: int) -> int:
        return services.write(actor=sari, item=report, draft=Draft("Kapan dikuras?", client_key=key))[0].pk

    assert len(set(at_once(sized(20, 50), send))) == 1
    assert topic_of(report).comments == 1
