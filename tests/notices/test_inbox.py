"""The inbox: one's own news, what it costs, reading it, and how it is wanted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core import mail
from django.test import Client

from accounts.models import User
from live import topics
from notices import services
from notices.domain.digests import Cadence
from notices.kinds import all_kinds
from notices.links import Subscription, read, unsubscribe_url
from notices.models import Notice, Preference
from notices.queries import all_choices_of
from notices.registrations import may_watch_inbox
from tests.factories.reports import a_person
from tests.live.test_consumer import code_of_closing, watching
from tests.notices.conftest import Newsroom, tell
from tests.site.people import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari(newsroom: Newsroom) -> User:
    person = a_person("Ibu Sari")
    newsroom.people = [person.pk]
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(client: Client, path: str = "/kabar/", **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_an_empty_inbox_says_what_to_do(sari: User) -> None:
    shown = page(signed_in(sari))
    assert "Belum ada kabar" in shown
    assert 'href="/laporan/"' in shown


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_news(sari: User, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        tell(ref=str(number))
    client = signed_in(sari)
    # Session, account, desk, the list, how many are new.
    with django_assert_num_queries(5):
        assert page(client).count('<b class="news__mark">') == count


def test_a_visitor_costs_no_query_for_the_bell(newsroom: Newsroom, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert 'class="bell"' not in Client().get("/luring/").content.decode()
    assert Client().get("/kabar/").status_code == 302


def test_pages_of_twenty_newest_first(sari: User, newsroom: Newsroom) -> None:
    for number in range(1, 46):
        tell(ref=f"{number:02}")
    client = signed_in(sari)
    seen, path = [], "/kabar/"
    while path:
        shown = page(client, path)
        seen += [number for number in range(1, 46) if f"Petugas datang {number:02}<" in shown]
        following = shown.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        path = following if 'rel="next"' in shown else ""
    assert sorted(seen) == list(range(1, 46))
    assert len(seen) == 45
    assert "Petugas datang 45<" in page(client)
    for torn in ("x", "%00", "9" * 400, "MjAyNi0xMS0yNHwx"):
        assert "Petugas datang 45<" in page(client, f"/kabar/?after={torn}")


def test_the_bell_counts_what_is_new(sari: User) -> None:
    client = signed_in(sari)
    assert "bell__many" not in page(client, "/akun/")
    tell(ref="1")
    tell(ref="2")
    assert "2 kabar baru" in page(client, "/akun/")
    assert "2 kabar baru" in page(client, "/kabar/lonceng/")


def test_opening_marks_it_and_leads_to_its_subject(sari: User) -> None:
    tell()
    notice = Notice.objects.get()
    client = signed_in(sari)
    ahead = client.get(f"/kabar/{notice.pk}/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert ahead.status_code == 302
    client.head(f"/kabar/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read is None
    answer = client.get(f"/kabar/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/laporan/?n=1")
    notice.refresh_from_db()
    first = notice.read
    assert first
    client.get(f"/kabar/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read == first


def test_what_is_no_longer_shown_is_named_nowhere(sari: User, newsroom: Newsroom) -> None:
    tell()
    newsroom.hidden = {"1"}
    client = signed_in(sari)
    shown = page(client)
    assert "tidak ditampilkan lagi" in shown
    assert "Got di gang" not in shown
    answer = client.get(f"/kabar/{Notice.objects.get().pk}/", follow=True)
    assert answer.redirect_chain == [("/kabar/", 302)]


@pytest.mark.parametrize("way", ["get", "post"])
@pytest.mark.parametrize("number", ["theirs", 10**9, 2**63, 10**40])
def test_foreign_news_is_not_there(sari: User, way: str, number: Any) -> None:
    tell()
    notice = Notice.objects.get()
    path = f"/kabar/{notice.pk if number == 'theirs' else number}/" + ("dibaca/" if way == "post" else "")
    answer = getattr(signed_in(a_person("Orang Lain")), way)(path)
    assert answer.status_code == 404
    assert "Got di gang" not in answer.content.decode()
    notice.refresh_from_db()
    assert notice.read is None


def test_one_or_all_are_marked_as_read(sari: User) -> None:
    for number in range(3):
        tell(ref=str(number))
    first, second, third = Notice.objects.order_by("pk")
    client = signed_in(sari)
    assert client.post(f"/kabar/{first.pk}/dibaca/").status_code == 302
    assert list(Notice.objects.filter(read=None)) == [second, third]
    # The third came after the list was drawn.
    fragment = client.post("/kabar/dibaca/", {"until": second.pk}, headers={"HX-Request": "true"})
    assert fragment.content.decode().count("news__mark") == 1
    assert list(Notice.objects.filter(read=None)) == [third]


@pytest.mark.parametrize("until", ["", "x", "-1", "1e5", "٣", "9" * 19])
def test_a_torn_mark_all_changes_nothing(sari: User, until: str) -> None:
    tell()
    assert signed_in(sari).post("/kabar/dibaca/", {"until": until}).status_code == 400
    assert Notice.objects.get().read is None


def test_marking_all_is_ones_own_alone(sari: User) -> None:
    tell()
    signed_in(a_person("Orang Lain")).post("/kabar/dibaca/", {"until": 10**9})
    assert Notice.objects.get().read is None


def test_only_the_owner_is_nudged(sari: User) -> None:
    key = topics.parse(topics.inbox(sari.pk))
    assert key == ("inbox", str(sari.pk))
    assert may_watch_inbox(sari, str(sari.pk))
    assert not may_watch_inbox(a_person("Orang Lain"), str(sari.pk))
    assert not may_watch_inbox(Client().get("/").wsgi_request.user, str(sari.pk))
    for wrong in ("", "x", f"0{sari.pk}", f"{sari.pk}x"):
        assert not may_watch_inbox(sari, wrong)


@pytest.mark.django_db(transaction=True)
async def test_a_socket_of_the_inbox_is_its_owners(newsroom: Newsroom) -> None:
    sari, other = await sync_to_async(a_person)("Ibu Sari"), await sync_to_async(a_person)("Orang Lain")
    newsroom.people = [sari.pk]
    async with watching(topics.inbox(sari.pk), other) as foreign:
        assert await code_of_closing(foreign) == 4004
    async with watching(topics.inbox(sari.pk), sari) as mine:
        # Nobody is told before the check is over.
        await mine.receive_nothing(timeout=0.5)
        await sync_to_async(services.tell)(kind="uji", ref="1", subject=("got", "1"))
        assert await mine.receive_from(timeout=5) == "changed"


# --- how it is wanted ---------------------------------------------------------------------------
def wishes(**changes: str) -> dict[str, str]:
    """The whole form as the browser sends it."""
    return {f"mail_{kind.code}": kind.cadence.value for kind in all_kinds()} | changes


def test_each_kind_is_chosen(sari: User) -> None:
    client = signed_in(sari)
    shown = page(client, "/kabar/pengaturan/")
    assert "Tanpa jawaban tidak ada langkah." in shown
    assert "Pesan langsung" not in shown
    answer = client.post("/kabar/pengaturan/", wishes(mail_uji="off", mail_uji_wajib="daily"))
    assert answer.status_code == 302
    chosen = all_choices_of(sari)
    assert (chosen["uji"].mail, chosen["uji_wajib"].mail) == (Cadence.OFF, Cadence.DAILY)
    # There are no keys, so nothing was asked about push messages.
    assert chosen["uji"].push
    tell()
    assert not mail.outbox
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"mail_uji": "hourly"}, {"mail_uji": ""}, {"mail_uji_wajib": "off"}, {"mail_uji_wajib": "weekly"}],
)
def test_a_wish_that_cannot_be_changes_nothing(sari: User, changes: dict[str, str]) -> None:
    answer = signed_in(sari).post("/kabar/pengaturan/", wishes(**changes))
    assert answer.status_code == 422
    assert not Preference.objects.exists()


def test_unknown_kinds_are_not_read(sari: User) -> None:
    assert signed_in(sari).post("/kabar/pengaturan/", wishes(mail_karangan="off")).status_code == 302
    assert not Preference.objects.filter(kind="karangan").exists()


def test_one_press_stops_all_but_what_must_arrive(sari: User) -> None:
    assert signed_in(sari).post("/kabar/pengaturan/hentikan-surel/").status_code == 302
    tell("uji")
    assert not mail.outbox
    tell("uji_wajib")
    assert len(mail.outbox) == 1


# --- links in mails -----------------------------------------------------------------------------
def path_in(header: str) -> str:
    return header.strip("<>").removeprefix("http://localhost:8000")


def test_a_mail_stops_its_kind_or_all_with_one_click(sari: User) -> None:
    tell("uji")
    (message,) = mail.outbox
    link = path_in(message.extra_headers["List-Unsubscribe"])
    assert "Kabar got" in page(Client(), link)
    assert all_choices_of(sari)["uji"].mail == Cadence.AT_ONCE
    program = Client(enforce_csrf_checks=True)
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert all_choices_of(sari)["uji"].mail == Cadence.OFF
    assert all_choices_of(sari)["uji_harian"].mail == Cadence.DAILY
    everything = unsubscribe_url(Subscription("notice", f"{sari.pk}:all"))
    assert "Hentikan semua surel kabar" in message.body
    assert read(message.body.split("Hentikan semua surel kabar: ")[1].split()[0].split("/")[-2]) == Subscription(
        "notice", f"{sari.pk}:all"
    )
    assert program.post(path_in(everything)).status_code == 200
    assert all_choices_of(sari)["uji_harian"].mail == Cadence.OFF


def test_what_must_arrive_has_no_such_link_and_says_why(sari: User) -> None:
    tell("uji_wajib")
    (message,) = mail.outbox
    assert "List-Unsubscribe" not in message.extra_headers
    assert "Tanpa jawaban tidak ada langkah." in message.body
    assert "/kabar/pengaturan/" in message.body
    assert "tidak dapat dimatikan" in services.stop(f"{sari.pk}:uji_wajib")
    assert all_choices_of(sari)["uji_wajib"].mail == Cadence.AT_ONCE


def test_a_link_of_somebody_who_has_left_is_no_fault(sari: User) -> None:
    link = path_in(unsubscribe_url(Subscription("notice", f"{sari.pk}:uji")))
    sari.delete()
    assert Client().post(link).status_code == 200
    assert not Preference.objects.exists()


# --- what is sent instead of a form -------------------------------------------------------------
HOSTILE = [b" ", b"[]", b"null", b"{", b"\xff", b"1" * 5_000, b"[" * 3_900, b'"x"', json.dumps({"keys": []}).encode()]


@pytest.mark.parametrize("path", ["/kabar/perangkat/", "/kabar/perangkat/hentikan/"])
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_json_gets_a_sentence(sari: User, path: str, body: bytes) -> None:
    answer = signed_in(sari).post(path, body, content_type="application/json", headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert "Jawaban peramban" in answer.json()["message"]
