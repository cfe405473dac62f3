"""The pages of a desk cost the same for one row as for three."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance import services
from tests.factories.accounts import officer
from tests.factories.reports import category

pytestmark = pytest.mark.django_db


def file_one(client) -> str:
    client.post("/loket/mulai/", {"cara": "tanpa"})
    words = {"description": "Got mampet.", "category": category().slug, "place": "Slipi", "no_photo": "on"}
    answer = client.post("/loket/lapor/", {"client_key": uuid.uuid4()} | words)
    assert answer.status_code == 302
    return answer.url


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("present", [False, True])
def test_who_is_there_and_what_was_done_today(client, present):
    joko = officer()
    client.force_login(joko)

    def one_more() -> None:
        card, _pin = services.open_with_card(actor=joko, language="id", client_key=uuid.uuid4())
        services.new_pin(actor=joko, card=card)
        file_one(client)
        if not present:
            client.post("/loket/selesai/")

    one_more()
    first = cost(client, "/loket/")
    one_more()
    one_more()
    assert client.get("/loket/").content.decode().count("/tiket/") == 3
    assert cost(client, "/loket/") == first


def test_a_ticket_its_paper_and_the_form(client):
    joko = officer()
    client.force_login(joko)
    ticket = file_one(client)
    before = [cost(client, address) for address in (ticket, f"{ticket}tiket.pdf", "/loket/lapor/")]
    for _ in range(2):
        file_one(client)
    assert [cost(client, address) for address in (ticket, f"{ticket}tiket.pdf", "/loket/lapor/")] == before
