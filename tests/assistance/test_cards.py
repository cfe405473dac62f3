"""Cards: made at a desk, used to sign in, locked, renewed; the PIN is nowhere."""

from __future__ import annotations

import logging
import re
import uuid

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.models import User
from assistance import demo, registrations, services
from assistance.domain import cards
from assistance.models import Card, Help
from core.errors import DomainError
from ledger.models import Entry
from privacy.models import Consent
from residents import services as residents
from tests.committed import at_once
from tests.factories.accounts import PALMERAH, UserFactory, office, officer, region
from tests.residents.conftest import NIK, OTHER_NIK

pytestmark = pytest.mark.django_db
ENTRY = "/akun/masuk/kartu/"


def a_card(joko: User | None = None) -> tuple[Card, str]:
    return services.open_with_card(actor=joko or officer(), language="id", client_key=uuid.uuid4())


def refused(act, **given) -> DomainError:
    with pytest.raises(DomainError) as error:
        act(**given)
    return error.value


def test_somebody_gets_a_card_at_the_desk_and_signs_in(client):
    joko = officer()
    client.force_login(joko)
    form = client.get("/loket/kartu/")
    key = form.context["form"]["client_key"].value()
    made = client.post("/loket/kartu/", {"client_key": key, "language": "id", "agreed": "on"})
    number, pin = re.findall(r'showcode__digits" translate="no">([\d ]+)<', made.content.decode())
    paper = client.post(
        "/loket/kartu/cetak/", {"paper": re.search(r'name="paper" value="([^"]+)"', made.content.decode())[1]}
    )
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert "no-store" in paper["Cache-Control"]
    person = Client()
    inside = person.post(ENTRY, {"nomor": number, "pin": pin, "next": "/warga/"})
    assert (inside.status_code, inside.url) == (302, "/warga/")
    card = Card.objects.get()
    assert person.session["_auth_user_id"] == str(card.user_id)
    assert card.user.email is None
    assert Entry.objects.filter(verb="assist.helped", actor_id=joko.pk, payload__what="card").count() == 1
    assert Consent.objects.get(user=card.user, kind="terms").office == "Kelurahan Slipi"
    assert Help.objects.get().desk == "Kelurahan Slipi"


def test_the_pin_is_nowhere_to_be_found(client, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(officer())
    key = uuid.uuid4()
    page = client.post("/loket/kartu/", {"client_key": key, "language": "id", "agreed": "on"}).content.decode()
    pin = re.findall(r'translate="no">(\d{3} \d{3})<', page)[0]
    forms = (f"'{pin}'", f"'{pin.replace(' ', '')}'", pin)
    everything = [record.getMessage() for record in caplog.records] + [letter.body for letter in mail.outbox]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names come from the database
            everything += [str(row) for row in cursor.fetchall()]
    assert any(Card.objects.get().number in text for text in everything)
    assert not [text for text in everything for form in forms if form in text]


def test_the_same_form_sent_twice_makes_one_card(client):
    client.force_login(officer())
    fields = {"client_key": uuid.uuid4(), "language": "id", "agreed": "on"}
    assert client.post("/loket/kartu/", fields).status_code == 200
    again = client.post("/loket/kartu/", fields)
    assert again.status_code == 409
    assert Card.objects.count() == 1


@pytest.mark.parametrize("person", [None, "moderator"])
def test_only_desks_make_cards(person):
    actor = UserFactory() if person is None else office(person, "31")
    assert refused(services.open_with_card, actor=actor, language="id", client_key=uuid.uuid4()).code == "not_allowed"
    assert Card.objects.count() == 0


class TestTheWayIn:
    def test_unknown_numbers_wrong_pins_and_locked_cards_get_one_answer(self, client):
        card, pin = a_card()
        answers = []
        for number in (card.number, cards.make_number(lambda below: int(card.number) % below)):
            answers += [client.post(ENTRY, {"nomor": number, "pin": "111222"}) for _ in range(6)]
        answers.append(client.post(ENTRY, {"nomor": card.number, "pin": pin}))
        told = {(one.status_code, str(one.context["form"].errors)) for one in answers}
        assert len(told) == 1
        assert "_auth_user_id" not in client.session
        assert Card.objects.get().is_locked

    def test_the_work_is_the_same_for_numbers_that_do_not_exist(self, monkeypatch):
        card, _pin = a_card()
        hashed = []
        monkeypatch.setattr("assistance.services.cards.check_password", lambda *given: hashed.append("checked"))
        monkeypatch.setattr(
            "assistance.services.cards.make_password", lambda *given: hashed.append("made") or make_password("x")
        )
        refused(services.owner_of, number=card.number, pin="111222")
        refused(services.owner_of, number="00000000", pin="111222")
        assert hashed == ["checked", "made"]

    def test_a_right_pin_makes_earlier_slips_forgotten(self, client):
        card, pin = a_card()
        for _ in range(4):
            refused(services.owner_of, number=card.number, pin="111222")
        assert services.owner_of(number=card.number, pin=pin) == card.user
        assert Card.objects.get().tries == 0

    def test_strangers_do_not_lock_out_a_device_that_knows_the_card(self, client):
        card, pin = a_card()
        client.post(ENTRY, {"nomor": card.number, "pin": pin})
        client.post("/akun/keluar/")
        for _ in range(6):
            Client().post(ENTRY, {"nomor": card.number, "pin": "111222"})
        assert client.post(ENTRY, {"nomor": card.number, "pin": pin}).status_code == 302
        assert Client().post(ENTRY, {"nomor": card.number, "pin": pin}).status_code == 302

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"nomor": ""}, "nomor"),
            ({"nomor": "12345678"}, "nomor"),
            ({"pin": "12"}, "pin"),
            ({"pin": "\x00"}, "pin"),
            ({"nomor": "9" * 900}, "nomor"),
        ],
    )
    def test_what_is_mistyped_is_told_beside_the_field(self, client, fields, field):
        answer = client.post(ENTRY, {"nomor": "12345674", "pin": "905713"} | fields)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors

    def test_it_leads_nowhere_but_into_the_site(self, client):
        card, pin = a_card()
        assert client.post(ENTRY, {"nomor": card.number, "pin": pin, "next": "https://jahat.example/"}).url == "/"

    def test_a_closed_account_stays_closed(self):
        card, pin = a_card()
        User.objects.filter(pk=card.user_id).update(is_active=False)
        assert refused(services.owner_of, number=card.number, pin=pin).code == "card_refused"


