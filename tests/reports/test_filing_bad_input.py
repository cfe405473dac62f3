"""Whatever is sent to the filing form: a sentence beside the field, nothing lost, nothing written."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.models import Category, Report
from tests.factories.accounts import UserFactory
from tests.reports.test_filing import counts, filled

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert('x')</script><b onclick=x>&amp;"


def refused(client: Client, field: str, **changes: Any) -> HttpResponse:
    """Send the form and see that it was refused beside the field and wrote nothing."""
    before = counts()
    answer = client.post("/lapor/", filled(client, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert counts() == before
    return answer


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("description", {"description": ""}),
        ("description", {"description": " \n\t "}),
        ("description", {"description": "\0\0"}),
        ("description", {"description": "a" * 4001}),
        ("title", {"title": "a" * 121}),
        ("category", {"category": ""}),
        ("category", {"category": "tidak-ada"}),
        ("category", {"category": "\0"}),
        ("category", {"category": ["saluran-kali", "tidak-ada"]}),
        ("place", {"place": ""}),
        ("place", {"place": "Atlantis"}),
        ("place", {"place": "x" * 5000}),
        ("place", {"place": "", "region": "99.99.99.9999"}),
        ("place", {"place": "", "region": "31"}),
        ("place", {"place": "", "lat": "nan", "lng": "nan"}),
        ("place", {"place": "", "lat": "inf", "lng": "-inf"}),
        ("place", {"place": "", "lat": "1e400", "lng": "106.8"}),
        ("place", {"place": "", "lat": "-6.2", "lng": ""}),
        ("place", {"place": "", "lat": "enam", "lng": "seratus"}),
        ("place", {"place": "", "lat": "-91", "lng": "181"}),
        ("region", {"region": "x" * 30}),
        ("rt", {"rt": "abc"}),
        ("rt", {"rt": "0"}),
        ("rt", {"rt": "-4"}),
        ("rt", {"rt": "99999"}),
        ("rw", {"rw": "²"}),
        ("rw", {"rw": "1.5"}),
        ("landmark", {"landmark": "a" * 161}),
        ("photos", {"no_photo": ""}),
        ("photos", {"no_photo": "", "photo_ids": ["x", "\0", "00000000-0000-0000-0000-000000000000"]}),
        ("email", {"email": "sari@"}),
        ("email", {"email": "a" * 250 + "@example.com"}),
        ("email", {"email": "sari\0@example.com"}),
        ("phone", {"phone": "telepon saja"}),
        ("phone", {"phone": "1" * 40}),
        ("__all__", {"client_key": "x"}),
        ("__all__", {"client_key": ""}),
    ],
)
def test_a_sentence_stands_beside_the_field(client: Client, field: str, changes: dict[str, Any]) -> None:
    answer = refused(client, field, **changes)
    page = answer.content.decode()
    for sentence in answer.context["form"].errors[field]:
        assert html.escape(sentence) in page
    # Django's own English sentences would show here.
    assert "This field" not in page
    assert "Ensure" not in page
    if field != "description":
        assert "Got di gang kami mampet" in page


@pytest.mark.parametrize("accuracy", ["-5", "1e300", "nan", "inf"])
def test_a_nonsense_accuracy_does_not_cost_the_point(client: Client, accuracy: str) -> None:
    point = {"lat": "-6.193339", "lng": "106.798897", "accuracy": accuracy}
    answer = client.post("/lapor/", filled(client, **point))
    assert answer.status_code == 302
    assert (Report.objects.get().lat, Report.objects.get().accuracy) == (-6.193339, None)


def test_more_fields_than_a_form_has_are_refused(client: Client) -> None:
    before = counts()
    answer = client.post("/lapor/", filled(client, photo_ids=["x"] * 2000))
    assert answer.status_code == 413
    assert client.post("/lapor/", filled(client, description="a" * 2_000_000)).status_code == 413
    assert counts() == before


@pytest.mark.parametrize("kind", ["guest", "account"])
def test_markup_is_text_everywhere(client: Client, kind: str) -> None:
    if kind == "account":
        client.force_login(UserFactory())
    words = {"title": MARKUP, "description": MARKUP, "landmark": MARKUP}
    again = client.post("/lapor/", filled(client, rt="x", place=MARKUP, **words))
    sent = client.post("/lapor/", filled(client, **words))
    assert (again.status_code, sent.status_code) == (422, 302)
    report = Report.objects.get()
    assert (report.title, report.landmark) == (MARKUP, MARKUP)
    for page in (again, client.get(sent["Location"]), client.get("/lapor/", {"teks": MARKUP})):
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<b onclick" not in text
        assert "'unsafe-inline'" not in page["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/lapor/").status_code == 405


texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "\0", "Slipi", "31.73.07.1002", "nan", "-6.19", "106.79", "1e999", "on", MARKUP, "{{ 1 }}", "%s"]
    ),
)
names = [
    *("client_key", "batch", "description", "title", "category", "lat", "lng", "accuracy", "place", "region"),
    *("rt", "rw", "landmark", "at_home", "no_photo", "email", "phone", "photo_ids", "photos"),
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(names), st.one_of(texts, st.lists(texts, max_size=3))))
def test_nothing_that_can_be_sent_breaks_the_form(client: Client, sent: dict[str, Any]) -> None:
    answer = client.post("/lapor/", filled(client) | sent)
    assert answer.status_code in (302, 409, 413, 422, 429)


@pytest.mark.parametrize("slug", ["pungli", "kekerasan-perempuan-anak"])
def test_what_is_told_in_confidence_is_never_public(client: Client, slug: str) -> None:
    client.force_login(UserFactory())
    sent = client.post("/lapor/", filled(client, category=slug))
    report = Report.objects.get()
    assert not report.public
    assert report.unit == Category.objects.get(slug=slug).handler
    assert "rahasia" in client.get(sent["Location"]).content.decode().lower()
    assert Client().get(f"/laporan/{report.number}/").status_code in (403, 404)
