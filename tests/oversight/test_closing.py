"""Closing an account: by whom, what it ends, what stays, what the person is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.offices import offices_of
from core.errors import DomainError
from ledger.models import Entry
from oversight.models import Closure
from oversight.services import closing
from reports.models import Report
from tests.committed import at_once
from tests.factories.accounts import UserFactory, admin, office, officer, section_head
from tests.factories.reports import ReportFactory as AReport
from tests.security.people import give_app

pytestmark = pytest.mark.django_db
WORDS = "Anda mengirim laporan yang sama 40 kali."


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def close(actor: User, person: User, **changes: Any) -> Closure:
    given = {"actor": actor, "person": person, "reason": "advertising", "words": WORDS}
    return closing.close_account(**given | changes)


def code_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_an_account_is_closed_and_its_sessions_end(django_capture_on_commit_callbacks: Any) -> None:
    laras, tono = admin(), UserFactory()
    report = AReport(reporter=tono)
    browser = signed_in(tono)
    page = signed_in(laras).post(
        f"/pengawasan/akun/{tono.pk}/tutup/", {"reason": "advertising", "words": WORDS, "until": ""}
    )
    assert page.status_code == 302
    assert browser.get("/akun/").status_code == 302
    assert Report.objects.filter(pk=report.pk, reporter=tono).exists()
    made = Closure.objects.get()
    assert (made.user, made.words, made.until, made.closed_by) == (tono, WORDS, None, laras)
    entry = Entry.objects.get(verb="account.closed")
    assert (entry.subject_id, entry.office) == (str(tono.pk), made.office)
    assert WORDS not in str(entry.payload)


def test_old_sessions_stay_ended_when_it_is_opened_again() -> None:
    laras, tono = admin(), UserFactory()
    browser = signed_in(tono)
    made = close(laras, tono)
    assert signed_in(laras).post(f"/pengawasan/akun/{made.pk}/buka/").status_code == 302
    assert browser.get("/akun/").status_code == 302
    tono.refresh_from_db()
    assert tono.is_active
    assert signed_in(tono).get("/akun/").status_code == 200


def test_it_opens_by_itself_on_its_day() -> None:
    tono = UserFactory()
    tomorrow = timezone.now() + timedelta(days=1)
    close(admin(), tono, until=tomorrow.date() + timedelta(days=1))
    assert closing.open_due(now=tomorrow) == 0
    with time_machine.travel(tomorrow + timedelta(days=1), tick=False):
        assert closing.open_due(now=timezone.now()) == 1
        assert closing.open_due(now=timezone.now()) == 0
    assert User.objects.get(pk=tono.pk).is_active
    assert Entry.objects.filter(verb="account.reopened", actor_id=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_person_reads_why_and_how_to_object() -> None:
    tono = UserFactory()
    made = close(admin(), tono)
    closing.open_account_again(actor=admin("31", title="Admin lain"), closure=made)
    sent = {message.subject: message.body for message in mail.outbox}
    assert set(sent) == {"Akun Anda ditutup", "Akun Anda dibuka kembali"}
    assert WORDS in sent["Akun Anda ditutup"]
    assert "keberatan" in sent["Akun Anda ditutup"]


def test_who_may_close_whom() -> None:
    city, jakbar, jaksel = admin(), admin("31.73"), admin("31.74")
    tono, joko, auditor = UserFactory(), officer(), office(Role.AUDITOR, "31")
    below = admin("31.73.07", title="Admin kecamatan")
    for actor, person, allowed in [
        (city, tono, True),
        (city, joko, True),
        (city, jakbar, True),
        (jakbar, joko, True),
        (jakbar, below, True),
        (jakbar, tono, False),
        (jaksel, joko, False),
        (jakbar, city, False),
        (jakbar, jaksel, False),
        (city, auditor, False),
        (joko, tono, False),
        (section_head(), joko, False),
        (auditor, tono, False),
    ]:
        if allowed:
            closing.open_account_again(actor=actor, closure=close(actor, person))
        else:
            assert code_of(close, actor, person) == "close_not_yours", (actor, person)
    assert code_of(close, city, city) == "close_yourself"
    assert not Closure.objects.filter(reopened_at=None).exists()


def test_an_office_that_rests_for_want_of_a_second_step_still_protects(settings: Any) -> None:
    jakbar, city = admin("31.73"), admin()
    give_app(jakbar)
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    assert not offices_of(city)
    for person in (city, office(Role.AUDITOR, "31.73")):
        assert code_of(close, jakbar, person) == "close_not_yours"


def test_a_superuser_closes_anybody_but_nobody_closes_a_superuser() -> None:
    root = UserFactory(is_superuser=True)
    assert code_of(close, admin(), root) == "close_not_yours"
    assert close(root, admin()).office == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"words": "  pendek "}, "close_words"), ({"until": timezone.localdate() - timedelta(days=1)}, "close_until")],
)
def test_what_is_refused_changes_nothing(changes: dict[str, Any], code: str) -> None:
    tono = UserFactory()
    assert code_of(close, admin(), tono, **changes) == code
    assert User.objects.get(pk=tono.pk).is_active
    assert not Closure.objects.exists()


def test_twice_is_told_and_the_form_keeps_what_was_typed() -> None:
    laras, tono = admin(), UserFactory()
    page = signed_in(laras).post(f"/pengawasan/akun/{tono.pk}/tutup/", {"words": WORDS, "until": "kapan-kapan"})
    assert page.status_code == 422
    assert WORDS in page.content.decode()
    close(laras, tono)
    assert code_of(close, laras, tono) == "closed_already"
    made = Closure.objects.get()
    closing.open_account_again(actor=laras, closure=made)
    assert code_of(closing.open_account_again, actor=laras, closure=made) == "open_already"


def test_an_auditor_reads_and_closes_nothing() -> None:
    tono = UserFactory()
    made = close(admin(), tono)
    client = signed_in(office(Role.AUDITOR, "31"))
    text = client.get("/pengawasan/akun/").content.decode()
    assert WORDS in text
    assert "/buka/" not in text
    assert client.post(f"/pengawasan/akun/{made.pk}/buka/").status_code == 403
    assert client.get(f"/pengawasan/akun/{tono.pk}/tutup/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(count: int, django_assert_num_queries: Any) -> None:
    laras = admin()
    client = signed_in(laras)
    for _ in range(count):
        close(laras, UserFactory())
    client.get("/pengawasan/akun/?q=Warga")
    with django_assert_num_queries(6):
        client.get("/pengawasan/akun/?q=Warga")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_admins_close_at_once() -> None:
    tono, admins = UserFactory(), [admin("31", title=f"Admin {number}") for number in range(8)]
    results = at_once(8, lambda place: close(admins[place], tono))
    assert sorted(getattr(one, "code", "closed") for one in results) == ["closed", *["closed_already"] * 7]
