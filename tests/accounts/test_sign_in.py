"""The way in: a code by e-mail, for old and new accounts alike."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import claims, services
from accounts.models import User
from core.errors import TOO_MANY, DomainError
from tests.committed import at_once
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ENTER, CODE = "/akun/masuk/", "/akun/masuk/kode/"
RATES = {"request_login_code": "600/h/ip,2/m/key", "login": "600/h/ip", "login_failed": "5/5m/key"}


def ask(client, email="sari@example.com", **data):
    return client.post(ENTER, {"email": email, **data})


def code_in_mail(number=-1):
    return re.search(r"(?m)^ *([0-9]{6})$", mail.outbox[number].body)[1]


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_a_new_person_gets_in_with_a_code_and_lands_where_they_wanted(client):
    assert ask(client, next="/laporan/").url == f"{CODE}?next=%2Flaporan%2F"
    message = mail.outbox[0]
    assert message.to == ["sari@example.com"]
    assert message.subject == f"{code_in_mail()} adalah kode Anda untuk Rembuk"
    assert code_in_mail() in message.alternatives[0].content
    page = client.get(f"{CODE}?next=/laporan/").content.decode()
    assert "sari@example.com" in page
    done = client.post(CODE, {"code": code_in_mail(), "next": "/laporan/"})
    assert done.url == "/laporan/"
    user = User.objects.get()
    assert signed_in(client) == str(user.pk)
    assert re.fullmatch(r"Warga [\w ]+ \d+", user.nickname)
    assert EmailAddress.objects.get(user=user).verified
    assert done.cookies["device"]["httponly"]


@pytest.mark.parametrize("spelt", ["{0}", " {0} ", "{1} {2}", "{1}-{2}", "{0} adalah kode Anda"])
def test_a_code_may_be_typed_or_pasted_any_way(client, spelt):
    ask(client)
    page = client.get(CODE).content.decode()
    assert 'autocomplete="one-time-code" inputmode="numeric"' in page
    code = code_in_mail()
    assert client.post(CODE, {"code": spelt.format(code, code[:3], code[3:])}).status_code == 302
    assert signed_in(client)


def test_nothing_tells_whether_an_address_has_an_account():
    UserFactory(email="ada@example.com")
    seen = []
    for email in ("ada@example.com", "baru@example.com"):
        client = Client()
        answer = ask(client, email)
        page = client.get(answer.url).content.decode().replace(email, "")
        seen.append((answer.status_code, answer.url, re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"', "", page)))
        body = mail.outbox[-1].body.replace(code_in_mail(), "")
        seen[-1] += (body,)
    assert seen[0] == seen[1]


def test_a_wrong_code_is_told_and_five_are_enough(client):
    ask(client)
    right = code_in_mail()
    for _number in range(4):
        answer = client.post(CODE, {"code": another(right)})
        assert answer.status_code == 422
        assert "Kode ini salah" in answer.content.decode()
    last = client.post(CODE, {"code": another(right)}, follow=True)
    assert "Terlalu sering salah" in last.content.decode()
    client.post(CODE, {"code": right})
    assert not signed_in(client)


def test_a_code_that_is_not_whole_costs_no_try(client):
    ask(client)
    for code in ("", "12", "1234567", "kode", "12 34"):
        answer = client.post(CODE, {"code": code})
        assert answer.status_code == 422
        assert "ode" in " ".join(answer.context["form"].errors["code"])
    assert client.post(CODE, {"code": code_in_mail()}).status_code == 302


def test_a_code_is_too_old_after_fifteen_minutes(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client)
        clock.shift(timedelta(minutes=15, seconds=1))
        answer = client.post(CODE, {"code": code_in_mail()}, follow=True)
    assert "Kode ini sudah kedaluwarsa" in answer.content.decode()
    assert not signed_in(client)


def test_a_code_works_on_the_device_that_asked_and_nowhere_else(client):
    ask(client)
    other = Client()
    assert other.post(CODE, {"code": code_in_mail()}).url == ENTER
    ask(other, "tono@example.com")
    assert other.post(CODE, {"code": code_in_mail(0)}).status_code == 422


def test_a_new_code_replaces_the_old_one(client):
    ask(client)
    client.post(CODE, {"action": "resend"})
    assert client.post(CODE, {"code": code_in_mail(0)}).status_code == 422
    assert client.post(CODE, {"code": code_in_mail(1)}).status_code == 302


def test_a_mistyped_address_can_be_changed(client):
    ask(client, "srai@example.com")
    assert client.get(ENTER).url == CODE
    assert client.get(f"{ENTER}?ganti=1").status_code == 200
    ask(client, "sari@example.com")
    client.post(CODE, {"code": code_in_mail()})
    assert User.objects.get(pk=signed_in(client)).email == "sari@example.com"


@pytest.mark.parametrize("email", ["", "sari", "sari@", "a" * 300 + "@example.com", "sari\x00@example.com", "<b>@x.y"])
def test_what_is_no_address_gets_a_sentence(client, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert not mail.outbox
    assert not User.objects.exists()
    if email == "sari":
        assert 'value="sari"' in answer.content.decode()


@pytest.mark.parametrize("code", ["", "\x00", "x" * 10_000, "<script>alert(1)</script>", "日本語", "'; --"])
def test_hostile_codes_get_a_sentence(client, code):
    ask(client)
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00", "/\\evil"]
)
def test_nobody_is_led_to_another_site(client, target):
    ask(client, next=target)
    answer = client.post(CODE, {"code": code_in_mail(), "next": target})
    assert answer.url == "/"


def test_a_closed_account_stays_closed_and_looks_the_same(client):
    UserFactory(email="sari@example.com", is_active=False)
    assert ask(client).url == CODE
    assert "Akun ini sudah ditutup" in mail.outbox[0].subject
    assert client.post(CODE, {"code": "123456"}).status_code == 422
    assert not signed_in(client)


def test_a_mail_server_that_is_down_costs_no_error_page(client, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_sign_in.BrokenBackend"
    answer = client.post(ENTER, {"email": "sari@example.com"}, follow=True)
    assert answer.status_code == 200
    assert "belum dapat dikirim" in answer.content.decode()


class BrokenBackend:
    """A mail server that hangs up."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise SMTPServerDisconnected("sari@example.com")


