"""A mail goes out once, after the act that it tells of."""

from __future__ import annotations

import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from notices import services
from notices.composers import Mail
from notices.domain.retries import MOST_ATTEMPTS, pause_after
from notices.models import Delivery
from tests.committed import at_once
from tests.notices.conftest import SCOPE

pytestmark = pytest.mark.django_db
ADDRESS = "sari@example.com"


class Server:
    """A mail backend that does what the test wants: fails with `error`, or takes the mail."""

    error: Exception | None = None
    taken: list[str] = []
    lock = threading.Lock()

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        if Server.error:
            raise Server.error
        with Server.lock:
            Server.taken += [message.extra_headers["Message-ID"] for message in messages]
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.notices.test_delivery.Server"
    Server.error, Server.taken = None, []
    return Server


@pytest.fixture
def queued(post):
    """A delivery whose task has not run yet."""
    return Delivery.objects.create(scope=SCOPE, key="12:validated", due=timezone.now() + timedelta(minutes=10))


def test_a_queued_mail_goes_out_after_commit_in_text_and_html(post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        delivery = services.queue(scope=SCOPE, key="12:validated")
        assert not mail.outbox
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert "BCD-FGH adalah kode Anda" in message.subject
    assert message.alternatives[0][1] == "text/html"
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    assert url.startswith("http://localhost:8000/kabar/berhenti/")
    assert url in message.body
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT
    assert delivery.sent


def test_a_receipt_has_no_unsubscribe_link(post, queued):
    post.mail = Mail(ADDRESS, "en", "accounts/login_code", {"code": "BCD-FGH"})
    assert services.deliver(delivery_id=queued.pk)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "berhenti" not in mail.outbox[0].body
    assert "is your code" in mail.outbox[0].subject


def test_nothing_is_sent_when_the_act_is_taken_back(post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        services.queue(scope=SCOPE, key="12:validated")
        transaction.set_rollback(True)
    assert not mail.outbox
    assert not Delivery.objects.exists()


def test_asking_twice_sends_once(post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = services.queue(scope=SCOPE, key="12:validated")
        assert services.queue(scope=SCOPE, key="12:validated") == first
    services.deliver(delivery_id=first.pk)
    assert len(mail.outbox) == 1


def test_what_is_no_longer_wanted_is_dropped(post, queued):
    post.mail = None
    assert not services.deliver(delivery_id=queued.pk)
    queued.refresh_from_db()
    assert queued.state == Delivery.State.DROPPED
    assert not mail.outbox


def tick(clock, after):
    """Time passes and tick runs; its tasks with it."""
    clock.shift(after)
    return services.requeue_due(now=timezone.now())


def test_a_refused_mail_is_tried_five_times_with_growing_pauses(
    post, queued, server, django_capture_on_commit_callbacks, caplog
):
    server.error = SMTPRecipientsRefused({ADDRESS: (550, b"no such user sari@example.com")})
    with time_machine.travel(timezone.now(), tick=False) as clock:
        services.deliver(delivery_id=queued.pk)
        for attempts in range(1, MOST_ATTEMPTS):
            queued.refresh_from_db()
            assert (queued.state, queued.attempts) == (Delivery.State.WAITING, attempts)
            # A task that comes late finds nothing to do.
            assert not services.deliver(delivery_id=queued.pk)
            with django_capture_on_commit_callbacks(execute=True):
                assert tick(clock, pause_after(attempts) - timedelta(seconds=1)) == 0
                assert tick(clock, timedelta(seconds=1)) == 1
        queued.refresh_from_db()
        assert (queued.state, queued.attempts) == (Delivery.State.FAILED, MOST_ATTEMPTS)
        assert tick(clock, timedelta(days=30)) == 0
    assert ADDRESS not in caplog.text


def test_a_mail_server_that_recovers_gets_the_mail(post, queued, server, django_capture_on_commit_callbacks):
    server.error = ConnectionRefusedError()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        services.deliver(delivery_id=queued.pk)
        server.error = None
        with django_capture_on_commit_callbacks(execute=True):
            tick(clock, timedelta(minutes=1))
    assert len(server.taken) == 1


def test_a_line_that_breaks_while_sending_is_tried_once_more_and_never_a_third_time(
    post, queued, server, django_capture_on_commit_callbacks
):
    server.error = SMTPServerDisconnected("sari@example.com")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        services.deliver(delivery_id=queued.pk)
        for _minutes in range(5):
            with django_capture_on_commit_callbacks(execute=True):
                tick(clock, timedelta(days=1))
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (Delivery.State.FAILED, 2)


def test_a_sender_that_died_is_replaced_once(post, queued, server, django_capture_on_commit_callbacks):
    Delivery.objects.update(state=Delivery.State.SENDING, attempts=1, due=timezone.now() + timedelta(minutes=10))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with django_capture_on_commit_callbacks(execute=True):
            assert tick(clock, timedelta(minutes=9)) == 0
            assert tick(clock, timedelta(minutes=2)) == 1
        assert len(server.taken) == 1
        Delivery.objects.update(state=Delivery.State.SENDING, due=timezone.now())
        assert tick(clock, timedelta(minutes=1)) == 0
    queued.refresh_from_db()
    assert queued.state == Delivery.State.FAILED


def test_a_task_that_was_lost_is_given_again(post, queued, server, django_capture_on_commit_callbacks):
    with (
        time_machine.travel(timezone.now(), tick=False) as clock,
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert tick(clock, timedelta(minutes=11)) == 1
        assert tick(clock, timedelta(minutes=1)) == 0
    assert len(server.taken) == 1


def test_a_fault_in_a_template_stops_nobody_and_tells_nothing(post, queued, caplog, capsys):
    post.mail = Mail(ADDRESS, "id", "no/such/template", {"text": "jln rusak dpn warung"})
    assert not services.deliver(delivery_id=queued.pk)
    queued.refresh_from_db()
    assert queued.state == Delivery.State.WAITING
    for record in caplog.records:
        assert ADDRESS not in record.getMessage()


def test_a_subject_is_one_line_and_text_is_not_escaped(post, queued):
    post.mail = Mail(ADDRESS, "id", "accounts/login_code", {"code": "O'Neil\nBcc: x@example.com <b>"})
    services.deliver(delivery_id=queued.pk)
    (message,) = mail.outbox
    assert "\n" not in message.subject
    assert message.bcc == []
    assert "O'Neil" in message.body
    assert "&lt;b&gt;" in message.alternatives[0][0]


def test_tables_hold_no_personal_data(post, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with django_capture_on_commit_callbacks(execute=True):
        services.queue(scope=SCOPE, key="12:validated")
    rows = [*DBTaskResult.objects.values(), *Delivery.objects.values()]
    assert len(rows) == 2
    assert ADDRESS not in str(rows)
    assert "BCD-FGH" not in str(rows)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_workers_send_one_mail(post, server):
    queued = Delivery.objects.create(scope=SCOPE, key="12:validated")
    results = at_once(50, lambda number: services.deliver(delivery_id=queued.pk))
    assert results.count(True) == 1
    assert len(server.taken) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_times_the_same_news_is_one_delivery(post, server):
    at_once(50, lambda number: services.queue(scope=SCOPE, key="12:validated"))
    assert Delivery.objects.count() == 1
    assert len(server.taken) == 1
