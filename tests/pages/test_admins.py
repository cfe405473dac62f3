"""Admins edit pages in the staff area; nobody else gets in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polib
import pytest
import wagtail
from django.utils import timezone
from wagtail.models import Page

from accounts import services
from accounts.models import Role, RoleAssignment
from pages.models import HomePage
from pages.words import WORDS
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


def test_the_words_that_we_translate_for_wagtail_are_still_its_own() -> None:
    catalogues = Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po")
    known = {entry.msgid for catalogue in catalogues for entry in polib.pofile(str(catalogue))}
    assert [word for word in WORDS if word not in known] == []


LISTS = ("/staf/", "/staf/category/", "/staf/category/new/", "/staf/offices/", "/staf/people/", "/staf/pages/{home}/")
ENGLISH = {"True", "False", "Search…", "New: kategori", "Office", "Group", "Type", "Filter by"}


@pytest.mark.parametrize("path", LISTS)
def test_an_admin_reads_indonesian(client, admin, path):
    client.force_login(admin)
    page = client.get(path.format(home=HomePage.objects.get().pk)).content.decode()
    page = re.sub(r"<script.*?</script>|<template.*?</template>|<dialog.*?</dialog>", "", page, flags=re.S)
    shown = re.findall(r'>\s*([^<>]+?)\s*<|(?:placeholder|aria-label)="([^"]+)"', page)
    words = {word for pair in shown for word in pair if word}
    assert words & ENGLISH == set()
    # Not the word for letters, which is "Type" too.
    assert "Huruf" not in words
