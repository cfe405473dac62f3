"""Verified at the desk, renewed, moved, taken back, run out; refused; never a number left behind."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role
from accounts.offices import offices_of
from core.errors import DomainError, explanations
from ledger.models import Entry
from residents import queries, services
from residents.domain.terms import End, Method
from residents.models import Introduction, Verification, WitnessRequest
from tests.committed import at_once
from tests.factories.accounts import PALMERAH, UserFactory, admin, office, officer, region, section_head
from tests.residents.conftest import NIK, OTHER_NIK

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 24, 3, tzinfo=UTC)
MANY = 50
PALMERAH_REGION = "31.73.07.1001"


def fresh(user):
    return type(user).objects.get(pk=user.pk)


@time_machine.travel(MOMENT, tick=False)
def test_an_officer_verifies_a_resident(verify, sari, joko, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        held = verify(rw="006")
    assert (held.kelurahan, held.rw, held.over_17, held.method) == (region(), "06", True, Method.FACE_TO_FACE)
    assert (held.expires, held.verified_by) == (date(2028, 11, 24), joko)
    assert queries.residency_of(fresh(sari)) == held
    assert queries.lives_in(fresh(sari), region())
    assert queries.lives_in(fresh(sari), "31.73")
    assert not queries.lives_in(fresh(sari), PALMERAH_REGION)
    entry = Entry.objects.get(subject_type="resident", subject_id=str(sari.pk))
    assert (entry.verb, entry.payload["kelurahan"]) == ("resident.verified", "31.73.07.1002")
    (letter,) = mail.outbox
    assert letter.to == ["sari@example.com"]
    assert "Kelurahan Slipi" in letter.body


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nik": "123"}, "nik_length"),
        ({"nik": "9973071708900001"}, "nik_province"),
        ({"nik": "3173073213900001"}, "nik_date"),
        ({"nik": "3173071708900000"}, "nik_serial"),
        ({"nik": "3173070101200001"}, "nik_century"),
        ({"rw": ""}, "rw_missing"),
        ({"rw": "enam"}, "rw_missing"),
        ({"rw": "0"}, "rw_missing"),
        ({"actor": "sari"}, "verify_not_yourself"),
        ({"actor": lambda: UserFactory()}, "not_your_office"),
        ({"actor": lambda: officer(PALMERAH)}, "verify_not_your_kelurahan"),
        ({"actor": lambda: officer(ends=date(2026, 2, 1))}, "not_your_office"),
        ({"actor": lambda: office(Role.MODERATOR, "31.73")}, "not_your_office"),
        ({"actor": lambda: office(Role.AUDITOR, "31")}, "not_your_office"),
        ({"actor": lambda: office(Role.FACILITATOR, "31.74")}, "verify_not_your_kelurahan"),
    ],
)
@time_machine.travel(MOMENT, tick=False)
def test_refused_verifications_change_nothing(verify, sari, changes, code):
    actor = changes.get("actor")
    if actor:
        changes = {"actor": sari if actor == "sari" else actor()}
    with pytest.raises(DomainError) as refused:
        verify(**changes)
    assert refused.value.code == code
    assert code in explanations()
    assert not Verification.objects.exists()
    assert not Entry.objects.filter(subject_type="resident").exists()


@pytest.mark.parametrize(
    "actor",
    [lambda: office(Role.FACILITATOR, "31.73"), lambda: office(Role.FACILITATOR, "31.73.07.1002"), section_head],
)
def test_facilitators_and_section_heads_verify_in_their_region(verify, actor):
    assert verify(actor=actor()).office


def test_somebody_of_a_hundred_is_told_from_a_child(verify):
    assert verify(nik="3173070101200001", of_a_hundred=True).over_17
    assert not verify(nik="3173070101200001", of_a_hundred=False).over_17


@time_machine.travel(MOMENT)
def test_what_was_agreed_to_is_kept_where_it_was_said(verify, sari, joko):
    verify()
    assert [(row.kind, row.office) for row in sari.consents.all()] == [
        ("verification", str(offices_of(joko)[0].office))
    ]


def test_the_same_card_again_renews_and_another_home_is_a_move(verify, sari):
    first = verify()
    second = verify()
    third = verify(actor=officer(PALMERAH), kelurahan=region(PALMERAH_REGION), rw="2")
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.end, second.end, third.end] == [End.RENEWED, End.MOVED, ""]
    assert [first.fingerprint, second.fingerprint] == ["", ""]
    assert queries.residency_of(fresh(sari)) == third


def test_one_card_is_one_account_and_the_auditor_sees_the_attempt(verify, joko):
    held, other = verify(), UserFactory()
    with pytest.raises(DomainError) as refused:
        verify(user=other)
    assert (refused.value.code, refused.value.field) == ("verified_elsewhere", "nik")
    assert queries.residency_of(other) is None
    attempt = Entry.objects.get(verb="resident.refused_again")
    assert attempt.payload == {"verification": held.pk, "kelurahan": "31.73.07.1002"}
    assert attempt.actor_id == joko.pk


def test_one_account_is_one_card(verify):
    verify()
    with pytest.raises(DomainError) as refused:
        verify(nik=OTHER_NIK)
    assert refused.value.code == "verified_with_other_card"


@pytest.mark.parametrize("same", ["fingerprint", "user"])
def test_the_database_itself_knows_one_person_and_one_account(verify, same):
    held = verify()
    held.pk = None
    if same == "fingerprint":
        held.user = UserFactory()
    else:
        held.fingerprint = "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()


@pytest.mark.parametrize("actor", [section_head, lambda: admin("31.73"), admin])
def test_a_verification_is_taken_back_with_a_reason(verify, sari, actor, django_capture_on_commit_callbacks):
    held = verify()
    with django_capture_on_commit_callbacks(execute=True):
        services.revoke(actor=actor(), verification=held, reason="Kartu milik orang lain")
    assert queries.residency_of(fresh(sari)) is None
    held.refresh_from_db()
    assert (held.end, held.fingerprint, held.end_reason) == (End.REVOKED, "", "Kartu milik orang lain")
    assert "Kartu milik orang lain" in mail.outbox[-1].body
    assert "Kartu" not in json.dumps([entry.payload for entry in Entry.objects.filter(subject_type="resident")])
    verify()


@pytest.mark.parametrize(
    ("actor", "reason", "code"),
    [
        (section_head, "  ", "revocation_reason"),
        (lambda: section_head(PALMERAH), "Salah", "not_your_office"),
        (lambda: admin("31.74"), "Salah", "not_your_office"),
        (officer, "Salah", "not_your_office"),
        (lambda: office(Role.FACILITATOR, "31.73"), "Salah", "not_your_office"),
    ],
)
def test_who_may_not_take_back_changes_nothing(verify, sari, actor, reason, code):
    held = verify()
    with pytest.raises(DomainError) as refused:
        services.revoke(actor=actor(), verification=held, reason=reason)
    assert refused.value.code == code
    assert queries.residency_of(fresh(sari)) == held


def test_what_has_run_out_ends_and_the_person_is_told(verify, sari, django_capture_on_commit_callbacks):
    with time_machine.travel(MOMENT, tick=False):
        held = verify()
    with time_machine.travel(datetime(2028, 11, 23, 3, tzinfo=UTC), tick=False):
        assert queries.standing(fresh(sari)).due
        assert services.expire(now=timezone.now()) == 0
    with time_machine.travel(datetime(2028, 11, 24, 3, tzinfo=UTC), tick=False):
        assert queries.residency_of(fresh(sari)) is None
        with django_capture_on_commit_callbacks(execute=True):
            assert services.expire(now=timezone.now()) == 1
        held.refresh_from_db()
        assert (held.end, held.fingerprint) == (End.EXPIRED, "")
        assert len(mail.outbox) == 1


def test_a_card_whose_verification_ran_out_is_free_before_tick_has_come_by(verify):
    with time_machine.travel(MOMENT, tick=False):
        verify()
    with time_machine.travel(datetime(2028, 12, 1, 3, tzinfo=UTC), tick=False):
        assert verify(user=UserFactory(), actor=officer())


def test_an_account_whose_verification_ran_out_may_come_with_another_card(verify):
    with time_machine.travel(MOMENT, tick=False):
        old = verify()
    with time_machine.travel(datetime(2028, 12, 1, 3, tzinfo=UTC), tick=False):
        assert verify(nik=OTHER_NIK, actor=officer())
        old.refresh_from_db()
        assert old.end == End.EXPIRED


class TestIntroductions:
    def test_a_code_says_who_stands_at_the_desk(self, sari, joko):
        code = services.introduce(actor=sari).code
        assert code.isdigit()
        assert len(code) == 6
        assert services.introduced(actor=joko, code=code) == sari
        assert services.introduce(actor=sari).code == code

    def test_it_runs_out_and_a_new_one_is_made(self, sari, joko):
        with time_machine.travel(MOMENT, tick=False) as clock:
            code = services.introduce(actor=sari).code
            clock.shift(timedelta(minutes=13))
            newer = services.introduce(actor=sari).code
            clock.shift(timedelta(minutes=16))
            for one in (code, newer, "000000"):
                with pytest.raises(DomainError) as refused:
                    services.introduced(actor=joko, code=one)
                assert refused.value.code == "introduction_unknown"

    def test_nobody_reads_their_own_code_at_the_desk(self, joko):
        with pytest.raises(DomainError) as refused:
            services.introduced(actor=joko, code=services.introduce(actor=joko).code)
        assert refused.value.code == "verify_not_yourself"

    def test_a_used_code_is_gone(self, verify, sari):
        services.introduce(actor=sari)
        verify()
        assert not Introduction.objects.exists()


class TestNeighbours:
    @pytest.fixture
    def witnesses(self, verify):
        people = [UserFactory(), UserFactory(), UserFactory()]
        for place, person in enumerate(people):
            verify(user=person, nik=f"317307170890001{place}")
        return people

    def ask(self, sari, **changes):
        return services.ask_neighbours(**({"actor": sari, "nik": NIK, "kelurahan": region(), "rw": "06"} | changes))

    def test_who_asks_says_yes_with_it(self, sari, witnesses):
        with pytest.raises(DomainError):
            self.ask(sari, rw="0")
        assert not sari.consents.exists()
        self.ask(sari)
        assert [(row.kind, row.office) for row in sari.consents.all()] == [("verification", "")]

    def test_two_neighbours_make_a_resident(self, sari, witnesses):
        self.ask(sari)
        assert services.testify(actor=witnesses[0], neighbour=sari) is None
        assert services.testify(actor=witnesses[0], neighbour=sari) is None
        made = services.testify(actor=witnesses[1], neighbour=sari)
        assert (made.method, made.verified_by, made.rw) == (Method.WITNESSES, None, "06")
        assert not WitnessRequest.objects.exists()
        with pytest.raises(DomainError):
            services.testify(actor=witnesses[2], neighbour=sari)

    def test_who_was_verified_by_neighbours_is_no_witness(self, sari, witnesses):
        self.ask(sari)
        for one in witnesses[:2]:
            services.testify(actor=one, neighbour=sari)
        tono = UserFactory()
        self.ask(tono, nik=OTHER_NIK)
        with pytest.raises(DomainError) as refused:
            services.testify(actor=fresh(sari), neighbour=tono)
        assert refused.value.code == "not_a_witness"

    @pytest.mark.parametrize("changes", [{"rw": "07"}, {"kelurahan": PALMERAH_REGION}])
    def test_only_the_same_rw_counts(self, sari, witnesses, changes):
        self.ask(sari, **{name: region(value) if name == "kelurahan" else value for name, value in changes.items()})
        with pytest.raises(DomainError) as refused:
            services.testify(actor=witnesses[0], neighbour=sari)
        assert refused.value.code == ("resident_elsewhere" if "kelurahan" in changes else "not_a_witness")

    def test_a_card_of_somebody_else_is_refused_at_once(self, sari, witnesses):
        with pytest.raises(DomainError) as refused:
            self.ask(sari, nik="3173071708900010")
        assert refused.value.code == "verified_elsewhere"

    def test_it_can_be_switched_off(self, sari, witnesses, settings):
        self.ask(sari)
        settings.RESIDENT_WITNESSES = False
        for act in (lambda: self.ask(sari), lambda: services.testify(actor=witnesses[0], neighbour=sari)):
            with pytest.raises(DomainError) as refused:
                act()
            assert refused.value.code == "witnesses_off"

    def test_a_request_made_under_an_older_key_still_meets_the_same_card(self, sari, witnesses, settings, verify):
        self.ask(sari)
        settings.RESIDENT_PEPPERS = [*settings.RESIDENT_PEPPERS, "ab" * 32]
        services.testify(actor=witnesses[0], neighbour=sari)
        made = services.testify(actor=witnesses[1], neighbour=sari)
        assert made.pepper_version == 2
        with pytest.raises(DomainError):
            verify(user=UserFactory())


class TestNewKey:
    def test_what_is_stored_is_wrapped_and_still_found(self, verify, settings):
        old = verify()
        settings.RESIDENT_PEPPERS = [*settings.RESIDENT_PEPPERS, "cd" * 32]
        with pytest.raises(DomainError):
            verify(user=UserFactory())
        out = io.StringIO()
        call_command("rewrap_fingerprints", stdout=out)
        old_fingerprint = old.fingerprint
        old.refresh_from_db()
        assert old.pepper_version == 2
        assert old.fingerprint != old_fingerprint
        with pytest.raises(DomainError) as refused:
            verify(user=UserFactory())
        assert refused.value.code == "verified_elsewhere"
        assert services.rewrap() == 0


def test_the_number_is_nowhere_to_be_found(verify, sari, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.DEBUG)
    with django_capture_on_commit_callbacks(execute=True):
        verify()
        services.ask_neighbours(actor=UserFactory(), nik=OTHER_NIK, kelurahan=region(), rw="6")
    with pytest.raises(DomainError):
        verify(user=UserFactory())
    everything = [record.getMessage() for record in caplog.records]
    everything += [letter.body + str(letter.alternatives) for letter in mail.outbox]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names come from the database
            everything += [str(row) for row in cursor.fetchall()]
    assert any("31.73.07.1002" in text for text in everything)
    assert not [text for text in everything if NIK in text or OTHER_NIK in text]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_card_verified_fifty_times_at_once_is_one_resident():
    desks, people = [officer() for _ in range(5)], [UserFactory() for _ in range(MANY)]
    slipi = region()

    def act(place):
        values = {"nik": NIK, "kelurahan": slipi, "rw": "6"}
        return services.verify(actor=desks[place % 5], user=people[place], **values)

    results = at_once(MANY, act)
    refused = [result.code for result in results if isinstance(result, DomainError)]
    assert refused == ["verified_elsewhere"] * (MANY - 1)
    assert Verification.objects.filter(ended_on=None).count() == 1
