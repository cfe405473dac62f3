"""What people agree to: written down where it begins, asked anew when the text changes, taken back where one can."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from core import consents as registry
from core.errors import DomainError
from notices import services as notices
from notices.models import PushDevice
from privacy import consents
from privacy.models import Consent
from tests.committed import at_once
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/akun/data/"
NEW = "Halaman tentang data Anda berubah"


@pytest.fixture
def sari(client):
    user = UserFactory(nickname="Ibu Sari", email="sari@example.com")
    client.force_login(user)
    return user


def said(person, kind):
    rows = Consent.objects.filter(user=person, kind=kind).order_by("pk")
    return list(rows.values_list("version", "agreed", "office"))


def with_device(person):
    PushDevice.objects.create(user=person, endpoint="https://push.example/1", digest="1" * 64, point="p", secret="s")
    registry.agree(person, "push")


def test_signing_in_for_the_first_time_says_yes_once(client, sari):
    client.force_login(sari)
    assert said(sari, "terms") == [(consents.TERMS_VERSION, True, "")]


class TestNewTerms:
    @pytest.fixture
    def older(self, client, sari, monkeypatch):
        monkeypatch.setattr(consents, "TERMS_VERSION", "2027-01")
        consents.register_all()
        yield sari
        monkeypatch.undo()
        consents.register_all()

    def test_the_page_asks_and_stays_readable_until_somebody_agrees(self, client, older):
        page = client.get("/laporan/")
        assert page.status_code == 200
        assert NEW in page.content.decode()
        assert client.post(f"{PAGE}setuju/", {"next": "/laporan/?hal=1"}).url == "/laporan/?hal=1"
        assert NEW not in client.get("/laporan/").content.decode()
        assert [row[0] for row in said(older, "terms")] == ["2026-11", "2027-01"]

    def test_agreeing_again_adds_nothing_and_leads_nowhere_else(self, client, older):
        for wanted in ("https://jahat.example/", "//jahat.example", "", "abc"):
            assert client.post(f"{PAGE}setuju/", {"next": wanted}).url == PAGE
        assert len(said(older, "terms")) == 2

    def test_signing_in_elsewhere_asks_there_too(self, client, older):
        client.force_login(older)
        assert NEW in client.get("/laporan/").content.decode()

    def test_asking_costs_no_query(self, client, older, django_assert_num_queries):
        session = dict(client.session)
        with django_assert_num_queries(0):
            assert consents.asks_anew(session)


def test_visitors_and_who_knows_the_text_are_not_asked(client, sari):
    assert NEW not in client.get("/laporan/").content.decode()
    client.logout()
    assert NEW not in client.get("/laporan/").content.decode()


class TestTakingBack:
    def test_it_stops_what_began_with_it(self, client, sari):
        with_device(sari)
        assert f"{PAGE}persetujuan/push/cabut/" in client.get(PAGE).content.decode()
        assert client.post(f"{PAGE}persetujuan/push/cabut/").url == PAGE
        assert not PushDevice.objects.filter(user=sari).exists()
        assert [row[1] for row in said(sari, "push")] == [True, False]
        page = client.get(PAGE).content.decode()
        assert "persetujuan/push" not in page
        assert "Pesan langsung di perangkat Anda: dicabut" in page

    def test_switching_the_last_device_off_is_the_same_word(self, sari):
        with_device(sari)
        notices.unsubscribe_devices(actor=sari, endpoint="https://push.example/other")
        assert [row[1] for row in said(sari, "push")] == [True]
        notices.unsubscribe_devices(actor=sari)
        assert [row[1] for row in said(sari, "push")] == [True, False]

    @pytest.mark.parametrize("name", ["terms", "verification", "assisted", "tidak-ada"])
    def test_what_ends_only_with_the_account_says_so(self, client, sari, name):
        answer = client.post(f"{PAGE}persetujuan/{name}/cabut/")
        assert answer.status_code == 409
        with pytest.raises(DomainError) as refused:
            consents.withdraw(actor=sari, name=name)
        assert refused.value.code == "consent_stays"
        assert all(row[1] for row in said(sari, name))

    def test_nobody_takes_back_what_somebody_else_said(self, client, sari):
        with_device(other := UserFactory())
        client.post(f"{PAGE}persetujuan/push/cabut/")
        assert PushDevice.objects.filter(user=other).exists()
        assert said(sari, "push") == []


def test_the_database_refuses_to_rewrite_what_was_said(sari):
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(user=sari).update(agreed=False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_many(client, sari, count, django_assert_max_num_queries):
    for place in range(count):
        consents.keep(person=sari, kind="push", version=f"v{place}", agreed=True, office="")
    with django_assert_max_num_queries(20):
        client.get(PAGE)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_yes_said_many_times_at_once_is_written_once():
    person = UserFactory()
    assert at_once(12, lambda place: registry.agree(person, "push")) == [None] * 12
    assert [row[1] for row in said(person, "push")] == [True]
