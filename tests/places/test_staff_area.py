"""Agencies and holidays in Wagtail's admin: what is typed there goes through the services."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from ledger.models import Entry
from places.models import Agency, Holiday
from tests.factories.places import HolidayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@rembuk.test", nickname="Admin Kota"))
    return client


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_user("sari@rembuk.test", nickname="Ibu Sari"))
    return client


PAGES = ["agency:index", "agency:add", "holiday:index", "holiday:add"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_an_admin_alone(admin: Client, resident: Client, name: str) -> None:
    assert admin.get(reverse(name)).status_code == 200
    assert resident.get(reverse(name)).status_code in (302, 403)
    assert Client().get(reverse(name)).status_code == 302


def test_the_words_are_indonesian(admin: Client) -> None:
    page = admin.get(reverse("agency:add")).content.decode()
    assert "Nama singkat" in page or "nama singkat" in page
    assert "Meja Koordinasi Laporan Provinsi" in page


def test_a_holiday_is_added_changed_and_removed_with_three_entries(admin: Client) -> None:
    day = {"date": "2026-12-09", "name_id": "Pilkada", "name_en": "Election"}
    assert admin.post(reverse("holiday:add"), day).status_code == 302
    holiday = Holiday.objects.get(date=date(2026, 12, 9))
    page = reverse("holiday:edit", args=[holiday.pk])
    assert admin.get(page).status_code == 200
    assert admin.post(page, day | {"date": "2026-12-10"}).status_code == 302
    remove = reverse("holiday:delete", args=[holiday.pk])
    assert admin.get(remove).status_code == 200
    assert admin.post(remove).status_code == 302
    assert not Holiday.objects.filter(pk=holiday.pk).exists()
    told = Entry.objects.filter(subject_type="holiday", subject_id=str(holiday.pk)).order_by("seq")
    assert [entry.verb for entry in told] == ["holiday.added", "holiday.changed", "holiday.removed"]
    assert {entry.actor_id for entry in told} == {int(admin.session["_auth_user_id"])}


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(admin: Client) -> None:
    HolidayFactory(date=date(2040, 5, 5))
    answer = admin.post(reverse("holiday:add"), {"date": "2040-05-05", "name_id": "Hari Kedua", "name_en": "Second"})
    assert answer.status_code == 422
    assert "Hari Kedua" in answer.content.decode()
    assert not Entry.objects.filter(subject_type="holiday").exists()


def test_an_agency_is_edited_through_the_service(admin: Client) -> None:
    roads = Agency.objects.get(code="bina-marga")
    page = reverse("agency:edit", args=[roads.pk])
    typed = {
        "code": "lain",
        "name_id": "Dinas Bina Marga dan Trotoar",
        "name_en": roads.name_en,
        "short_name": roads.short_name,
        "kind": roads.kind,
        "parent": str(roads.parent_id),
        "region": str(roads.region_id),
        "contact": "",
        "active": "on",
    }
    assert admin.get(page).status_code == 200
    assert admin.post(page, typed).status_code == 302
    roads.refresh_from_db()
    assert roads.name_id == "Dinas Bina Marga dan Trotoar"
    # Routing knows it by its code, so that stays.
    assert roads.code == "bina-marga"
    assert Entry.objects.get(subject_type="agency").verb == "agency.changed"


def test_a_circle_of_parents_is_refused_beside_the_parent(admin: Client) -> None:
    roads = Agency.objects.get(code="bina-marga")
    below = Agency.objects.get(code="bina-marga-3173")
    typed = {
        "name_id": roads.name_id,
        "name_en": roads.name_en,
        "short_name": roads.short_name,
        "kind": roads.kind,
        "parent": str(below.pk),
        "active": "on",
    }
    answer = admin.post(reverse("agency:edit", args=[roads.pk]), typed)
    assert answer.status_code == 422
    assert "sudah berada di bawah instansi ini" in answer.content.decode()
    roads.refresh_from_db()
    assert roads.parent != below
    assert not Entry.objects.filter(subject_type="agency").exists()


def test_agencies_are_never_deleted(admin: Client) -> None:
    roads = Agency.objects.get(code="bina-marga")
    assert admin.post(f"{reverse('agency:index')}delete/{roads.pk}/").status_code == 404
    assert Agency.objects.filter(pk=roads.pk).exists()


@pytest.mark.parametrize("query", ["?q=bina", "?kind=outside", "?kind=salah", "?p=9999", "?ordering=x"])
def test_lists_can_be_searched_and_filtered(admin: Client, query: str) -> None:
    assert admin.get(reverse("agency:index") + query).status_code in (200, 404)
