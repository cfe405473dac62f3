"""Which accounts hear of a report, what they read, and what they do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from notices.models import Event, Notice, Preference
from notices.queries import inbox
from reports import news, services, tasks
from reports.models import Follow, Report
from reports.services import Inputs
from tests.factories.photos import PhotoFactory
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, a_person, category, slipi

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def follower() -> User:
    return a_person("Pengikut")


@pytest.fixture
def take(people: Slipi, django_capture_on_commit_callbacks: Any) -> Any:
    """Take a step, with the tasks that come after it; the news it made is read back."""

    def take(report: Report, actor: User | None, name: str, **inputs: Any) -> list[tuple[str, str]]:
        Event.objects.all().delete()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            services.take_step(actor=actor, report=report, name=name, inputs=Inputs(**inputs))
        report.refresh_from_db()
        told = Notice.objects.order_by("event__kind", "user").values_list("event__kind", "user__nickname")
        return list(told)

    return take


def read_by(person: User) -> list[str]:
    return [f"{line.words.title}: {line.words.sentence}" if line.words else "-" for line in inbox(person, "").lines]


def test_the_reporter_is_told_at_once_and_followers_in_the_digest(people: Slipi, follower: User, take: Any) -> None:
    report = AReport(reporter=people.reporter, title="Got mampet")
    services.set_follow(actor=follower, report=report, on=True)
    told = take(report, people.head, "validate", reason="seen")
    assert told == [(news.FOLLOWED, follower.nickname), (news.OWN, people.reporter.nickname)]
    assert [message.to for message in mail.outbox] == [[people.reporter.email]]
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers
    assert read_by(people.reporter)[0].startswith("Got mampet: Dinyatakan benar")
    assert read_by(follower) == read_by(people.reporter)


def test_who_acted_is_not_told(people: Slipi, take: Any) -> None:
    report = AReport(reporter=people.reporter)
    services.set_follow(actor=people.officer, report=report, on=True)
    told = take(report, people.officer, "ask", text="Kiri atau kanan?")
    assert told == [(news.ASKS, people.reporter.nickname)]
    assert take(report, people.reporter, "answer", text="Di sisi kiri, dekat pos.") == [
        (news.FOLLOWED, people.officer.nickname)
    ]


def test_a_question_reaches_who_no_longer_follows_and_the_other_steps_do_not(people: Slipi, take: Any) -> None:
    report = AReport(reporter=people.reporter)
    services.set_follow(actor=people.reporter, report=report, on=False)
    assert take(report, people.officer, "ask", text="Kiri atau kanan?") == [(news.ASKS, people.reporter.nickname)]
    (message,) = mail.outbox
    assert message.subject.startswith("Pertanyaan tentang laporan Anda")
    assert "List-Unsubscribe" not in message.extra_headers
    assert "tidak dapat dimatikan" in message.body
    assert "Kantor bertanya kepada Anda" in read_by(people.reporter)[0]
    take(report, people.reporter, "answer", text="Di sisi kiri, dekat pos.")
    assert take(report, people.head, "validate", reason="seen") == []


def test_done_is_asked_while_the_answer_counts(people: Slipi, take: Any) -> None:
    report = AReport(reporter=people.reporter)
    take(report, people.head, "validate", reason="seen")
    take(report, people.head, "assign", unit=report.unit)
    take(report, people.officer, "start")
    told = take(report, people.officer, "declare_done", text="Sudah dikuras.", photos=[PhotoFactory()])
    assert told == [(news.ASKS, people.reporter.nickname)]
    assert "Sudah beres?" in read_by(people.reporter)[0]
    services.take_step(actor=people.reporter, report=report, name="confirm")
    assert "Sudah beres?" not in read_by(people.reporter)[0]


def test_a_guest_gets_e_mails_as_before_and_no_inbox(people: Slipi, take: Any) -> None:
    report = AReport(email="tamu@contoh.id")
    Report.objects.filter(pk=report.pk).update(confirmed=True)
    assert take(report, people.head, "validate", reason="seen") == []
    assert [message.to for message in mail.outbox] == [["tamu@contoh.id"]]


def test_what_is_confidential_has_just_its_number(people: Slipi) -> None:
    report = AReport(
        reporter=people.reporter, category=category("kekerasan-perempuan-anak"), title="Suami memukul saya"
    )
    stranger = a_person("Orang Lain")
    Follow.objects.create(report=report, user=stranger)
    step = report.steps.get(name="file")
    step.actor, step.office = None, "Dinas X"
    step.save()
    assert list(news._followers(str(step.pk))) == []
    (words,) = news._words([str(step.pk)], people.reporter).values()
    assert (words.title, words.sentence) == (report.spoken_number, "Ada kabar tentang laporan Anda")
    assert words.outside
    assert news._words([str(step.pk)], stranger) == {}


def test_what_was_hidden_since_is_told_to_nobody_else(people: Slipi, follower: User, take: Any) -> None:
    report = AReport(reporter=people.reporter, title="Got mampet")
    services.set_follow(actor=follower, report=report, on=True)
    take(report, people.head, "validate", reason="seen")
    Report.objects.filter(pk=report.pk).update(public=False)
    assert read_by(follower) == ["-"]
    assert read_by(people.reporter)[0].startswith("Got mampet")


def test_announced_twice_is_told_once(
    people: Slipi, follower: User, take: Any, django_capture_on_commit_callbacks: Any
) -> None:
    report = AReport(reporter=people.reporter)
    services.set_follow(actor=follower, report=report, on=True)
    Preference.objects.create(user=follower, kind=news.FOLLOWED, mail="at_once", push=False)
    take(report, people.head, "validate", reason="seen")
    assert len(mail.outbox) == 2
    with django_capture_on_commit_callbacks(execute=True):
        tasks.announce.call(report.steps.get(name="validate").pk)
    assert Notice.objects.count() == 2
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_words_of_a_page_cost_one_query_a_kind(
    people: Slipi, follower: User, take: Any, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        report = AReport(reporter=people.reporter, title=f"Got {number}")
        step = report.steps.get(name="file")
        event = Event.objects.create(kind=news.FOLLOWED, ref=str(step.pk), subject_type="report", subject_key="x")
        Notice.objects.create(event=event, user=follower)
    with django_assert_num_queries(2):
        assert len(inbox(follower, "").lines) == count


@pytest.mark.parametrize("ref", ["999999"])
def test_a_step_that_is_gone_concerns_nobody(ref: str, follower: User) -> None:
    for who in (news._reporter, news._reporter_who_follows, news._followers):
        assert list(who(ref)) == []
    assert news._words([ref], follower) == {}
