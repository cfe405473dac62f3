"""Admins edit pages in the staff area; nobody else gets in."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from wagtail.models import Page

from accounts import services
from accounts.models import Role, RoleAssignment
from pages.models import HomePage
from places.models import Region
from tests.factories.reports import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    person = a_person("Laras")
    province = Region.objects.get(code="31")
    RoleAssignment.objects.create(user=person, role=Role.ADMIN, region=province, title="Admin", starts=date(2020, 1, 1))
    services.sync_staff_groups(now=timezone.now())
    return person


@pytest.mark.parametrize("path", ["/staf/", "/staf/pages/{home}/", "/staf/pages/{home}/edit/", "/staf/images/"])
def test_an_admin_opens_what_a_citizen_does_not(client, admin, path):
    address = path.format(home=HomePage.objects.get().pk)
    client.force_login(a_person("Tono"))
    assert client.get(address).status_code in (302, 403)
    client.force_login(admin)
    assert client.get(address, follow=True).status_code == 200


def test_an_admin_may_publish_and_not_delete(admin):
    rights = HomePage.objects.get().permissions_for_user(admin)
    assert rights.can_edit()
    assert rights.can_publish()
    assert Page.objects.count() > 1


@pytest.mark.parametrize("table", ["agency", "holiday", "category", "routingrule", "replytemplate"])
def test_the_tables_of_the_city_are_open_to_admins_alone(client, admin, table):
    client.force_login(a_person("Tono"))
    assert client.get(f"/staf/{table}/").status_code in (302, 403)
    client.force_login(admin)
    assert client.get(f"/staf/{table}/", follow=True).status_code == 200