def test_too_many_requests_for_one_address_wait_but_a_known_device_has_its_own_turn(client, settings):
    settings.ACCOUNT_RATE_LIMITS = RATES
    ask(client)
    client.post(CODE, {"code": code_in_mail()})
    client.post("/akun/keluar/")
    strangers = Client()
    assert ask(strangers).status_code == 302
    answer = ask(strangers)
    assert answer.status_code == 429
    assert DomainError(TOO_MANY).sentence in answer.content.decode()
    assert 'value="sari@example.com"' in answer.content.decode()
    # The owner's own phone is not locked out by them, and another address is not either.
    assert ask(client).status_code == 302
    assert ask(strangers, "tono@example.com").status_code == 302


def test_a_forged_device_counts_as_unknown(client, settings):
    settings.ACCOUNT_RATE_LIMITS = RATES
    client.cookies["device"] = "forged:value"
    assert [ask(client).status_code for _number in range(3)] == [302, 302, 429]


def test_other_apps_send_a_guest_through_the_same_door(rf, client):
    from django.contrib.messages.storage.fallback import FallbackStorage

    from accounts import entry

    request = rf.post("/lapor/")
    request.session, request.user = client.session, UserFactory.build(is_active=False)
    request._messages = FallbackStorage(request)
    answer = entry.begin(request, email="Sari@Example.com", next_url="/laporan/x/")
    assert answer.url == f"{CODE}?next=%2Flaporan%2Fx%2F"
    assert User.objects.get().email == "sari@example.com"


def test_what_waited_for_the_address_is_handed_over_at_sign_in(client, monkeypatch):
    seen = []
    monkeypatch.setattr(claims, "_claims", [])
    claims.register(lambda user: seen.append(user.email))
    ask(client)
    assert seen == []
    client.post(CODE, {"code": code_in_mail()})
    assert set(seen) == {"sari@example.com"}


def test_addresses_that_nobody_confirmed_are_forgotten(client):
    ask(client, "lama@example.com")
    later = timezone.now() + timedelta(days=3)
    confirmed = UserFactory()
    assert services.remove_unconfirmed(now=timezone.now()) == 0
    assert services.remove_unconfirmed(now=later) == 1
    assert list(User.objects.all()) == [confirmed]


