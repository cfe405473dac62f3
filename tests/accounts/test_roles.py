"""Offices: given, active by the day, ended, refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import queries, rules, services
from accounts.models import Role, RoleAssignment
from core.errors import DomainError, explanations
from core.permissions import may
from ledger.models import Entry
from tests.committed import at_once
from tests.factories.accounts import PALMERAH, SLIPI, UserFactory, admin, agency, office, officer, region, section_head

pytestmark = pytest.mark.django_db


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_an_admin_fills_an_office_and_the_ledger_remembers_it_without_names():
    actor, person = admin("31.73"), UserFactory(name="Rina Wulandari")
    held = services.appoint(actor=actor, user=person, role=Role.SECTION_HEAD, title="Kasi Ekbang", agency=agency(SLIPI))
    assert held.office == "Kasi Ekbang, Kelurahan Slipi"
    assert queries.units_of(person) == {agency(SLIPI).pk}
    assert queries.has_desk(person)
    entry = Entry.objects.get(subject_type="role", subject_id=str(held.pk))
    assert (entry.verb, entry.actor_id, entry.office) == ("role.appointed", actor.pk, "Admin kota, Jakarta Barat")
    assert entry.payload["agency"] == SLIPI
    assert "Rina" not in str(entry.payload)


@pytest.mark.parametrize(
    ("make_actor", "role", "scope", "code"),
    [
        (lambda: section_head(SLIPI), Role.OFFICER, PALMERAH, "appoint_not_allowed"),
        (lambda: section_head(SLIPI), Role.SECTION_HEAD, SLIPI, "appoint_not_allowed"),
        (lambda: officer(SLIPI), Role.OFFICER, SLIPI, "appoint_not_allowed"),
        (lambda: admin("31.74"), Role.OFFICER, SLIPI, "appoint_not_allowed"),
        (lambda: admin("31.73"), Role.ADMIN, "31", "appoint_not_allowed"),
        (lambda: office(Role.AUDITOR, "31"), Role.OFFICER, SLIPI, "appoint_not_allowed"),
        (UserFactory, Role.OFFICER, SLIPI, "appoint_not_allowed"),
        (lambda: admin("31", ends=date(2026, 2, 1)), Role.OFFICER, SLIPI, "appoint_not_allowed"),
        (admin, Role.OFFICER, "31.73", "role_needs_unit"),
        (admin, Role.MODERATOR, SLIPI, "role_needs_region"),
        (admin, Role.PROVINCE_DESK, SLIPI, "role_not_at_unit"),
        (admin, Role.OFFICER, "pln", "role_not_at_unit"),
    ],
)
@time_machine.travel(datetime(2026, 6, 1, 3, tzinfo=UTC), tick=False)
def test_refused_appointments_change_nothing(make_actor, role, scope, code):
    actor, person = make_actor(), UserFactory()
    scopes = {"region": region(scope)} if scope[:2] == "31" else {"agency": agency(scope)}
    before = RoleAssignment.objects.count()
    with pytest.raises(DomainError) as refused:
        services.appoint(actor=actor, user=person, role=role, title="Petugas", **scopes)
    assert refused.value.code == code
    assert refused.value.sentence
    assert RoleAssignment.objects.count() == before
    assert not Entry.objects.exists()


def test_nobody_appoints_themselves():
    actor = admin()
    with pytest.raises(DomainError, match="appoint_yourself"):
        services.appoint(actor=actor, user=actor, role=Role.AUDITOR, title="Auditor", region=region("31"))


def test_a_superuser_appoints_the_first_admin():
    founder = UserFactory(is_superuser=True)
    services.appoint(actor=founder, user=(person := UserFactory()), role=Role.ADMIN, title="Admin", region=region("31"))
    assert rules.is_admin(person)


def test_the_same_office_is_not_held_twice_at_a_time_but_may_follow_itself():
    actor, person = admin(), UserFactory()
    today = timezone.localdate()
    given = {"actor": actor, "user": person, "role": Role.OFFICER, "title": "Petugas", "agency": agency(SLIPI)}
    services.appoint(**given, ends=today + timedelta(10))
    with pytest.raises(DomainError, match="role_held_already"):
        services.appoint(**given, starts=today + timedelta(9))
    services.appoint(**given, starts=today + timedelta(10))
    assert RoleAssignment.objects.filter(user=person).count() == 2


def test_the_end_must_lie_ahead():
    actor, person, today = admin(), UserFactory(), timezone.localdate()
    for days in ({"ends": today}, {"starts": today - timedelta(9), "ends": today}, {"starts": today, "ends": today}):
        with pytest.raises(DomainError, match="role_ends_too_early"):
            services.appoint(actor=actor, user=person, role=Role.OFFICER, title="P", agency=agency(), **days)


def test_an_office_holds_from_its_first_day_until_the_day_before_its_end():
    person = officer(starts=date(2026, 3, 1), ends=date(2026, 4, 1))
    # Midnight in Jakarta is 17.00 UTC of the day before.
    for moment, expected in (
        (datetime(2026, 2, 28, 16, 59, tzinfo=UTC), False),
        (datetime(2026, 2, 28, 17, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 16, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 17, 0, tzinfo=UTC), False),
    ):
        with time_machine.travel(moment, tick=False):
            assert queries.has_desk(fresh(person)) is expected
            # A user object kept over midnight (a socket) does not keep yesterday's offices.
            assert queries.has_desk(person) is expected


def test_ending_an_office_at_once():
    actor, person = section_head(SLIPI), officer(SLIPI)
    held = person.role_assignments.get()
    ended = services.end_role(actor=actor, assignment=held)
    assert ended.ends == timezone.localdate()
    assert not queries.has_desk(fresh(person))
    assert Entry.objects.get(subject_id=str(held.pk)).verb == "role.ended"
    # Asking for the same again is harmless.
    services.end_role(actor=actor, assignment=held)
    assert Entry.objects.count() == 1


def test_an_appointment_is_taken_back_on_its_first_day():
    actor, person = admin(), UserFactory()
    held = services.appoint(actor=actor, user=person, role=Role.OFFICER, title="Petugas", agency=agency())
    services.end_role(actor=actor, assignment=held)
    assert queries.offices_of(fresh(person)) == ()


@pytest.mark.parametrize(
    ("make_actor", "fields", "on", "code"),
    [
        (lambda: section_head(PALMERAH), {}, None, "appoint_not_allowed"),
        (section_head, {"ends": date(2026, 5, 1)}, None, "role_ended_already"),
        (section_head, {}, date(2026, 5, 31), "role_ends_too_early"),
    ],
)
@time_machine.travel(datetime(2026, 6, 1, 3, tzinfo=UTC), tick=False)
def test_refused_endings_change_nothing(make_actor, fields, on, code):
    held = officer(SLIPI, **fields).role_assignments.get()
    with pytest.raises(DomainError, match=code):
        services.end_role(actor=make_actor(), assignment=held, on=on)
    assert RoleAssignment.objects.get(pk=held.pk).ends == fields.get("ends")
    assert not Entry.objects.exists()


def test_offices_are_read_once_for_a_request(django_assert_num_queries):
    person = fresh(section_head())
    with django_assert_num_queries(1):
        assert queries.has_desk(person)
        assert queries.units_of(person)
        assert rules.holds_role_at_unit(person, person_unit(person), Role.SECTION_HEAD)
        assert [held.office for held in queries.offices_of(person)]


def person_unit(person):
    return next(iter(queries.units_of(person)))


def test_a_role_at_one_unit_is_none_at_another():
    person = section_head(SLIPI)
    assert rules.holds_role_at_unit(person, agency(SLIPI).pk, Role.SECTION_HEAD)
    assert not rules.holds_role_at_unit(person, agency(SLIPI).pk, Role.OFFICER)
    assert not rules.holds_role_at_unit(person, agency(PALMERAH).pk, Role.SECTION_HEAD)
    assert not rules.holds_role_at_unit(person, None)
    assert not rules.holds_role_at_unit(AnonymousUser(), agency(SLIPI).pk)


def test_a_role_for_a_city_holds_in_its_kelurahan_and_not_around_it():
    person = office(Role.MODERATOR, "31.73")
    assert rules.holds_role_in_region(person, region(), Role.MODERATOR)
    assert rules.holds_role_in_region(person, "31.73", Role.MODERATOR)
    assert not rules.holds_role_in_region(person, "31", Role.MODERATOR)
    assert not rules.holds_role_in_region(person, "31.74.01", Role.MODERATOR)
    assert not rules.holds_role_in_region(person, None, Role.MODERATOR)
    assert not rules.holds_role_in_region(person, region(), Role.ADMIN)


@pytest.mark.parametrize(
    ("make", "permissions"),
    [
        (AnonymousUser, ""),
        (UserFactory, ""),
        (officer, ""),
        (lambda: office(Role.MODERATOR, "31"), ""),
        (section_head, "enter view_roles add_role change_own"),
        (lambda: office(Role.AUDITOR, "31"), "enter view_roles view_user"),
        (lambda: admin("31.74"), "enter view_roles add_role view_user"),
        (admin, "enter view_roles add_role change_own change_other view_user"),
    ],
)
def test_who_may_do_what_with_offices(make, permissions):
    own, other = officer(SLIPI).role_assignments.get(), officer(PALMERAH).role_assignments.get()
    asked = {
        "enter": ("wagtailadmin.access_admin", None),
        "view_roles": ("accounts.view_roleassignment", None),
        "add_role": ("accounts.add_roleassignment", None),
        "change_own": ("accounts.change_roleassignment", own),
        "change_other": ("accounts.change_roleassignment", other),
        "view_user": ("accounts.view_user", None),
    }
    person = make()
    assert {name for name, (permission, subject) in asked.items() if may(person, permission, subject)} == set(
        permissions.split()
    )


def test_page_rights_come_and_go_with_the_office():
    person = UserFactory()
    held = services.appoint(actor=admin(), user=person, role=Role.ADMIN, title="Admin", region=region("31.73"))
    assert person.groups.filter(name=services.STAFF_GROUP).exists()
    held.ends = timezone.localdate() + timedelta(1)
    held.save()
    tomorrow = timezone.now() + timedelta(days=1)
    assert services.sync_staff_groups(now=tomorrow) == 1
    assert not person.groups.exists()
    assert services.sync_staff_groups(now=tomorrow) == 0


def test_the_database_knows_which_scope_a_role_needs():
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=UserFactory(), role=Role.OFFICER, region=region(), title="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=UserFactory(), role=Role.ADMIN, agency=agency(), title="x")


def test_every_refusal_has_a_sentence_in_indonesian():
    for code, explanation in explanations().items():
        if code.startswith(("role_", "appoint_", "nickname_")):
            assert not str(explanation.sentence).startswith(("The ", "This ", "Nobody ", "You "))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_office_however_often_it_is_given_at_once():
    actor, person = admin(), UserFactory()

    def give(number: int) -> str:
        try:
            services.appoint(actor=actor, user=person, role=Role.OFFICER, title="Petugas", agency=agency())
        except DomainError as refused:
            return refused.code
        return "done"

    results = at_once(50, give)
    assert sorted(set(results)) == ["done", "role_held_already"]
    assert results.count("done") == 1
    assert RoleAssignment.objects.filter(user=person).count() == 1
