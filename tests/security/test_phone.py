"""Phone numbers: how they are written, confirming one, and signing in with it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.errors import TOO_MANY, DomainError
from security import errors, senders
from security.domain import numbers
from security.models import Phone
from security.senders import NotSentError
from tests.factories.accounts import UserFactory
from tests.security.people import SECURITY, STEP, app_code, enter, give_app, is_in

NUMBER = "+6281234567890"
BY_PHONE, CODE = "/akun/masuk/telepon/", "/akun/masuk/kode/"
sent: list[dict[str, str]] = []


class Kept:
    """Carries nothing anywhere; a number that ends in 9 cannot be reached."""

    def send(self, **message: str) -> None:
        if message["number"].endswith("9"):
            raise NotSentError
        sent.append(message)


@pytest.fixture
def carrier(settings: Any) -> list[dict[str, str]]:
    settings.CODE_SENDER = "tests.security.test_phone.Kept"
    sent.clear()
    return sent


@pytest.mark.parametrize(
    "typed",
    [
        *("081234567890", "0812 3456 7890", "0812-3456-7890", "+62 812 3456 7890", "62812 3456 7890", "81234567890"),
        *("+62 (0)812-3456-7890", "0062 812 3456 7890", "+62.812.3456.7890", "62 0812 3456 7890"),
    ],
)
def test_a_number_may_be_written_any_way(typed):
    assert numbers.normal(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    ["", "+", "0", "021 5551234", "+1 202 555 0100", "08123", "0812345678901234", "０８１２", "x" * 99],
)
def test_what_is_no_mobile_number_of_indonesia_is_refused(typed):
    assert numbers.normal(typed) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_nothing(typed):
    found = numbers.normal(typed)
    assert found is None or re.fullmatch(r"\+628[0-9]{8,11}", found)
    assert found is None or numbers.normal(found) == found


def confirm(client: Client, number: str = "0812 3456 7890") -> Any:
    client.post(f"{SECURITY}telepon/", {"number": number})
    return client.post(f"{SECURITY}telepon/kode/", {"code": sent[-1]["code"]})


@pytest.mark.django_db
def test_a_number_is_confirmed_and_opens_the_door(client, sari, carrier, committed):
    enter(client, sari)
    with committed():
        assert confirm(client).url == SECURITY
    assert Phone.objects.get(user=sari).number == NUMBER
    assert sent[-1]["text"].startswith(f"{sent[-1]['code']} adalah kode")
    assert "Nomor telepon dikonfirmasi" in mail.outbox[-1].body
    page = client.get(SECURITY).content.decode()
    assert "+62 812 •••• 7890" in page
    assert NUMBER not in page

    other = Client()
    with committed():
        assert (
            other.post(BY_PHONE, {"number": "62812 3456 7890", "next": "/laporan/"}).url == f"{CODE}?next=%2Flaporan%2F"
        )
    assert other.post(CODE, {"code": sent[-1]["code"], "next": "/laporan/"}).url == "/laporan/"
    assert other.session["_auth_user_id"] == str(sari.pk)


@pytest.mark.django_db
def test_who_has_no_address_gets_in_by_phone_too_and_passes_the_second_step(client, carrier, committed):
    bare = UserFactory(email=None)
    Phone.objects.create(user=bare, number=NUMBER)
    give_app(bare)
    with committed():
        client.post(BY_PHONE, {"number": NUMBER})
    assert client.post(CODE, {"code": sent[-1]["code"]}).url == STEP
    assert client.post(STEP, {"code": app_code()}).url == "/"
    assert is_in(client)
    # It is the only way in.
    refused = client.post(f"{SECURITY}telepon/hapus/")
    assert (refused.status_code, Phone.objects.count()) == (409, 1)


@pytest.mark.django_db
def test_nothing_tells_whether_a_number_has_an_account(carrier, committed, django_assert_num_queries):
    Phone.objects.create(user=UserFactory(), number=NUMBER)
    Phone.objects.create(user=UserFactory(is_active=False), number="+6281234567892")
    seen = []
    for number in (NUMBER, "+6281234567891", "+6281234567892"):
        client = Client()
        with committed() as waiting:
            answer = client.post(BY_PHONE, {"number": number})
        page = client.get(answer.url).content.decode().replace(number, "")
        wrong = client.post(CODE, {"code": "000000"})
        again = client.post(CODE, {"action": "resend"})
        page = re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"', "", page)
        seen.append((answer.status_code, answer.url, page, len(waiting), wrong.status_code, again.url))
    assert seen[0] == seen[1] == seen[2]
    assert len(sent) == 1


@pytest.mark.django_db
def test_a_wrong_an_old_and_a_used_code_confirm_nothing(client, sari, carrier):
    enter(client, sari)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(f"{SECURITY}telepon/", {"number": NUMBER})
        right = sent[-1]["code"]
        wrong = client.post(f"{SECURITY}telepon/kode/", {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
        assert DomainError(errors.CODE_WRONG).sentence in wrong.content.decode()
        elsewhere = Client()
        enter(elsewhere, sari)
        assert elsewhere.post(f"{SECURITY}telepon/kode/", {"code": right}).status_code == 422
        clock.shift(timedelta(minutes=14, seconds=59))
        assert client.post(f"{SECURITY}telepon/kode/", {"code": right}).url == SECURITY
        Phone.objects.all().delete()
        assert client.post(f"{SECURITY}telepon/kode/", {"code": right}).status_code == 422
    assert not Phone.objects.exists()


@pytest.mark.django_db
def test_five_wrong_codes_are_enough(client, sari, carrier):
    enter(client, sari)
    client.post(f"{SECURITY}telepon/", {"number": NUMBER})
    right = sent[-1]["code"]
    for _number in range(5):
        client.post(f"{SECURITY}telepon/kode/", {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
    late = client.post(f"{SECURITY}telepon/kode/", {"code": right})
    assert DomainError(errors.CODE_OLD).sentence in late.content.decode()
    assert not Phone.objects.exists()


@pytest.mark.django_db
def test_a_number_belongs_to_one_account(client, sari, carrier):
    Phone.objects.create(user=UserFactory(), number=NUMBER)
    enter(client, sari)
    refused = confirm(client)
    assert refused.status_code == 409
    assert DomainError(errors.PHONE_TAKEN).sentence in refused.content.decode()
    assert Phone.objects.count() == 1


@pytest.mark.django_db
def test_a_message_that_does_not_get_out_is_told(client, sari, carrier):
    enter(client, sari)
    answer = client.post(f"{SECURITY}telepon/", {"number": "0812 3456 7899"})
    assert answer.status_code == 422
    assert DomainError(errors.PHONE_NOT_SENT).sentence in answer.content.decode()
    assert 'value="0812 3456 7899"' in answer.content.decode()


@pytest.mark.django_db
def test_too_many_messages_wait(client, carrier):
    for _number in range(4):
        assert client.post(BY_PHONE, {"number": NUMBER}).status_code == 302
    answer = Client().post(BY_PHONE, {"number": NUMBER})
    assert answer.status_code in (422, 429)
    assert DomainError(TOO_MANY).sentence in answer.content.decode()
    assert Client().post(BY_PHONE, {"number": "0812 3456 7811"}).status_code == 302


@pytest.mark.django_db
def test_without_a_sender_nothing_of_it_is_there(client, sari):
    assert "telepon" not in client.get("/akun/masuk/").content.decode().split("<main")[1]
    for link in (BY_PHONE, f"{SECURITY}telepon/", f"{SECURITY}telepon/kode/"):
        enter(client, sari)
        assert client.get(link).status_code == 404
        client.post("/akun/keluar/")


def test_the_demo_shows_what_a_phone_would_get(settings, tmp_path, client):
    settings.VAR_DIR = tmp_path
    assert senders.shown() == []
    for at in range(50):
        senders.ShownSender().send(number=NUMBER, text="kode", code=f"{at:06d}", language="id")
    assert len(senders.shown()) == 40
    assert senders.shown()[0]["code"] == "000049"


@pytest.mark.django_db
def test_who_has_no_address_proves_it_by_phone(client, carrier):
    bare = UserFactory(email=None)
    client.force_login(bare)
    prove = f"{SECURITY}konfirmasi/"
    refused = client.post(f"{prove}kirim/")
    assert DomainError(errors.NO_WAY_TO_PROVE).sentence in refused.content.decode()
    Phone.objects.create(user=bare, number=NUMBER)
    client.post(f"{prove}kirim/")
    assert client.post(prove, {"code": sent[-1]["code"]}).url == SECURITY
    assert client.get(f"{SECURITY}aplikasi/").status_code == 200
