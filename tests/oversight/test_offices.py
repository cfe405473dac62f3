"""Offices reviewed once a year, filled and ended outside the staff area, and the list for the auditor."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone

from accounts import services
from accounts.models import Role, RoleAssignment, User
from accounts.offices import offices_of
from core.errors import DomainError
from ledger.models import Entry
from notices.models import Notice
from oversight import news, queries
from tests.factories.accounts import SLIPI, UserFactory, admin, agency, office, officer, section_head

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def held_by(person: User) -> RoleAssignment:
    return RoleAssignment.objects.get(user=person)


def reviewed_days_ago(person: User, days: int) -> RoleAssignment:
    RoleAssignment.objects.filter(user=person).update(reviewed=timezone.localdate() - timedelta(days=days))
    return held_by(person)


@pytest.mark.parametrize(("days", "counts"), [(0, True), (365, True), (394, True), (395, False), (800, False)])
def test_what_nobody_reviews_rests_thirty_days_after_the_year(days: int, counts: bool) -> None:
    joko = officer()
    held = reviewed_days_ago(joko, days)
    assert bool(offices_of(User.objects.get(pk=joko.pk))) is counts
    assert held.is_active(timezone.localdate()) is counts
    assert held.rests is not counts
    assert signed_in(joko).get("/meja/").status_code == (200 if counts else 403)


def test_a_confirmation_brings_it_back() -> None:
    rina, joko = section_head(), officer()
    held = reviewed_days_ago(joko, 400)
    page = signed_in(rina).get("/jabatan/").content.decode()
    assert f"/jabatan/{held.pk}/tinjau/" in page
    assert signed_in(rina).post(f"/jabatan/{held.pk}/tinjau/").status_code == 302
    assert offices_of(User.objects.get(pk=joko.pk))
    assert held_by(joko).reviewed == timezone.localdate()
    entry = Entry.objects.get(verb="role.reviewed")
    assert (entry.subject_id, entry.actor_id) == (str(held.pk), rina.pk)
    services.confirm_role(actor=rina, assignment=held)
    assert Entry.objects.filter(verb="role.reviewed").count() == 1


def test_only_who_appoints_confirms_and_never_the_own_office() -> None:
    rina, joko, hadi = section_head(), officer(), section_head("kelurahan-3173071001")
    held = reviewed_days_ago(joko, 350)
    assert signed_in(hadi).post(f"/jabatan/{held.pk}/tinjau/").status_code == 404
    assert signed_in(joko).post(f"/jabatan/{held.pk}/tinjau/").status_code == 404
    assert signed_in(rina).post(f"/jabatan/{held_by(rina).pk}/tinjau/").status_code == 403
    laras = admin()
    with pytest.raises(DomainError) as refused:
        services.confirm_role(actor=laras, assignment=held_by(laras))
    assert refused.value.code == "appoint_yourself"
    services.end_role(actor=rina, assignment=held)
    with pytest.raises(DomainError) as ended:
        services.confirm_role(actor=rina, assignment=held)
    assert ended.value.code == "role_ended_already"


@override_settings(OFFICE_REVIEW_DAYS=100, OFFICE_REVIEW_NOTICE_DAYS=10, OFFICE_REVIEW_GRACE_DAYS=5)
def test_the_days_are_the_citys_to_choose() -> None:
    rina, joko = section_head(), officer()
    reviewed_days_ago(joko, 89)
    assert queries.to_review(rina) == []
    reviewed_days_ago(joko, 90)
    assert [one.held.user for one in queries.to_review(rina)] == [joko]
    assert reviewed_days_ago(joko, 104).is_active(timezone.localdate())
    assert not reviewed_days_ago(joko, 105).is_active(timezone.localdate())


@pytest.mark.django_db(transaction=True)
def test_whoever_appoints_and_the_holder_hear_of_it_once() -> None:
    rina, joko, laras = section_head(), officer(), admin()
    section_head("kelurahan-3173071001")
    admin("31.74")
    assert news.tell_due(now=timezone.now()) == 0
    reviewed_days_ago(joko, 336)
    for _ in range(2):
        assert news.tell_due(now=timezone.now()) == 1
    told = Notice.objects.filter(event__kind=news.KIND)
    assert set(told.values_list("user_id", flat=True)) == {rina.pk, joko.pk, laras.pk}
    assert told.count() == 3
    ref = told.first().event.ref
    assert "Jabatan Anda perlu ditinjau" in news._words([ref], joko)[ref].sentence
    assert "masih memegang" in news._words([ref], rina)[ref].sentence
    services.confirm_role(actor=rina, assignment=held_by(joko))
    assert news._words([ref], rina) == {}


def test_a_section_head_fills_and_ends_an_office_without_the_staff_area() -> None:
    rina, tini = section_head(), UserFactory(nickname="Tini")
    client = signed_in(rina)
    page = client.get("/jabatan/baru/").content.decode()
    today = timezone.localdate()
    assert 'name="region"' not in page
    assert str((today + timedelta(days=365)).year) in page
    sent = {
        "user": "tini",
        "role": "officer",
        "agency": agency(SLIPI).pk,
        "title": "Petugas Taman",
        "starts": today.isoformat(),
        "ends": (today + timedelta(days=365)).isoformat(),
    }
    assert client.post("/jabatan/baru/", sent).status_code == 302
    made = held_by(tini)
    assert (made.appointed_by, made.reviewed) == (rina, today)
    assert client.post(f"/jabatan/{made.pk}/akhiri/", {"on": today.isoformat()}).status_code == 302
    assert not offices_of(User.objects.get(pk=tini.pk))
    refused = client.post("/jabatan/baru/", sent | {"user": "tidak ada", "title": "Petugas Taman Kota"})
    assert refused.status_code == 422
    assert "Petugas Taman Kota" in refused.content.decode()


def test_an_office_of_another_unit_is_not_there() -> None:
    other = held_by(section_head("kelurahan-3173071001"))
    client = signed_in(section_head())
    assert client.get(f"/jabatan/{other.pk}/akhiri/").status_code == 404
    assert client.post(f"/jabatan/{other.pk}/akhiri/", {"on": "2030-01-01"}).status_code == 404
    assert held_by(other.user).ends is None


def rows_of(client: Client) -> list[dict[str, str]]:
    response = client.post("/jabatan/ekspor.csv")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_of_offices_is_safe_in_a_spreadsheet() -> None:
    rina, laras = section_head(), admin()
    tini = UserFactory(nickname="Tini", last_login=timezone.now())
    services.appoint(actor=rina, user=tini, role=Role.OFFICER, title="=HYPERLINK(1)", agency=agency(SLIPI))
    far = office(Role.AUDITOR, "31.74", title="Auditor Selatan")
    office(Role.AUDITOR, "31.73", title="Auditor Barat")
    rows = {row["nickname"]: row for row in rows_of(signed_in(laras))}
    assert set(rows) >= {"Tini", rina.nickname, laras.nickname, far.nickname}
    assert rows["Tini"]["office"].startswith("'=HYPERLINK(1)")
    assert rows["Tini"]["appointed_by"] == held_by(rina).office
    assert rows["Tini"]["last_sign_in"] == timezone.localdate().isoformat()
    assert rows["Tini"]["last_reviewed"] == timezone.localdate().isoformat()
    assert [row["nickname"] for row in rows_of(signed_in(far))] == [far.nickname]
    assert signed_in(rina).post("/jabatan/ekspor.csv").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_however_long(count: int, django_assert_num_queries: Any) -> None:
    rina = section_head()
    for _ in range(count):
        reviewed_days_ago(officer(), 350)
    client = signed_in(rina)
    client.get("/jabatan/")
    with django_assert_num_queries(6):
        page = client.get("/jabatan/").content.decode()
    assert page.count("/tinjau/") == count
    laras = admin()
    with django_assert_num_queries(2):
        assert len(list(queries.offices_for_review(laras))) == count + 2


def test_the_list_goes_on_page_by_page() -> None:
    rina = section_head()
    people = {officer().pk for _ in range(queries.PAGE + 3)}
    first, after = queries.offices_held(rina, after=0)
    second, end = queries.offices_held(rina, after=after)
    assert len(first) == queries.PAGE
    assert end == 0
    assert {one.held.user_id for one in first + second} == people | {rina.pk}


def test_a_future_office_is_reviewed_from_its_first_day() -> None:
    laras, tini = admin(), UserFactory()
    first = timezone.localdate() + timedelta(days=200)
    services.appoint(actor=laras, user=tini, role=Role.OFFICER, title="Petugas", agency=agency(SLIPI), starts=first)
    assert held_by(tini).reviewed == first
    with time_machine.travel(first + timedelta(days=380), tick=False):
        assert held_by(tini).is_active(timezone.localdate())


def test_days_of_the_past_do_not_count_twice() -> None:
    held = RoleAssignment(starts=date(2026, 1, 5), reviewed=date(2026, 1, 5))
    assert held.review_due == date(2027, 1, 5)
    assert held.rests_from == date(2027, 2, 4)
