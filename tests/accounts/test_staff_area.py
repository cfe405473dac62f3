"""Offices and people in the staff area."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role, RoleAssignment
from ledger.models import Entry
from tests.factories.accounts import PALMERAH, SLIPI, UserFactory, admin, agency, office, officer, section_head

pytestmark = pytest.mark.django_db
LIST, ADD, PEOPLE = "/staf/offices/", "/staf/offices/new/", "/staf/people/"


def form(user):
    return {
        "user": user,
        "role": Role.OFFICER,
        "agency": agency(SLIPI).pk,
        "region": "",
        "title": "Petugas Sarana",
        "starts": timezone.localdate().isoformat(),
        "ends": "",
    }


def edit(assignment):
    return f"/staf/offices/edit/{assignment.pk}/"


def test_a_section_head_fills_and_ends_an_office_of_the_unit(client):
    client.force_login(section_head(SLIPI))
    joko = UserFactory(nickname="Joko")
    assert client.post(ADD, form("joko")).url == LIST
    held = joko.role_assignments.get()
    assert held.office == "Petugas Sarana, Kelurahan Slipi"
    tomorrow = timezone.localdate() + timedelta(1)
    assert client.post(edit(held), {"ends": tomorrow.isoformat()}).url == LIST
    held.refresh_from_db()
    assert held.ends == tomorrow
    assert [entry.verb for entry in Entry.objects.order_by("seq")] == ["role.appointed", "role.ended"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agency": "other"}, ""),
        ({"user": "nobody@example.com"}, "Tidak ada akun"),
        ({"user": "\x00"}, ""),
        ({"role": "king"}, ""),
        ({"agency": "x"}, ""),
        ({"title": ""}, ""),
        ({"title": "x" * 500}, ""),
        ({"ends": "2020-01-01"}, "Hari berakhir"),
        ({"starts": "soon"}, ""),
    ],
)
def test_a_refused_appointment_keeps_what_was_typed(client, changes, sentence):
    client.force_login(section_head(SLIPI))
    UserFactory(nickname="Joko")
    if changes.get("agency") == "other":
        changes = {"agency": agency(PALMERAH).pk}
    answer = client.post(ADD, form("Joko") | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert RoleAssignment.objects.filter(role=Role.OFFICER).count() == 0


def test_a_section_head_chooses_among_the_own_staff_and_an_admin_among_all(client):
    offered = {}
    for name, person in (("head", section_head(SLIPI)), ("admin", admin())):
        client.force_login(person)
        page = client.get(ADD).content.decode()
        offered[name] = {
            field: re.findall(r'<option value="(\w+)"', page.split(f'<select name="{field}"')[1].split("</select>")[0])
            for field in ("role", "agency", "region")
            if f'name="{field}"' in page
        }
    assert offered["head"] == {"role": [Role.OFFICER], "agency": [str(agency(SLIPI).pk)]}
    assert len(offered["admin"]["agency"]) > 300
    assert set(offered["admin"]["role"]) == set(Role.values)


def test_everybody_sees_the_offices_that_concern_them(client):
    officer(SLIPI, title="Petugas Slipi")
    officer(PALMERAH, title="Petugas Palmerah")
    seen = {}
    for name, person in (
        ("head", section_head(SLIPI)),
        ("admin", admin("31.73")),
        ("far", admin("31.74")),
        ("auditor", office(Role.AUDITOR, "31")),
    ):
        client.force_login(person)
        page = client.get(LIST).content.decode()
        seen[name] = [title for title in ("Petugas Slipi", "Petugas Palmerah") if title in page]
    assert seen == {
        "head": ["Petugas Slipi"],
        "admin": ["Petugas Slipi", "Petugas Palmerah"],
        "far": [],
        "auditor": ["Petugas Slipi", "Petugas Palmerah"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_however_long(client, count, django_assert_max_num_queries):
    for _number in range(count):
        officer(SLIPI)
    client.force_login(admin())
    client.get(LIST)
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_an_auditor_looks_and_cannot_touch(client):
    held = officer(SLIPI).role_assignments.get()
    client.force_login(office(Role.AUDITOR, "31"))
    assert client.get(PEOPLE).status_code == 200
    before = RoleAssignment.objects.count()
    for path in (ADD, edit(held)):
        answer = client.post(path, form("Joko"))
        assert answer.status_code in (302, 403)
    assert RoleAssignment.objects.count() == before
    assert RoleAssignment.objects.get(pk=held.pk).ends is None


def test_an_office_elsewhere_cannot_be_ended(client):
    held = officer(PALMERAH).role_assignments.get()
    client.force_login(section_head(SLIPI))
    assert client.post(edit(held), {"ends": timezone.localdate().isoformat()}).status_code in (302, 403, 404)
    assert RoleAssignment.objects.get(pk=held.pk).ends is None


def test_the_list_of_people_shows_no_addresses_and_offers_no_changes(client):
    person = UserFactory(nickname="Ibu Sari", email="sari@example.com", name="Sari Dewanti")
    client.force_login(admin())
    page = client.get(PEOPLE).content.decode()
    assert "Ibu Sari" in page
    assert "sari@example.com" not in page
    assert "Sari Dewanti" not in page
    for path in ("new/", f"edit/{person.pk}/", f"delete/{person.pk}/"):
        assert client.get(f"{PEOPLE}{path}").status_code == 404


@pytest.mark.parametrize("make", [admin, lambda: UserFactory(is_superuser=True)])
def test_wagtails_own_lists_of_people_are_not_there(client, make):
    client.force_login(make())
    page = client.get("/staf/").content.decode()
    for path in ("/staf/users/", "/staf/groups/", "/staf/users/new/"):
        assert f'"{path}"' not in page
        assert client.get(path).status_code == 404
        assert client.post(path, {}).status_code == 404


def test_the_staff_area_is_closed_to_the_public(client):
    for person in (UserFactory(), officer(SLIPI), section_head(SLIPI, ends=timezone.localdate())):
        client.force_login(person)
        for path in ("/staf/", LIST, ADD, PEOPLE):
            assert client.get(path).status_code in (302, 403)