def test_staff_sign_in_with_a_password_but_people_without_one_cannot(client, settings):
    settings.ACCOUNT_RATE_LIMITS = RATES
    staff = UserFactory(email="rina@example.com", is_staff=True)
    staff.set_password("empat kata yang tidak cocok")
    staff.save()
    UserFactory(email="sari@example.com")
    page = "/akun/masuk/kata-sandi/"
    assert client.post(page, {"login": "sari@example.com", "password": ""}).status_code == 422
    for _number in range(5):
        wrong = client.post(page, {"login": "rina@example.com", "password": "salah"})
        assert wrong.status_code == 422
        assert "tidak cocok" in wrong.content.decode()
    right = {"login": "rina@example.com", "password": "empat kata yang tidak cocok"}
    assert "Terlalu sering salah" in client.post(page, right).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert Client().post(page, right).status_code == 302


def test_the_language_of_the_page_is_that_of_mail_and_account(client):
    client.post("/bahasa/setlang/", {"language": "en", "next": "/akun/masuk/"})
    ask(client)
    assert mail.outbox[0].subject.endswith("is your code for Rembuk")
    assert User.objects.get().language == "en"


def test_opening_the_same_account_twice_makes_one():
    first = services.open_account(email="Sari@example.com", language="id")
    assert services.open_account(email=" sari@EXAMPLE.com ", language="en") == first
    assert EmailAddress.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_sign_ups_at_once_make_one_account():
    results = at_once(50, lambda number: services.open_account(email="sari@example.com", language="id").pk)
    assert len(set(results)) == 1
    assert User.objects.count() == EmailAddress.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_claims_of_one_code_at_once_make_no_error():
    first = Client()
    ask(first)
    code, cookies = code_in_mail(), first.cookies

    def claim(number: int) -> int:
        client = Client()
        client.cookies = cookies.copy()
        return client.post(CODE, {"code": code}).status_code

    answers = set(at_once(50, claim))
    # One device that tries so often in a moment is told to wait.
    assert 302 in answers <= {302, 422, 429}
    assert User.objects.count() == 1
    assert EmailAddress.objects.get().verified


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_people_want_the_same_nickname():
    people = [UserFactory() for _number in range(10)]

    def rename(number: int) -> str:
        try:
            services.change_profile(actor=people[number % 10], nickname="Melati", name="", language="id")
        except DomainError as refused:
            return refused.code
        return people[number % 10].email or ""

    results = set(at_once(50, rename)) - {"nickname_taken"}
    assert len(results) == 1
    assert User.objects.filter(nickname="Melati").count() == 1


def test_nothing_tells_by_a_password_whether_an_address_has_an_account():
    for email, password in (("ada@example.com", None), ("sandi@example.com", "empat kata tidak cocok")):
        UserFactory(email=email).set_password(password)
    seen = []
    for email in ("ada@example.com", "sandi@example.com", "baru@example.com"):
        answer = Client().post("/akun/masuk/kata-sandi/", {"login": email, "password": "bukan kata sandinya"})
        page = answer.content.decode().replace(email, "")
        seen.append((answer.status_code, re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"', "", page)))
    assert seen[0] == seen[1] == seen[2]
    assert "tidak cocok" in seen[0][1]


def test_wrong_passwords_lock_the_address_out_and_not_a_known_device(client, settings):
    settings.ACCOUNT_RATE_LIMITS = RATES | {"request_login_code": ""}
    user = UserFactory(email="sari@example.com")
    user.set_password("empat kata tidak cocok")
    user.save()
    ask(client)
    client.post(CODE, {"code": code_in_mail()})
    client.post("/akun/keluar/")
    link, right = "/akun/masuk/kata-sandi/", {"login": "sari@example.com", "password": "empat kata tidak cocok"}
    stranger = Client()
    for _number in range(5):
        assert stranger.post(link, right | {"password": "bukan kata sandinya"}).status_code == 422
    assert stranger.post(link, right).status_code in (422, 429)
    assert not signed_in(stranger)
    assert client.post(link, right).status_code == 302
    assert signed_in(client)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_counted_too():
    UserFactory(email="sari@example.com")
    first = Client()
    ask(first)
    right = int(code_in_mail())

    def guess(place):
        client = Client()
        client.cookies = first.cookies.copy()
        return client.post(CODE, {"code": f"{(right + 1 + place) % 1_000_000:06d}"}).status_code

    assert 429 in at_once(40, guess)
    first.post(CODE, {"code": f"{right:06d}"})
    assert not signed_in(first)
