"""Google, Facebook and X, against a stand-in that really answers."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sites.models import Site
from django.core import mail
from django.test import Client

from accounts.models import User
from core.errors import DomainError
from security import errors, services
from tests.factories.accounts import UserFactory
from tests.security.people import SECURITY, STEP, enter, give_app, is_in, newest_code
from tests.security.provider import Provider, running

pytestmark = pytest.mark.django_db
GOOGLE = {"sub": "g-1", "email": "sari@example.com", "email_verified": True, "name": "Sari", "picture": "https://x/y"}
FACEBOOK = {"id": "f-1", "email": "sari@example.com", "name": "Sari"}
X = {"id": "x-1", "name": "Sari", "username": "sari"}
NAMES = {"google": "google", "facebook": "facebook", "x": "twitter_oauth2"}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running() as found:
        found.person = dict(GOOGLE)
        settings.SOCIAL_ADDRESSES = found.addresses()
        settings.SOCIALACCOUNT_PROVIDERS = {
            name: {"APP": {"client_id": "ours", "secret": "secret"}} for name in NAMES.values()
        }
        yield found


class Stay(urllib.request.HTTPRedirectHandler):
    """Tells where the stand-in sends somebody, instead of going there."""

    def redirect_request(self, *args: Any) -> None:
        return None


def there_and_back(client: Client, short: str = "google", begin: str = "/akun/masuk/dengan/", **data: str) -> Any:
    """Press the button, be sent to the stand-in and back; our answer to that."""
    left = client.post(f"{begin}{short}/", data)
    assert left.status_code == 302
    return client.get(sent_back(left.url))


def sent_back(link: str) -> str:
    """The address of ours to which the stand-in sends somebody."""
    try:
        urllib.request.build_opener(Stay).open(link)
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers["Location"]).removeprefix("http://testserver")
    raise AssertionError("the stand-in sends nobody back")


def test_a_new_person_whose_address_the_provider_has_confirmed_is_in_at_once(client, provider, committed):
    with committed():
        assert there_and_back(client, next="/laporan/").url == "/laporan/"
    user = User.objects.get()
    assert is_in(client)
    assert (user.email, EmailAddress.objects.get().verified, user.has_usable_password()) == (
        GOOGLE["email"],
        True,
        False,
    )
    assert "Sari" not in user.nickname
    account = SocialAccount.objects.get()
    # No name, no picture, no token.
    assert (account.provider, account.uid, account.extra_data) == ("google", "g-1", {})
    assert "Google disambungkan" in mail.outbox[-1].body


def test_who_comes_again_is_the_same_person_whatever_the_address_is_by_then(client, provider):
    there_and_back(client)
    provider.person["email"] = "baru@example.com"
    other = Client()
    assert there_and_back(other).url == "/"
    assert User.objects.count() == 1
    assert is_in(other)


@pytest.mark.parametrize("exists", [True, False], ids=["with an account", "without"])
@pytest.mark.parametrize(("short", "person"), [("google", GOOGLE | {"email_verified": False}), ("facebook", FACEBOOK)])
def test_an_address_that_nobody_confirmed_is_proved_by_a_code(client, provider, exists, short, person):
    provider.person = person
    if exists:
        UserFactory(email=GOOGLE["email"])
    assert there_and_back(client, short).url == "/akun/masuk/kode/"
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    done = client.post("/akun/masuk/kode/", {"code": newest_code()}, follow=True)
    assert "sudah tersambung" in done.content.decode()
    account = SocialAccount.objects.get()
    assert (account.provider, account.user.email) == (NAMES[short], GOOGLE["email"])
    assert User.objects.count() == 1
    other = Client()
    there_and_back(other, short)
    assert is_in(other)


def test_a_confirmed_address_of_somebody_here_is_proved_as_well(client, provider):
    owner = UserFactory(email=GOOGLE["email"])
    assert there_and_back(client).url == "/akun/masuk/kode/"
    assert not is_in(client)
    # Whoever types the code of another address is signed in there, and nothing is connected.
    other = UserFactory(email="lain@example.com")
    client.post("/akun/masuk/", {"email": other.email})
    client.post("/akun/masuk/kode/", {"code": newest_code()})
    assert client.session["_auth_user_id"] == str(other.pk)
    assert not SocialAccount.objects.filter(user__in=[owner, other]).exists()


def test_who_tells_no_address_is_asked_for_one(client, provider):
    provider.person = X
    page = there_and_back(client, "x")
    assert page.url == "/akun/masuk/dengan/alamat/"
    assert "X tidak memberi tahu" in client.get(page.url).content.decode()
    wrong = client.post(page.url, {"email": "bukan alamat"})
    assert (wrong.status_code, "bukan alamat" in wrong.content.decode()) == (422, True)
    assert client.post(page.url, {"email": "Tono@Example.com"}).url == "/akun/masuk/kode/"
    client.post("/akun/masuk/kode/", {"code": newest_code()})
    assert SocialAccount.objects.get().user.email == "tono@example.com"
    assert Client().get(page.url).url == "/akun/masuk/"


def test_the_second_step_is_asked_for_here_too(client, provider):
    sari = UserFactory(email=GOOGLE["email"])
    SocialAccount.objects.create(user=sari, provider="google", uid="g-1")
    give_app(sari)
    assert there_and_back(client).url == STEP
    assert not is_in(client)


def test_a_closed_account_stays_closed(client, provider):
    sari = UserFactory(email=GOOGLE["email"], is_active=False)
    SocialAccount.objects.create(user=sari, provider="google", uid="g-1")
    assert there_and_back(client).url == "/akun/ditutup/"
    assert not is_in(client)


def test_whoever_cancels_there_is_told_that_nothing_changed(client, provider):
    provider.cancels = True
    answer = there_and_back(client)
    assert answer.url == "/akun/masuk/"
    assert "Anda membatalkannya di Google" in client.get(answer.url).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("broken", ["token", "me", "nonsense"])
@pytest.mark.parametrize(("short", "person"), [("google", GOOGLE), ("facebook", FACEBOOK), ("x", X)])
def test_a_provider_that_fails_costs_a_sentence(client, provider, broken, short, person):
    provider.person, provider.broken = person, broken
    answer = there_and_back(client, short)
    assert answer.url == "/akun/masuk/"
    assert "sedang tidak berhasil" in client.get(answer.url).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "told", [{}, {"sub": None}, {"sub": 7}, {"id": ""}, {"sub": "g", "email": 5}, {"sub": "g" * 500}]
)
def test_what_was_not_agreed_on_costs_a_sentence(client, provider, told):
    provider.person = told
    answer = there_and_back(client)
    assert answer.status_code == 302
    assert not is_in(client)


def test_a_provider_that_is_down_costs_a_sentence(client, provider, settings):
    left = client.post("/akun/masuk/dengan/google/")
    back = sent_back(left.url)
    nobody = {"token": "http://127.0.0.1:9/token", "me": "http://127.0.0.1:9/me"}
    settings.SOCIAL_ADDRESSES = {"google": settings.SOCIAL_ADDRESSES["google"] | nobody}
    assert "sedang tidak berhasil" in client.get(back, follow=True).content.decode()


def test_a_state_of_another_session_or_a_used_one_opens_nothing(client, provider):
    left = client.post("/akun/masuk/dengan/google/")
    back = sent_back(left.url)
    stranger = Client()
    for link in (back, "/akun/masuk/dengan/google/kembali/?code=1&state=2", "/akun/masuk/dengan/google/kembali/"):
        answer = stranger.get(link)
        assert answer.url == "/akun/masuk/"
        assert not is_in(stranger)
    assert client.get(back).url == "/"
    client.post("/akun/keluar/")
    assert client.get(back).url == "/akun/masuk/"
    assert not is_in(client)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client, provider, target):
    assert there_and_back(client, next=target).url == "/"


def test_connecting_and_letting_go(client, provider, sari, committed):
    begin = f"{SECURITY}sambungkan/"
    enter(client, sari)
    provider.person = GOOGLE | {"email": "lain@example.com"}
    with committed():
        assert there_and_back(client, begin=begin).url == SECURITY
    assert "Google" in client.get(SECURITY).content.decode()
    account = SocialAccount.objects.get()
    assert account.user == sari
    stranger = Client()
    enter(stranger, UserFactory(email="lain@example.com"))
    taken = stranger.get(there_and_back(stranger, begin=begin).url).content.decode()
    assert DomainError(errors.SOCIAL_TAKEN).sentence in taken
    assert stranger.post(f"{SECURITY}putuskan/{account.pk}/").status_code == 404
    assert client.post(f"{SECURITY}putuskan/{account.pk}/").url == SECURITY
    assert not SocialAccount.objects.exists()


def test_connecting_takes_a_proof(client, provider, sari):
    client.force_login(sari)
    assert client.post(f"{SECURITY}sambungkan/google/").url.startswith(f"{SECURITY}konfirmasi/")
    assert provider.asked == []


def test_who_has_no_other_way_in_keeps_it(client, provider):
    bare = UserFactory(email=None)
    account = SocialAccount.objects.create(user=bare, provider="google", uid="g-9")
    give_app(bare)
    there_and_back(client)
    with pytest.raises(DomainError, match=errors.LAST_WAY_IN):
        services.disconnect(actor=bare, key=account.pk)
    assert SocialAccount.objects.filter(pk=account.pk).exists()


def test_without_keys_there_is_nothing_of_it(client, sari):
    assert "dengan Google" not in client.get("/akun/masuk/").content.decode()
    for link in ("/akun/masuk/dengan/google/", "/akun/masuk/dengan/entah/"):
        assert client.post(link).status_code == 404
    assert client.get("/akun/masuk/dengan/google/kembali/?code=1&state=2").status_code == 404


def test_the_button_of_each_provider_stands_on_the_sign_in_page(client, provider, django_assert_num_queries):
    Site.objects.get_current()  # asked for once in the life of a process
    with django_assert_num_queries(0):
        page = client.get("/akun/masuk/?next=/laporan/").content.decode()
    assert [f'action="/akun/masuk/dengan/{short}/"' in page for short in NAMES] == [True] * 3
    assert page.count('name="next" value="/laporan/"') >= 4


def test_sending_somebody_off_takes_our_own_form(provider):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/akun/masuk/dengan/google/").status_code == 403
    assert strict.get("/akun/masuk/dengan/google/").status_code == 405


@pytest.mark.parametrize("way", ["code", "password", "passkey"])
def test_what_waits_is_connected_by_its_own_code_and_by_no_other_way_in(client, provider, monkeypatch, way):
    """Somebody begins with the owner's address on a shared browser and leaves it; the owner signs in as always."""
    owner = UserFactory(email=GOOGLE["email"])
    owner.set_password("kata-sandi-panjang-9")
    owner.save()
    assert there_and_back(client).url == "/akun/masuk/kode/"
    if way == "code":
        enter(client, owner)
    elif way == "password":
        client.post("/akun/masuk/kata-sandi/", {"login": owner.email, "password": "kata-sandi-panjang-9"})
    else:
        factor = Authenticator(user=owner, type="webauthn", data={"name": "Ponsel"})
        monkeypatch.setattr("security.passkeys.proved", lambda raw, user: factor)
        monkeypatch.setattr("security.views.entrance.post_authentication", lambda *args, **kwargs: None)
        client.post("/akun/masuk/kunci/", {"credential": "{}"})
    assert is_in(client)
    assert not SocialAccount.objects.exists()