class TestANewPin:
    def test_the_desk_makes_one_and_the_old_one_and_its_sessions_end(self, client):
        joko = officer()
        card, old = a_card(joko)
        client.post(ENTRY, {"nomor": card.number, "pin": old})
        assert client.get("/akun/").status_code == 200
        new = services.new_pin(actor=joko, card=card)
        assert client.get("/akun/").status_code == 302
        assert refused(services.owner_of, number=card.number, pin=old).code == "card_refused"
        assert services.owner_of(number=card.number, pin=new) == card.user

    def test_a_desk_elsewhere_does_not(self):
        card, pin = a_card()
        assert refused(services.new_pin, actor=officer(PALMERAH), card=card).code == "card_elsewhere"
        assert services.owner_of(number=card.number, pin=pin) == card.user

    def test_of_a_verified_resident_only_with_the_same_identity_card(self):
        joko = officer()
        card, pin = a_card(joko)
        residents.verify(actor=joko, user=card.user, nik=NIK, kelurahan=region(), rw="6")
        for nik in ("", OTHER_NIK):
            assert refused(services.new_pin, actor=joko, card=card, nik=nik).code == "card_of_resident"
        assert services.owner_of(number=card.number, pin=pin) == card.user
        assert services.new_pin(actor=joko, card=card, nik=NIK)

    def test_not_for_an_account_that_has_an_address(self):
        joko = officer()
        card, _pin = a_card(joko)
        User.objects.filter(pk=card.user_id).update(email="ibu@example.com")
        assert refused(services.new_pin, actor=joko, card=card).code == "card_has_email"

    def test_the_person_chooses_another_one(self, client):
        card, pin = a_card()
        client.post(ENTRY, {"nomor": card.number, "pin": pin})
        for wrong in ({"current": "111222", "wanted": "905713"}, {"current": pin, "wanted": "123456"}):
            assert client.post("/akun/kartu/", wrong).status_code == 422
        assert client.post("/akun/kartu/", {"current": pin, "wanted": "905713"}).status_code == 302
        assert client.get("/akun/kartu/").status_code == 200
        assert services.owner_of(number=card.number, pin="905713") == card.user

    def test_a_card_that_is_the_only_way_in_is_not_ended(self):
        card, _pin = a_card()
        assert refused(services.end_card, actor=card.user).code == "card_last_way"
        User.objects.filter(pk=card.user_id).update(email="ibu@example.com")
        services.end_card(actor=card.user)
        assert not Card.objects.exists()

    def test_a_borrowed_phone_neither_ends_it_nor_gives_another_address(self, client):
        card, pin = a_card()
        client.force_login(card.user)
        asked = client.get("/akun/surel/", follow=True)
        assert "masuk lagi dengan kartu" in asked.content.decode()
        User.objects.filter(pk=card.user_id).update(email="ibu@example.com")
        assert client.post("/akun/kartu/akhiri/").url.startswith("/akun/keamanan/konfirmasi/")
        assert Card.objects.exists()
        client.post("/akun/keluar/")
        client.post(ENTRY, {"nomor": card.number, "pin": pin})
        assert client.get("/akun/surel/").status_code == 200
        client.post("/akun/kartu/akhiri/")
        assert not Card.objects.exists()


def test_the_demo_tells_number_and_pin_until_somebody_changes_it():
    assert registrations.demo_panel(None, None) is None
    person = demo.seed_card(officer())
    assert demo.seed_card(officer()) == person
    told = registrations.demo_panel(None, None).context
    assert services.owner_of(number=cards.tidy(told["number"]), pin=cards.tidy(told["pin"])) == person
    services.change_pin(actor=person, current=demo.PIN, wanted="905713")
    assert registrations.demo_panel(None, None) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_fifty_guesses_at_once_five_are_judged():
    card, pin = a_card()
    results = at_once(50, lambda place: services.owner_of(number=card.number, pin=f"1112{place:02d}"))
    assert {one.code for one in results} == {"card_refused"}
    assert Card.objects.get().tries == 5
    assert refused(services.owner_of, number=card.number, pin=pin).code == "card_refused"
