"""Who hears of a comment: whoever it answers or names, and those who follow; each once."""

from __future__ import annotations

import pytest

from accounts.models import User
from discussion import services
from discussion.domain.cases import Decision
from discussion.models import Following, State, ThreadComment
from discussion.news import FOLLOWED, NAMED, REPLY
from discussion.services import Verdict
from notices.models import Notice
from reports.models import Report
from tests.discussion.acting import known
from tests.discussion.conftest import Write
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def heard(comment: ThreadComment) -> set[tuple[str, str]]:
    """Kind and nickname of everybody who hears of a comment."""
    Notice.objects.all().delete()
    services.announce(comment_id=comment.pk)
    rows = Notice.objects.filter(event__ref=str(comment.pk))
    return set(rows.values_list("event__kind", "user__nickname"))


@pytest.fixture(autouse=True)
def _tasks_run_at_once(django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fan-out is a task; here it runs where it is enqueued."""
    from notices import services as notices

    def at_once(name: str, key: int) -> None:
        if name == "notices.fan_out":
            notices.fan_out(event_id=key)

    monkeypatch.setattr("notices.services.events.enqueue_on_commit", at_once)


def test_each_hears_once_and_for_the_nearest_reason(write: Write, sari: User, tono: User) -> None:
    maya, hadi = known("Bu Maya Lama"), known("Hadi Lama")
    root = write("Siapa bisa bantu?")
    write("Saya ikut", actor=hadi, above=root)
    reply = write("Saya bisa, @bu maya lama dan @Tidak Ada.", actor=tono, above=root)
    assert heard(reply) == {
        (REPLY, sari.nickname),
        (NAMED, maya.nickname),
        (FOLLOWED, hadi.nickname),
    }


def test_nobody_hears_of_what_waits(write: Write, newcomer: User) -> None:
    root = write("Siapa bisa bantu?")
    waiting = write("Saya bisa", actor=newcomer, above=root)
    assert heard(waiting) == set()
    moderator = accounts.office("moderator", "31")
    services.decide(actor=moderator, case=waiting.cases.get(), verdict=Verdict(Decision.SHOWN))
    waiting.refresh_from_db()
    assert (REPLY, "Ibu Sari Lama") in heard(waiting)


def test_the_longest_nickname_is_meant(write: Write, tono: User) -> None:
    known("Maya")
    known("Maya Lama")
    comment = write("Tolong @Maya Lama sekali saja", actor=tono)
    assert (NAMED, "Maya Lama") in heard(comment)
    assert (NAMED, "Maya") not in heard(comment)


def test_what_is_no_longer_public_is_not_told(report: Report, write: Write, sari: User, tono: User) -> None:
    root = write("Siapa bisa bantu?")
    reply = write("Rahasia di balasan", actor=tono, above=root)
    heard(reply)
    from discussion.news import _words

    assert str(reply.pk) in _words([str(reply.pk)], sari)
    ThreadComment.objects.filter(pk=reply.pk).update(state=State.HIDDEN)
    assert _words([str(reply.pk)], sari) == {}
    ThreadComment.objects.filter(pk=reply.pk).update(state=State.PUBLIC)
    Report.objects.filter(pk=report.pk).update(public=False)
    assert _words([str(reply.pk)], sari) == {}


def test_following_can_be_ended(report: Report, write: Write, sari: User, tono: User) -> None:
    write("Siapa bisa bantu?")
    for _twice in range(2):
        services.set_following(actor=sari, item=report, on=False)
    assert not Following.objects.filter(user=sari, topic__object_id=report.pk).exists()
    assert (FOLLOWED, sari.nickname) not in heard(write("Sama di sini", actor=tono))
