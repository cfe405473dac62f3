"""A second step of signing in: an app, recovery codes, and what is asked of staff."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sites.models import Site
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Role, User
from accounts.queries import offices_of
from accounts.rules import is_admin
from core.errors import DomainError
from ledger.models import Entry
from live import sources, topics
from security import errors, services
from tests.factories.accounts import UserFactory, admin, agency, officer, section_head
from tests.security.people import (
    SECURITY,
    STEP,
    app_code,
    enter,
    give_app,
    is_in,
    newest_code,
    recovery_codes,
)

pytestmark = pytest.mark.django_db


def sentence(code: str) -> str:
    return DomainError(code).sentence


def set_up(client: Client) -> str:
    """Set up an app by its page; the secret."""
    page = client.get(f"{SECURITY}aplikasi/").content.decode()
    secret = re.search(r'id="key"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert f"secret={secret}" in page
    assert client.post(f"{SECURITY}aplikasi/", {"code": app_code(secret)}).url == f"{SECURITY}kode-cadangan/"
    return secret


def test_an_app_is_set_up_and_asked_for_from_then_on(client, sari, committed):
    elsewhere = Client()
    enter(elsewhere, sari)
    enter(client, sari)
    with committed():
        secret = set_up(client)
    page = client.get(f"{SECURITY}kode-cadangan/").content.decode()
    shown = re.findall(r'<li class="num">(\d{4} \d{4})', page)
    assert [code.replace(" ", "") for code in shown] == recovery_codes(sari)
    assert len(shown) == 10
    # Who came in before without a second step comes in again.
    assert elsewhere.get("/akun/").status_code == 302
    assert client.get("/akun/").status_code == 200
    assert "langkah kedua" in mail.outbox[-1].body
    # Neither the database nor the mail holds the secret.
    assert secret not in str(Authenticator.objects.values_list("data")) + mail.outbox[-1].body

    other = Client()
    assert enter(other, sari).url == STEP
    assert not is_in(other)
    asked = other.get(STEP).content.decode()
    assert "Satu langkah lagi" in asked
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert other.post(STEP, {"code": app_code(secret)}).url == "/"
    assert is_in(other)


def test_the_wish_to_go_somewhere_outlives_the_second_step(client, sari):
    give_app(sari)
    client.post("/akun/masuk/", {"email": sari.email, "next": "/laporan/"})
    client.post("/akun/masuk/kode/", {"code": newest_code(), "next": "/laporan/"})
    assert client.post(STEP, {"code": app_code()}).url == "/laporan/"


@pytest.mark.parametrize("typed", ["", "12", "abc", "\x00", "9" * 9, "<script>alert(1)</script>", "日本語", "x" * 5000])
def test_what_is_no_code_gets_a_sentence(client, sari, typed):
    give_app(sari)
    enter(client, sari)
    answer = client.post(STEP, {"code": typed})
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    assert not is_in(client)


def test_a_wrong_code_and_one_that_was_used_open_nothing(client, sari):
    give_app(sari)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        right = app_code()
        enter(client, sari)
        wrong = client.post(STEP, {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
        assert wrong.status_code == 422
        assert sentence(errors.STEP_WRONG) in wrong.content.decode()
        assert client.post(STEP, {"code": right}).status_code == 302
        for seconds in (0, 31):
            clock.shift(seconds)
            other = Client()
            enter(other, sari)
            assert other.post(STEP, {"code": right}).status_code == 422
            assert not is_in(other)


def test_a_recovery_code_works_once_and_the_owner_hears_of_it(client, sari, committed):
    give_app(sari)
    code = recovery_codes(sari)[3]
    enter(client, sari)
    with committed():
        assert client.post(STEP, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    assert "Sisa kode: 9" in mail.outbox[-1].body
    other = Client()
    enter(other, sari)
    assert other.post(STEP, {"code": code}).status_code == 422
    assert not is_in(other)


def test_five_wrong_codes_are_enough_for_five_minutes(client, sari, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    give_app(sari)
    enter(client, sari)
    wrong = f"{(int(app_code()) + 7) % 1_000_000:06d}"
    for _number in range(5):
        assert client.post(STEP, {"code": wrong}).status_code == 422
    answer = client.post(STEP, {"code": app_code()})
    assert answer.status_code == 429
    assert sentence(errors.STEP_TOO_OFTEN) in answer.content.decode()
    assert not is_in(client)


def test_the_second_step_cannot_be_asked_for_without_the_first(client, sari):
    give_app(sari)
    for link in (STEP, f"{STEP}kunci/"):
        assert client.get(link).url == "/akun/masuk/"
    assert client.post(STEP, {"code": app_code()}).url == "/akun/masuk/"
    assert not is_in(client)


def test_a_password_asks_for_the_second_step_too(client, sari):
    accounts.set_password(actor=sari, password="empat kata tidak cocok")
    give_app(sari)
    answer = client.post("/akun/masuk/kata-sandi/", {"login": sari.email, "password": "empat kata tidak cocok"})
    assert answer.url == STEP
    assert not is_in(client)


def test_changes_need_the_second_step_where_one_is_set_up_and_a_code_elsewhere(client, sari):
    client.force_login(sari)
    for link in ("aplikasi/", "kunci/", "kunci/pilihan/"):
        assert client.get(SECURITY + link).url.startswith(f"{SECURITY}konfirmasi/?next=")
    late = client.post(f"{SECURITY}aplikasi/", {"code": "123456"}, follow=True)
    assert sentence(errors.PROVE_FIRST) in late.content.decode()
    prove = f"{SECURITY}konfirmasi/"
    assert (
        client.post(f"{prove}kirim/", {"next": f"{SECURITY}aplikasi/"}).url
        == f"{prove}?next=%2Fakun%2Fkeamanan%2Faplikasi%2F"
    )
    code = newest_code()
    wrong = client.post(prove, {"code": f"{(int(code) + 1) % 1_000_000:06d}"})
    assert wrong.status_code == 422
    assert sentence(errors.CODE_WRONG) in wrong.content.decode()
    assert client.post(prove, {"code": code, "next": f"{SECURITY}aplikasi/"}).url == f"{SECURITY}aplikasi/"
    # The same form once more, or in another session, proves nothing.
    assert client.post(prove, {"code": code}).status_code == 422
    set_up(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        key = Authenticator.objects.get(type="totp").pk
        assert client.post(f"{SECURITY}hapus/{key}/").url.startswith(prove)
        # A code from the mailbox is not enough any more.
        client.post(f"{prove}kirim/")
        assert client.post(prove, {"code": newest_code()}).status_code == 422
        assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil", "javascript:alert(1)"])
def test_proving_leads_nobody_to_another_site(client, sari, target):
    give_app(sari)
    client.force_login(sari)
    assert client.post(f"{SECURITY}konfirmasi/", {"code": app_code(), "next": target}).url == SECURITY


def test_an_app_is_removed_with_its_codes_and_only_by_its_owner(client, sari, committed):
    factor = give_app(sari)
    stranger = Client()
    other = UserFactory(email="lain@example.com")
    enter(stranger, other)
    assert stranger.post(f"{SECURITY}hapus/{factor.pk}/").status_code == 404
    enter(client, sari)
    client.post(STEP, {"code": app_code()})
    assert "kode cadangan ikut terhapus" in client.get(f"{SECURITY}hapus/{factor.pk}/").content.decode()
    with committed():
        assert client.post(f"{SECURITY}hapus/{factor.pk}/").url == SECURITY
    assert not Authenticator.objects.exists()
    assert client.post(f"{SECURITY}hapus/{factor.pk}/").status_code == 404
    assert "dihapus" in mail.outbox[-1].body


def test_new_recovery_codes_replace_the_old_ones(client, sari):
    give_app(sari)
    old = recovery_codes(sari)
    enter(client, sari)
    client.post(STEP, {"code": app_code()})
    assert client.post(f"{SECURITY}kode-cadangan/baru/").url == f"{SECURITY}kode-cadangan/"
    assert not set(old) & set(recovery_codes(sari))
    plain = Client()
    enter(plain, UserFactory(email="lain@example.com"))
    refused = plain.post(f"{SECURITY}kode-cadangan/baru/")
    assert (refused.status_code, sentence(errors.NO_FACTOR) in refused.content.decode()) == (409, True)


def test_another_key_of_the_site_locks_out_nobody_for_ever(client, sari, settings):
    give_app(sari)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    enter(client, sari)
    assert client.post(STEP, {"code": app_code()}).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    other = Client()
    enter(other, sari)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert other.post(STEP, {"code": app_code()}).status_code == 422


@pytest.mark.parametrize("passkeys", [1, 3])
def test_the_sign_in_pages_cost_the_same_however_much_is_set_up(client, sari, django_assert_num_queries, passkeys):
    for number in range(passkeys):
        Authenticator.objects.create(user=sari, type="webauthn", data={"name": f"Ponsel {number}"})
    Site.objects.get_current()  # asked for once in the life of a process
    for link in ("/akun/masuk/", "/akun/masuk/kata-sandi/"):
        with django_assert_num_queries(0):
            client.get(link)
    enter(client, sari)
    # Session, person, factors.
    with django_assert_num_queries(3):
        assert client.get(STEP).content.decode().count("data-passkey=") == 1
    client.force_login(sari)
    # Session, person, factors, offices, devices, accounts elsewhere, phone, news.
    with django_assert_num_queries(8):
        client.get(SECURITY)


# --- Staff ------------------------------------------------------------------------------------
@pytest.fixture
def strict(settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 7
    return settings


def grown(user: User, days: int = 8) -> User:
    User.objects.filter(pk=user.pk).update(joined=timezone.now() - timedelta(days=days))
    user.refresh_from_db()
    return user


def test_an_office_rests_without_a_second_step_once_the_days_are_over(client, strict):
    rina = grown(section_head(user=UserFactory(email="rina@example.com")))
    watch = topics.desk(agency().pk)
    assert enter(client, rina).url == SECURITY
    assert "Jabatan Anda belum dapat dipakai" in client.get(SECURITY).content.decode()
    for link in ("/meja/", "/staf/", "/staf/offices/", "/warga/meja/"):
        for refused in (client.get(link), client.post(link)):
            assert refused.status_code == 403
            assert 'href="/akun/keamanan/"' in refused.content.decode()
    assert client.get("/meja/", headers={"accept": "application/json"}).json()["code"] == "second_step_needed"
    assert offices_of(rina) == ()
    assert not sources.allowed(rina, watch)
    # What everybody may do they may too.
    assert client.get("/laporan/").status_code == 200

    set_up(client)
    fresh = User.objects.get(pk=rina.pk)
    assert [held.role for held in offices_of(fresh)] == [Role.SECTION_HEAD]
    assert sources.allowed(fresh, watch)
    assert client.get("/meja/").status_code == 200


def test_until_then_a_notice_names_the_day(client, strict):
    rina = grown(section_head(user=UserFactory(email="rina@example.com")), days=3)
    assert enter(client, rina).url == "/"
    last = timezone.localdate() + timedelta(days=4)
    assert f"{last.day} " in client.get(SECURITY).content.decode().split("Pasang langkah kedua sebelum")[1][:60]
    assert client.get("/meja/").status_code == 200


def test_days_count_from_the_first_day_of_the_office(strict):
    joko = grown(officer(starts=timezone.localdate() - timedelta(days=2)), days=400)
    assert len(offices_of(joko)) == 1
    strict.SECOND_FACTOR_GRACE_DAYS = 2
    assert offices_of(User.objects.get(pk=joko.pk)) == ()


def test_a_superuser_and_an_admin_may_do_nothing_either(client, strict):
    boss = grown(UserFactory(email="boss@example.com", is_staff=True, is_superuser=True))
    assert not is_admin(boss)
    assert not is_admin(grown(admin()))
    enter(client, boss)
    assert client.get("/staf/").status_code == 403
    give_app(boss)
    assert is_admin(User.objects.get(pk=boss.pk))


def test_nobody_else_is_asked_for_anything(client, sari, strict):
    grown(sari, days=4000)
    assert enter(client, sari).url == "/"
    assert "jabatan" not in client.get(SECURITY).content.decode().split("<main")[1].lower()


def test_offices_cost_one_query_with_the_second_step(strict, django_assert_num_queries):
    rina = grown(section_head())
    with django_assert_num_queries(1):
        assert offices_of(rina) == ()
        assert offices_of(rina) == ()


# --- Everything lost --------------------------------------------------------------------------
HELP = f"{SECURITY}bantu/"


def test_an_admin_lets_in_who_has_lost_everything_and_the_ledger_knows(client, sari, committed):
    give_app(sari)
    there = Client()
    enter(there, sari)
    there.post(STEP, {"code": app_code()})
    laras = admin(user=UserFactory(email="laras@example.com"))
    enter(client, laras)
    assert client.get(HELP).status_code == 200
    unsaid = client.post(HELP, {"person": "Ibu Sari"})
    assert unsaid.status_code == 422
    with committed():
        assert client.post(HELP, {"person": "ibu sari", "how": "face"}).url == HELP
    assert not Authenticator.objects.exists()
    assert there.get("/akun/").status_code == 302
    entry = Entry.objects.get(verb="second_step.removed")
    assert (entry.payload["user"], entry.payload["how"], entry.actor_id) == (sari.pk, "face", laras.pk)
    assert mail.outbox[-1].to == [sari.email]
    assert enter(Client(), sari).url == "/"
    again = client.post(HELP, {"person": "Ibu Sari", "how": "face"})
    assert sentence(errors.NOTHING_TO_HELP) in again.content.decode()


@pytest.mark.parametrize("who", ["citizen", "head", "the admin", "an admin of another city"])
def test_nobody_else_takes_a_second_step_away(client, sari, who):
    target = section_head()
    helper = {
        "citizen": lambda: sari,
        "head": section_head,
        "the admin": admin,
        "an admin of another city": lambda: admin("31.75"),
    }[who]()
    if who == "the admin":
        target = helper
    give_app(target)
    with pytest.raises(DomainError, match="not_allowed"):
        services.help_in(actor=helper, person=target, how="face")
    assert Authenticator.objects.count() == 2
    assert not Entry.objects.filter(verb="second_step.removed").exists()
    if who in ("citizen", "head"):
        enter(client, helper)
        assert client.post(HELP, {"person": target.nickname, "how": "face"}).status_code == 403


@pytest.mark.parametrize("who", ["superuser", "staff", "begins tomorrow", "rests"])
def test_an_admin_of_a_region_helps_neither_the_staff_of_the_site_nor_offices_elsewhere(who):
    today = timezone.localdate()
    target = {
        "superuser": lambda: UserFactory(is_superuser=True),
        "staff": lambda: UserFactory(is_staff=True),
        "begins tomorrow": lambda: admin("31", starts=today + timedelta(days=1)),
        "rests": lambda: admin("31", reviewed=today - timedelta(days=4000)),
    }[who]()
    give_app(target)
    with pytest.raises(DomainError, match="not_allowed"):
        services.help_in(actor=admin("31.73"), person=target, how="face")
    assert Authenticator.objects.count() == 2
    services.help_in(actor=admin("31", title="Admin lain"), person=target, how="face")
    assert not Authenticator.objects.exists()
