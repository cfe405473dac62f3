"""One's own account, and every page of the way in: in our words, in both languages, with any input."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from accounts.urls import urlpatterns
from security.models import Phone
from tests.accounts.test_sign_in import code_in_mail
from tests.factories.accounts import UserFactory, section_head
from tests.security.people import prove

pytestmark = pytest.mark.django_db
PROFILE = "/akun/"
# Everyday English that no Indonesian text holds; names of languages and of e-mail are left out.
ENGLISH = re.compile(
    r"\b(the|and|your|you|please|with|sign|password|code|account|address|this|email|submit|required|confirm|"
    r"forgot|change|send|cancel|next|page|must|enter|verification|too|many|of)\b",
    re.IGNORECASE,
)


def words_of(response):
    """What a person reads: without tags, scripts and attributes that nobody sees."""
    html = response.content.decode()
    html = re.sub(r"<(script|style|svg|head)\b.*?</\1>", " ", html, flags=re.S)
    html = re.sub(r'lang="en".*?</button>', " ", html, flags=re.S)
    shown = re.findall(r'(?:placeholder|aria-label|title|alt)="([^"]*)"', html)
    return " ".join([re.sub(r"<[^>]+>", " ", html), *shown])


def assert_indonesian(response):
    main = re.sub(r"(?s)^.*<main", "<main", response.content.decode())
    response.content = re.sub(r"(?s)</main>.*$", "</main>", main)
    assert not ENGLISH.findall(words_of(response)), response.content.decode()


@pytest.fixture
def person(client):
    user = UserFactory(nickname="Ibu Sari", email="sari@example.com")
    client.force_login(user)
    return user


def save(client, **changes):
    return client.post(PROFILE, {"nickname": "Ibu Sari", "name": "", "language": "id"} | changes)


def test_a_person_changes_what_is_shown_of_them(client, person):
    assert save(client, nickname="  Sari   Slipi ", name="Sari Dewanti", language="en").url == PROFILE
    person.refresh_from_db()
    assert (person.nickname, person.name, person.language) == ("Sari Slipi", "Sari Dewanti", "en")
    assert "My account" in client.get(PROFILE).content.decode()


@pytest.mark.parametrize(
    ("nickname", "sentence"),
    [
        ("Kasi Slipi", "terdengar seperti kantor"),
        ("ab", "terlalu pendek"),
        ("x" * 41, "paling banyak 40"),
        ("<img src=x onerror=alert(1)>", "huruf dan angka saja"),
        ("bu rina", "sudah dipakai"),
        ("", "Tulis nama panggilan"),
        ("Sari\x00", "null"),
    ],
)
def test_a_refused_nickname_gets_a_sentence_and_nothing_changes(client, person, nickname, sentence):
    UserFactory(nickname="Bu Rina")
    answer = save(client, nickname=nickname, name="Sari Dewanti")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Sari Dewanti" in page
    assert "<img src=x" not in page
    assert User.objects.get(pk=person.pk).name == ""


@pytest.mark.parametrize("field", ["nickname", "name", "language"])
@pytest.mark.parametrize("value", ["\x00", "x" * 50_000, "<script>alert(1)</script>", "\u202eiraS", "{{ 7|add:7 }}"])
def test_hostile_text_is_refused_or_escaped(client, person, field, value):
    answer = save(client, **{field: value})
    assert answer.status_code in (302, 422)
    for response in (answer, client.get(PROFILE)):
        assert b"<script>alert" not in response.content


def test_an_old_nickname_that_today_would_be_refused_may_stay(client, person):
    User.objects.filter(pk=person.pk).update(nickname="Kasi Lama")
    assert save(client, nickname="Kasi Lama", name="Sari").status_code == 302


def test_signing_out_elsewhere_keeps_this_device(client, person):
    other = Client()
    other.force_login(person)
    assert other.get(PROFILE).status_code == 200
    client.post("/akun/keluar-semua/")
    assert client.get(PROFILE).status_code == 200
    assert other.get(PROFILE).url == f"/akun/masuk/?next={PROFILE}"


def test_signing_out(client, person):
    assert_indonesian(client.get("/akun/keluar/"))
    assert "_auth_user_id" in client.session
    client.post("/akun/keluar/")
    assert "_auth_user_id" not in client.session


def new_address(client, email):
    prove(client, User.objects.get(pk=client.session["_auth_user_id"]))
    return client.post("/akun/surel/", {"action_add": "1", "email": email})


def test_a_new_address_replaces_the_old_one_once_its_code_was_typed(client, person):
    assert new_address(client, "baru@example.com").url == "/akun/surel/kode/"
    assert User.objects.get().email == "sari@example.com"
    code = code_in_mail(0)
    assert mail.outbox[0].to == ["baru@example.com"]
    client.post("/akun/surel/kode/", {"code": f" {code[:3]} {code[3:]} "})
    assert User.objects.get().email == "baru@example.com"
    assert EmailAddress.objects.get().email == "baru@example.com"
    assert mail.outbox[1].to == ["sari@example.com"]
    assert "sudah diganti" in mail.outbox[1].subject


def test_another_address_takes_a_proof(client, person):
    for answer in (
        client.get("/akun/surel/"),
        client.post("/akun/surel/", {"action_add": "1", "email": "x@example.com"}),
    ):
        assert answer.url.startswith("/akun/keamanan/konfirmasi/")
    assert not mail.outbox
    bare = UserFactory(email=None)
    client.force_login(bare)
    assert client.get("/akun/surel/").status_code == 200
    Phone.objects.create(user=bare, number="+628123456789")
    assert client.get("/akun/surel/").url.startswith("/akun/keamanan/konfirmasi/")


def test_an_address_of_somebody_else_is_not_taken_over(client, person):
    UserFactory(email="tono@example.com")
    new_address(client, "tono@example.com")
    code = code_in_mail(0)
    answer = client.post("/akun/surel/kode/", {"code": code})
    assert answer.status_code == 422
    assert "dipakai akun lain" in answer.content.decode()
    assert User.objects.get(pk=person.pk).email == "sari@example.com"


@pytest.mark.parametrize("email", ["", "x", "sari\x00@example.com", "a" * 400 + "@example.com", "sari@example.com"])
def test_a_new_address_that_is_none_gets_a_sentence(client, person, email):
    answer = new_address(client, email)
    assert answer.status_code == 422
    assert_indonesian(answer)


@pytest.mark.parametrize("button", ["action_remove", "action_primary", "action_send", "anything"])
def test_allauths_other_buttons_do_nothing(client, person, button):
    prove(client, person)
    client.post("/akun/surel/", {button: "1", "email": "sari@example.com"})
    assert EmailAddress.objects.get().email == "sari@example.com"
    assert not mail.outbox


def test_everybody_sets_changes_and_removes_a_password_right_after_a_code(client, django_capture_on_commit_callbacks):
    sari = UserFactory(email="sari@example.com")
    client.post("/akun/masuk/", {"email": "sari@example.com"})
    client.post("/akun/masuk/kode/", {"code": code_in_mail(0)})
    page = "/akun/kata-sandi/"
    assert_indonesian(client.get(page))
    weak = client.post(page, {"password": "123456"})
    assert weak.status_code == 422
    assert_indonesian(weak)
    for chosen in ("empat kata tidak cocok", "lima kata lain lagi cocok"):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(page, {"password": chosen}).url == "/akun/keamanan/"
        sari.refresh_from_db()
        assert sari.check_password(chosen)
    assert client.get(PROFILE).status_code == 200
    other = Client()
    by_password = "/akun/masuk/kata-sandi/"
    assert other.post(by_password, {"login": "sari@example.com", "password": "lima kata lain lagi cocok"}).url == "/"
    # A password is not a code: it changes nothing about signing in.
    for late in (other.get(page), other.post(page, {"password": "kata sandi orang lain"})):
        assert late.url.startswith("/akun/keamanan/konfirmasi/")
    assert other.post(page + "hapus/").url.startswith("/akun/keamanan/konfirmasi/")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(page).url == "/akun/keamanan/konfirmasi/?next=%2Fakun%2Fkata-sandi%2F"
    sari.refresh_from_db()
    assert sari.check_password("lima kata lain lagi cocok")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page + "hapus/").url == "/akun/keamanan/"
    sari.refresh_from_db()
    assert not sari.has_usable_password()
    assert client.get(PROFILE).status_code == 200
    # The device that came in by the password is out.
    assert other.get(PROFILE).status_code == 302
    refused = other.post(by_password, {"login": "sari@example.com", "password": "lima kata lain lagi cocok"})
    assert refused.status_code == 422
    assert [message.to for message in mail.outbox[1:]] == [["sari@example.com"]] * 3


@pytest.mark.parametrize(
    "name",
    [
        "account_reset_password",
        "account_change_password",
        "account_set_password",
        "account_confirm_email",
        "account_reauthenticate",
        "mfa_index",
        "mfa_authenticate",
        "socialaccount_connections",
    ],
)
def test_pages_that_are_not_needed_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_staff_area_has_the_same_way_in(client):
    assert client.get("/staf/login/").url == "/akun/masuk/"
    assert client.get("/staf/").url.startswith("/akun/masuk/")
    assert client.get("/staf/password_reset/").status_code == 404


@pytest.mark.parametrize("path", sorted({str(pattern.pattern) for pattern in urlpatterns}))
@pytest.mark.parametrize("state", ["nobody", "waiting", "signed in", "office"])
def test_no_page_speaks_english_to_an_indonesian(client, path, state):
    if state == "waiting":
        client.post("/akun/masuk/", {"email": "sari@example.com"})
    if state == "signed in":
        client.force_login(UserFactory())
    if state == "office":
        client.force_login(section_head())
    for response in (
        client.get(f"/akun/{path}", follow=True),
        client.post(f"/akun/{path}", {"code": "BBB", "email": "x", "login": "x", "password": "y"}, follow=True),
    ):
        assert response.status_code < 500
        # The home page that some lead to is tested with the pages.
        if response.wsgi_request.path.startswith("/akun/"):
            assert_indonesian(response)


@pytest.mark.parametrize("path", sorted({str(pattern.pattern) for pattern in urlpatterns}))
@pytest.mark.parametrize("data", ["plain", "nul", "long", "list"])
def test_no_page_breaks_on_any_input(client, path, data):
    value = {"plain": "x", "nul": "\x00", "long": "x" * 60_000, "list": ["a", "b"]}[data]
    fields = ("code", "email", "login", "password", "next", "action", "nickname", "name", "language")
    for user in (None, section_head()):
        if user:
            client.force_login(user)
        assert client.get(f"/akun/{path}", {"next": value}).status_code < 500
        assert client.post(f"/akun/{path}", dict.fromkeys(fields, value)).status_code < 500
        assert client.post(f"/akun/{path}", "{", content_type="application/json").status_code < 500


def test_mails_say_the_same_in_text_and_html_and_in_english(client):
    client.post("/bahasa/setlang/", {"language": "en"})
    client.post("/akun/masuk/", {"email": "sari@example.com"})
    message = mail.outbox[0]
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert 'lang="en"' in html
    assert "It is valid for 15 minutes." in html
    assert "It is valid for 15 minutes." in message.body
    assert "&#x27;" not in message.body
