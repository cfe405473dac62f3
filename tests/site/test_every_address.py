"""R5: every address x every kind of person x whose report it is: the table says what is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from ledger.models import Entry
from live import sources, topics
from pages.models import HomePage
from tests.site.addresses import ACCOUNT, ALL, DESK_NEVER, NEVER, PEOPLE, REPORT, REPORTS, SITE, TAKES_ANY_METHOD
from tests.site.people import FIELDS, STAFF, World, a_world, link_of, names, sign_in, state_of_things

pytestmark = pytest.mark.django_db

# What is answered to everybody alike, or to everybody who is signed in, is asked for some alone.
ALIKE = (ALL, NEVER, ACCOUNT, DESK_NEVER)
SOME = ("visitor", "citizen", "holder", "head")
LETTERS = {403: "x", 404: "-", 405: "m"}
# Words and signs without a secret; signing out.
OPEN_IN_STAFF = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "wagtailadmin_logout"}


def test_every_address_stands_in_the_table() -> None:
    ours = {name for name, routes in names().items() if not all(STAFF in route for route in routes)} - {"None"}
    assert ours == {*SITE, *REPORT}
    rows = [*SITE.values(), *(row for rows in REPORT.values() for row in rows.values())]
    assert {len(letters.replace(" ", "")) for row in rows for letters in row} == {len(PEOPLE)}
    assert all(set(rows) == set(REPORTS) for rows in REPORT.values())


def cells(who: str) -> Iterator[tuple[str, str, str, str]]:
    """What the table says of one person: name, whose report, method, letter."""
    place = PEOPLE.index(who)
    rows = [(name, "public", row) for name, row in SITE.items()]
    rows += [(name, whose, row) for name, cases in REPORT.items() for whose, row in cases.items()]
    for name, whose, row in rows:
        for method, letters in zip(("GET", "POST"), row, strict=True):
            if letters not in ALIKE or who in SOME:
                yield name, whose, method, letters.replace(" ", "")[place]


def ask(client: Client, method: str, name: str, world: World, whose: str) -> Any:
    """One request, taken back afterwards: cookies, sessions and rows are as before."""
    cookies = client.cookies.copy()
    if method == "POST":
        # What counts how often somebody sends.
        cache.clear()
    with transaction.atomic():
        answer = client.generic(method, link_of(name, world, whose)) if method not in SEND else None
        answer = answer or SEND[method](client, link_of(name, world, whose), FIELDS.get(name, {}))
        changed = state_of_things() if method == "POST" and letter_of(answer) != "o" else ()
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer, changed


SEND: dict[str, Any] = {
    "GET": lambda client, link, _fields: client.get(link),
    "HEAD": lambda client, link, _fields: client.head(link),
    "POST": lambda client, link, fields: client.post(link, fields),
}


def letter_of(answer: Any) -> str:
    """How the table writes this answer."""
    status = answer.status_code
    if status in (301, 302) and answer["Location"].partition("?")[0] == reverse("account_login"):
        return "i"
    return LETTERS.get(status, "o" if status < 500 else str(status))


@pytest.mark.parametrize("who", PEOPLE)
def test_what_each_person_may_ask(who: str) -> None:
    world = a_world()
    client, before, wrong = sign_in(who, world), state_of_things(), []
    reads = {whose for name, whose, _method, letter in cells(who) if (name, letter) == ("report_detail", "o")}
    titles = [report.title for whose, report in world.reports.items() if not report.public and whose not in reads]
    for name, whose, method, expected in cells(who):
        answer, after = ask(client, method, name, world, whose)
        found = letter_of(answer)
        if found != expected:
            wrong.append(f"{method} {name} ({whose}): {found} {answer.status_code}, the table says {expected}")
        if found != "o":
            if after and after != before:
                wrong.append(f"{method} {name} ({whose}): refused, and yet something changed")
            if any(title in answer.content.decode() for title in titles):
                wrong.append(f"{method} {name} ({whose}): the refusal tells what is not public")
    assert wrong == []


def test_head_answers_as_get_does() -> None:
    who, world = "head", a_world()
    client, wrong = sign_in(who, world), []
    for name, whose, method, expected in cells(who):
        if method == "GET" and whose in ("public", "hidden"):
            answer, _changed = ask(client, "HEAD", name, world, whose)
            if (letter_of(answer), answer.content) != (expected, b""):
                wrong.append((name, whose, answer.status_code, expected))
    assert wrong == []


def test_other_methods_are_refused() -> None:
    world = a_world()
    client, before, wrong = sign_in("head", world), state_of_things(), []
    for name in (*SITE, *REPORT):
        for method in ("PUT", "PATCH", "DELETE"):
            answer, _changed = ask(client, method, name, world, "public")
            refused = answer.status_code == 405 and answer.get("Allow")
            if not refused and not (name in TAKES_ANY_METHOD and answer.status_code < 500):
                wrong.append((name, method, answer.status_code))
    assert wrong == []
    assert state_of_things() == before


# --- The staff area ---------------------------------------------------------------------------
TABLES = {"agency", "category", "categorygroup", "holiday", "replytemplate", "routingrule"}


def staff_pages() -> dict[str, str]:
    """Addresses of the staff area that name no row, ours and Wagtail's."""
    found = {name: routes[0] for name, routes in names().items() if routes[0].startswith(STAFF)}
    return {name: f"/{route}" for name, route in found.items() if not re.search(r"[<(^]|error_test", route)}


