"""One click stops the mails, and only a click."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client

from notices.links import Subscription, read, unsubscribe_url
from tests.notices.conftest import SCOPE

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(post):
    return unsubscribe_url(Subscription(SCOPE, "12:34")).removeprefix("http://localhost:8000")


def test_opening_the_link_changes_nothing_because_scanners_open_every_link(client, post, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "Hentikan surel ini?" in page.content.decode()
    assert client.head(path).status_code == 200
    assert post.stopped == []


def test_the_button_and_the_mail_program_stop_the_mails_without_signing_in(post, path):
    # As RFC 8058 has it: no cookie, no token of the form.
    program = Client(enforce_csrf_checks=True)
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Kabar tentang laporan ini dihentikan." in answer.content.decode()
    assert post.stopped == ["12:34"]
    assert program.post(path).status_code == 200


@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", "%00", "x" * 5_000, "%F0%9F%98%80", signing.dumps("text", salt="notices.unsubscribe"),
     signing.dumps(["uji", "12:34"], salt="another purpose")],
    # Signatures hold the time: as names of tests they would differ from worker to worker.
    ids=["short", "colons", "nul", "long", "emoji", "no list", "another purpose"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_broken_link_gets_a_page_that_says_what_to_do(client, post, token, method):
    answer = getattr(client, method)(f"/kabar/berhenti/{token}/")
    assert answer.status_code == 404
    assert "Tautan ini tidak lengkap" in answer.content.decode()
    assert post.stopped == []


def test_a_link_of_an_app_that_is_gone_is_no_fault(client, db):
    path = unsubscribe_url(Subscription("gone", "1")).removeprefix("http://localhost:8000")
    assert client.post(path).status_code == 404


def test_a_link_changed_by_one_letter_is_not_ours(path):
    token = path.split("/")[-2]
    assert read(token) == Subscription(SCOPE, "12:34")
    assert read(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def test_other_methods_are_not_answered(client, path):
    assert client.put(path).status_code == 405
