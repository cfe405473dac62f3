"""The e-mails: to whom, in which language, with which link; what they never hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.models import User
from core.mail import build
from notices.composers import Mail
from places.models import Agency
from reports import mails, services
from reports.models import Contact, Follow, Report, ReportStep
from reports.services import Inputs
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, a_person, category, declared_done, slipi

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def follower() -> User:
    return a_person("Pengikut")


def compose_last(report: Report, whom: str) -> Mail | None:
    return compose(report.steps.latest("seq"), whom)


def compose(step: ReportStep, whom: str) -> Mail | None:
    """The mail of a step to "guest" or "user:<account>"."""
    if whom == "guest":
        return mails.compose(f"step:{step.pk}:guest")
    return mails.to_account(str(step.pk), User.objects.get(pk=int(whom.split(":")[1])))


def sent(found: Mail | None) -> EmailMultiAlternatives:
    assert found is not None
    context = found.context | {"unsubscribe_url": "https://contoh.id/berhenti"}
    return build(found.template, to=found.to, language=found.language, context=context)


def whole(message: EmailMultiAlternatives) -> str:
    return "\n".join([message.subject, str(message.body), str(message.alternatives[0][0])])


def test_a_guest_gets_a_code_and_once_confirmed_every_step(
    people: Slipi, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = AReport(email="tamu@contoh.id")
    assert len(mail.outbox) == 1
    code = mail.outbox[0].subject.split()[0]
    assert code.isdigit()
    assert report.spoken_number in str(mail.outbox[0].body)
    assert services.secret_of(report.client_key) not in str(mail.outbox[0].message())
    services.confirm_by_code(report=report, code=code)
    with django_capture_on_commit_callbacks(execute=True):
        services.take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    assert len(mail.outbox) == 2
    assert services.secret_of(report.client_key) in str(mail.outbox[1].body)
    assert "List-Unsubscribe" in mail.outbox[1].extra_headers


def test_an_address_that_nobody_confirmed_gets_no_link(people: Slipi) -> None:
    report = AReport(email="salah.ketik@contoh.id")
    services.take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    assert compose_last(report, "guest") is None


def test_of_two_codes_only_the_newest_is_mailed() -> None:
    report = AReport(email="tamu@contoh.id")
    services.send_code(report=report)
    assert mails.compose(f"code:{report.pk}:1") is None
    assert mails.compose(f"code:{report.pk}:2") is not None


def test_the_reporter_is_asked_and_the_follower_is_told(people: Slipi, follower: User) -> None:
    report = AReport(reporter=people.reporter)
    services.set_follow(actor=follower, report=report, on=True)
    declared_done(people, report)
    mine = sent(compose_last(report, f"user:{people.reporter.pk}"))
    assert mine.subject == f"Sudah beres? {report.title}"
    assert services.secret_of(report.client_key) in whole(mine)
    theirs = sent(compose_last(report, f"user:{follower.pk}"))
    assert "Got sudah dikuras sampai bersih." in whole(theirs)
    assert f"/laporan/{report.number}/" in whole(theirs)
    for secret in (services.secret_of(report.client_key), "Ibu Sari", people.reporter.email or "-", "rahasia"):
        assert secret not in whole(theirs)


def test_a_late_mail_no_longer_asks(people: Slipi) -> None:
    report = declared_done(people, AReport(reporter=people.reporter))
    step = report.steps.get(name="declare_done")
    services.take_step(actor=people.reporter, report=report, name="confirm")
    assert "Sudah beres?" not in sent(compose(step, f"user:{people.reporter.pk}")).subject


def test_a_question_a_refusal_and_a_forwarding_say_what_to_do(people: Slipi) -> None:
    def mail_after(name: str, actor: User, **inputs: Any) -> str:
        report = AReport(reporter=people.reporter)
        services.take_step(actor=actor, report=report, name=name, inputs=Inputs(**inputs))
        return whole(sent(compose_last(report, f"user:{people.reporter.pk}")))

    assert "Mohon jawab paling lambat" in mail_after("ask", people.officer, text="Di sisi kiri atau kanan?")
    refused = mail_after("refuse", people.head, reason="not_found", text="Petugas tidak menemukannya.")
    assert "laporkan lagi dengan foto" in refused
    owner = Agency.objects.filter(kind="outside").exclude(contact="")[0]
    forwarded = mail_after("forward", people.head, outside=owner, text="Sudah kami teruskan.")
    assert owner.contact in forwarded


def test_the_language_is_the_readers(people: Slipi, follower: User) -> None:
    User.objects.filter(pk=follower.pk).update(language="en")
    report = AReport(reporter=people.reporter)
    services.set_follow(actor=follower, report=report, on=True)
    services.take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    message = sent(compose_last(report, f"user:{follower.pk}"))
    assert message.subject.startswith("Found to be true")
    assert "You get this because you follow this report." in whole(message)


def test_followers_hear_nothing_of_what_is_hidden_or_left(people: Slipi, follower: User) -> None:
    report = AReport(reporter=people.reporter)
    services.set_follow(actor=follower, report=report, on=True)
    services.take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    key = f"user:{follower.pk}"
    assert compose_last(report, key) is not None
    Report.objects.filter(pk=report.pk).update(public=False)
    assert compose_last(report, key) is None
    assert compose_last(report, f"user:{people.reporter.pk}") is not None
    Report.objects.filter(pk=report.pk).update(public=True)
    Follow.objects.filter(user=follower).delete()
    assert compose_last(report, key) is None


def test_what_was_told_in_confidence_is_mailed_to_nobody_else(people: Slipi, follower: User) -> None:
    report = AReport(reporter=people.reporter, category=category("kekerasan-perempuan-anak"))
    Follow.objects.create(report=report, user=follower)
    step = ReportStep.objects.create(report=report, seq=9, name="reply", target="received", at=timezone.now())
    assert compose(step, f"user:{follower.pk}") is None


def test_mails_about_what_is_confidential_name_the_number_alone(people: Slipi) -> None:
    told = {"title": "Suami memukul saya", "description": "Suami memukul saya lagi."}
    report = AReport(email="tamu@contoh.id", category=category("kekerasan-perempuan-anak"), **told)
    step = ReportStep.objects.create(
        report=report, seq=9, name="reply", target="received", at=timezone.now(), text="Kami datang besok.", office="X"
    )
    code = mails.compose(f"code:{report.pk}:1")
    Report.objects.filter(pk=report.pk).update(confirmed=True)
    for found in (code, mails.compose(f"step:{step.pk}:guest")):
        message = sent(found)
        text = message.subject + whole(message)
        assert report.spoken_number in text
        assert "memukul" not in text
        assert "Kami datang" not in text


@pytest.mark.parametrize("key", ["step:999999:guest", "code:999999:1"])
def test_what_is_gone_is_not_mailed(key: str) -> None:
    assert mails.compose(key) is None


def test_one_click_stops_the_mails(people: Slipi) -> None:
    report = AReport(reporter=people.reporter)
    guest = AReport(email="tamu@contoh.id", public=True)
    for _ in range(2):
        assert "tidak lagi menerima" in mails.stop(f"{report.pk}:user:{people.reporter.pk}")
        mails.stop(f"{guest.pk}:guest")
    assert not Follow.objects.filter(report=report).exists()
    assert not Contact.objects.get(report=guest).wants_mail
    services.take_step(actor=people.head, report=guest, name="validate", inputs=Inputs(reason="seen"))
    assert compose_last(guest, "guest") is None


def test_a_title_cannot_add_headers_or_markup(people: Slipi) -> None:
    report = AReport(reporter=people.reporter, title="Got\r\nBcc: semua@contoh.id <b>x</b>")
    services.take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    message = sent(compose_last(report, f"user:{people.reporter.pk}"))
    assert "\n" not in message.subject
    assert "Bcc" not in message.message()
    assert "<b>x</b>" not in str(message.alternatives[0][0])


def test_paused_days_are_told_with_the_question(people: Slipi) -> None:
    report = AReport(reporter=people.reporter)
    services.take_step(actor=people.officer, report=report, name="ask", inputs=Inputs(text="Kiri atau kanan?"))
    found = compose_last(report, f"user:{people.reporter.pk}")
    assert found is not None
    assert found.context["answer_by"] == timezone.localdate() + timedelta(days=5)