def who_may(name: str) -> set[str]:
    """Who gets a page of ours in the staff area."""
    space, _colon, page = name.partition(":")
    if space == "offices":
        return {"admin", "head", "neighbour"} | ({"auditor"} if page != "add" else set())
    return {"admin", "auditor"} if space == "people" else {"admin"}


@pytest.mark.parametrize("who", ["visitor", "citizen", "desk", "moderator"])
def test_the_staff_area_is_closed_to_who_has_nothing_to_do_there(who: str) -> None:
    client, opened = sign_in(who, a_world()), []
    for name, link in staff_pages().items():
        answer = client.get(link)
        if name not in OPEN_IN_STAFF and answer.status_code not in (302, 404):
            opened.append((name, answer.status_code))
    assert opened == []
    # Not led around in circles either.
    end = client.get("/staf/", follow=True)
    assert end.status_code in (200, 403)


@pytest.mark.parametrize("who", ["head", "neighbour", "auditor", "admin"])
def test_our_tables_in_the_staff_area(who: str) -> None:
    client, wrong = sign_in(who, a_world()), []
    spaces = TABLES | {"offices", "people"}
    ours = {name: link for name, link in staff_pages().items() if name.partition(":")[0] in spaces}
    assert {name.partition(":")[0] for name in ours} == spaces
    for name, link in ours.items():
        expected = 200 if who in who_may(name) else 302
        before = Entry.objects.count()
        if client.get(link).status_code != expected:
            wrong.append(("GET", name))
        if expected == 302 and (client.post(link, {}).status_code, Entry.objects.count()) != (302, before):
            wrong.append(("POST", name))
    assert wrong == []


# What every office finds in the staff area besides the lists of offices and people.
SHARED_IN_STAFF = OPEN_IN_STAFF | {"wagtailadmin_home", "wagtailadmin_dismissibles"}
# Whatever an address names, as it stands for a real one: the home page, its type, a bulk action.
NAMED = {"app_label": "wagtailcore", "model_name": "page", "action": "delete", "content_type_app_name": "pages"}


def wagtails_own() -> dict[str, str]:
    """Every address of the staff area that is not ours, with the home page where a row is named."""
    home = HomePage.objects.get().pk
    found = {}
    for name, routes in names().items():
        space = name.partition(":")[0]
        if routes[0].startswith(STAFF) and space not in TABLES | {"offices", "people"} and "(?P" not in routes[0]:
            route = re.sub(r"<int:\w+>", str(home), routes[0].replace("^", ""))
            found[name] = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: NAMED.get(part[1], "articlepage"), route)
    return found


@pytest.mark.parametrize("who", ["head", "auditor"])
def test_wagtails_own_pages_are_closed_to_offices_that_do_not_write_the_site(who: str) -> None:
    client, opened = sign_in(who, a_world()), []
    links = wagtails_own()
    assert {"wagtailadmin_choose_page", "wagtailimages_chooser:choose", "wagtailadmin_explore"} <= set(links)
    before = state_of_things(), Page.objects.count()
    for name, link in links.items():
        if name in SHARED_IN_STAFF or name == "wagtailadmin_error_test":
            continue
        for method in (client.get, client.post):
            # As a page, and as the scripts of Wagtail ask.
            for headers in ({}, {"x-requested-with": "XMLHttpRequest"}):
                status = method(link, headers=headers).status_code
                if status not in (302, 403, 404):
                    opened.append((name, status))
    assert opened == []
    assert (state_of_things(), Page.objects.count()) == before


@pytest.mark.parametrize(
    ("who", "ways"),
    [
        ("head", {"/meja/", "/meja/ke-mana/", "/staf/offices/"}),
        ("auditor", {"/meja/ke-mana/", "/meja/audit/", "/staf/offices/", "/staf/people/"}),
    ],
)
def test_the_first_page_of_the_staff_area_leads_to_what_the_office_may_do(who: str, ways: set[str]) -> None:
    client = sign_in(who, a_world())
    page = client.get("/staf/").content.decode()
    found = set(re.findall(r'<a href="([^"]+)"', page.split('class="staff-ways"')[1].split("</nav>")[0]))
    assert found == ways
    assert all(client.get(way).status_code == 200 for way in ways)
    assert client.get("/staf/account/")["Location"] == reverse("account_profile")


# --- The socket -------------------------------------------------------------------------------
def test_who_may_see_a_report_may_watch_it() -> None:
    world, wrong = a_world(), []
    at_unit = {whose: {"officer", "head"} for whose in REPORTS} | {"secret": {"handler"}, "elsewhere": set()}
    for place, who in enumerate(PEOPLE):
        user = sign_in(who, world).get("/luring/").wsgi_request.user
        for whose, report in world.reports.items():
            # A socket knows no session: the holder of a link watches as a visitor does.
            place_of = PEOPLE.index("visitor") if who == "holder" else place
            sees = REPORT["report_detail"][whose][0].replace(" ", "")[place_of] == "o"
            watches = bool(sources.allowed(user, topics.report(report.number)))
            works = bool(sources.allowed(user, topics.desk(report.unit_id)))
            if (watches, works) != (sees, who in at_unit[whose]):
                wrong.append((who, whose, watches, works))
    assert wrong == []
