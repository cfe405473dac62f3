"""The list of devices on which somebody is signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from security import services
from security.domain.agents import describe
from security.models import Device
from tests.factories.accounts import UserFactory
from tests.security.people import SECURITY, enter

PHONE = "Mozilla/5.0 (Linux; Android 13; CPH2423) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (PHONE, "Chrome, Android"),
        (DESKTOP, "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 9; SM-A105G) SamsungBrowser/23.0 Chrome/115 Mobile", "Samsung Internet, Android"),
        ("curl/8.0", ""),
        ("<script>alert(1)</script>\x00" * 1000, ""),
    ],
)
def test_a_device_is_named_by_its_kind(agent, kind):
    assert describe(agent) == kind


@pytest.fixture
def phone(sari):
    client = Client(HTTP_USER_AGENT=PHONE)
    enter(client, sari)
    return client


@pytest.fixture
def desktop(sari):
    client = Client(HTTP_USER_AGENT=DESKTOP)
    enter(client, sari)
    return client


def listed(client):
    page = client.get(SECURITY).content.decode().split('id="devices"')[1]
    return [kind for kind in ("Chrome, Android", "Firefox, Windows") if kind in page]


pytestmark = pytest.mark.django_db


def test_both_are_listed_and_one_signs_out_the_other(phone, desktop, sari):
    assert listed(phone) == listed(desktop) == ["Chrome, Android", "Firefox, Windows"]
    page = phone.get(SECURITY).content.decode()
    assert page.index("perangkat ini") < page.index("Firefox, Windows")
    other = Device.objects.get(kind="Firefox, Windows")
    assert phone.post(f"{SECURITY}perangkat/{other.pk}/keluar/").url == SECURITY
    assert desktop.get("/akun/").status_code == 302
    assert listed(phone) == ["Chrome, Android"]
    assert phone.post(f"{SECURITY}perangkat/{other.pk}/keluar/").status_code == 404


def test_a_device_of_somebody_else_stays(phone):
    stranger = Client()
    enter(stranger, UserFactory())
    mine = Device.objects.get(kind="Chrome, Android")
    assert stranger.post(f"{SECURITY}perangkat/{mine.pk}/keluar/").status_code == 404
    assert phone.get("/akun/").status_code == 200


def test_a_device_that_signed_out_or_was_ended_from_elsewhere_is_not_listed(phone, desktop):
    desktop.post("/akun/keluar/")
    assert listed(phone) == ["Chrome, Android"]
    again = Client(HTTP_USER_AGENT=DESKTOP)
    enter(again, Device.objects.first().user)
    assert len(listed(phone)) == 2
    phone.post("/akun/keluar-semua/")
    assert listed(phone) == ["Chrome, Android"]
    assert again.get("/akun/").status_code == 302
    # One device is one row, whatever became of its session.
    assert Device.objects.filter(kind="Chrome, Android").count() == 1


def test_days_are_kept_and_an_ended_session_is_forgotten(phone, sari):
    today = timezone.localdate()
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        phone.get("/akun/")
        row = Device.objects.get()
        assert (row.first_seen, row.last_seen) == (today, today + timedelta(days=3))
    with time_machine.travel(timezone.now() + timedelta(days=92), tick=False):
        assert phone.get("/akun/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=183), tick=False):
        assert phone.get("/akun/").status_code == 302
        Session.objects.all().delete()
        assert services.forget_ended(now=timezone.now()) == 1
    assert not Device.objects.exists()


def test_no_address_of_a_device_is_kept(phone):
    row = Device.objects.get()
    assert {field.name for field in Device._meta.fields} == {
        *("id", "user", "session_key", "mark", "kind", "first_seen", "last_seen")
    }
    assert "120" not in row.kind


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_devices(phone, sari, count, django_assert_num_queries):
    for _number in range(count):
        enter(Client(HTTP_USER_AGENT=DESKTOP), sari)
    with django_assert_num_queries(8):
        phone.get(SECURITY)


def test_another_page_costs_no_query_more_for_the_list(phone):
    with CaptureQueriesContext(connection) as asked:
        phone.get("/laporan/peta/")
    assert [query["sql"] for query in asked if "security_device" in query["sql"]] == []
