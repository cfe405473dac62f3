"""Reports and supports at a desk for people who are present; the ticket, and taking it over."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from assistance import services
from assistance.domain import codes
from assistance.models import Help
from core.errors import DomainError
from ledger.models import Entry
from reports import mails
from reports import services as reports
from reports.models import Follow, Report
from residents import services as residents
from support import queries as support
from tests.committed import at_once
from tests.factories.accounts import PALMERAH, UserFactory, office, officer, region, section_head
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import category

pytestmark = pytest.mark.django_db


def fields(**changes):
    slug = category().slug
    words = {"description": "Got mampet di ujung gang.", "category": slug, "place": "Slipi", "no_photo": "on"}
    return {"client_key": uuid.uuid4()} | words | changes


def at_desk(client: Client, person=None, helper=None):
    """The helper's window, with somebody present; the helper."""
    helper = helper or officer()
    client.force_login(helper)
    if person is None:
        begun = client.post("/loket/mulai/", {"cara": "tanpa"})
    else:
        begun = client.post("/loket/mulai/", {"cara": "kode", "kode": residents.introduce(actor=person).code})
    assert begun.status_code == 302
    return helper


def test_somebody_without_an_account_files_and_takes_it_over_later(client):
    joko = at_desk(client)
    sent = fields()
    filed = client.post("/loket/lapor/", sent)
    assert filed.status_code == 302
    report = Report.objects.get()
    assert (report.reporter, report.confirmed, report.public, report.via) == (None, True, True, "Kelurahan Slipi")
    assert client.post("/loket/lapor/", sent).url == filed.url
    assert Report.objects.count() == Help.objects.count() == 1
    page = client.get(filed.url)
    code = page.context["code"]
    assert codes.is_code(codes.tidy(code))
    paper = client.get(f"{filed.url}tiket.pdf")
    assert paper.content.startswith(b"%PDF")
    # The desk does not hold the reporter's key.
    assert "report_secrets" not in client.session
    assert client.post(f"/laporan/{report.number}/beres/").status_code == 403
    public = Client().get(f"/laporan/{report.number}/").content.decode()
    assert "loket Kelurahan Slipi" in public
    assert joko.nickname not in public
    owner, window = UserFactory(), Client()
    window.force_login(owner)
    assert window.post("/loket/klaim/", {"kode": code.lower()}).url == f"/laporan/{report.number}/"
    report.refresh_from_db()
    assert report.reporter == owner
    assert Follow.objects.filter(report=report, user=owner).exists()
    window.force_login(UserFactory())
    assert window.post("/loket/klaim/", {"kode": code}).status_code == 422
    assert client.get(filed.url).status_code == 404
    verbs = Entry.objects.filter(subject_type="assist").order_by("pk").values_list("verb", "actor_id")
    assert list(verbs) == [("assist.helped", joko.pk), ("assist.claimed", owner.pk)]


def test_the_link_on_the_ticket_is_worth_nothing_once_it_was_taken_over(client):
    at_desk(client)
    filed = client.post("/loket/lapor/", fields())
    report, owner, stranger = Report.objects.get(), UserFactory(), Client()
    link = f"/laporan/rahasia/{report.number}/{reports.secret_of(report.client_key)}/"
    assert stranger.get(link).status_code == 302
    assert stranger.get(f"/laporan/{report.number}/").context["detail"].is_reporter
    services.claim(actor=owner, code=codes.tidy(client.get(filed.url).context["code"]))
    report.refresh_from_db()
    for window in (stranger, Client()):
        assert window.get(link).status_code == 404
        assert not window.get(f"/laporan/{report.number}/").context["detail"].is_reporter
    reports.take_step(actor=section_head(), report=report, name="validate", inputs=reports.Inputs(reason="seen"))
    mail = mails.to_account(str(report.steps.latest("pk").pk), owner)
    assert mail is not None
    assert mail.context["url"].endswith(f"/laporan/{report.number}/")
    window = Client()
    window.force_login(owner)
    assert window.get(report.get_absolute_url()).context["detail"].is_reporter


def test_from_who_is_there_one_press_leads_to_a_form_that_knows_the_place(client):
    client.force_login(officer())
    begun = client.post("/loket/mulai/", {"cara": "tanpa", "next": "/loket/lapor/"})
    assert begun.url == "/loket/lapor/"
    form = client.get(begun.url).context["form"]
    assert (form["place"].value(), form["no_photo"].value()) == (region().full_label, True)
    client.force_login(office("facilitator", "31.73"))
    client.post("/loket/mulai/", {"cara": "tanpa"})
    assert client.get("/loket/lapor/").context["form"]["place"].value() == ""


@pytest.mark.parametrize("wanted", ["https://jahat.example/", "//jahat.example/", ""])
def test_it_leads_nowhere_but_into_the_site(client, wanted):
    client.force_login(officer())
    assert client.post("/loket/mulai/", {"cara": "tanpa", "next": wanted}).url == "/loket/"


def test_for_an_account_it_lies_there_at_once(client):
    person = UserFactory()
    at_desk(client, person)
    filed = client.post("/loket/lapor/", fields())
    report = Report.objects.get()
    assert report.reporter == person
    assert Help.objects.get().code_digest == ""
    assert client.get(f"{filed.url}tiket.pdf").status_code == 200
    told = Client().get(f"/laporan/{report.number}/").content.decode()
    assert "loket Kelurahan Slipi" in told
    assert person.nickname not in told


def test_outside_the_own_area_nothing_is_filed(client):
    at_desk(client, helper=officer(PALMERAH))
    answer = client.post("/loket/lapor/", fields())
    assert answer.status_code == 422
    assert "place" in answer.context["form"].errors
    assert not Report.objects.exists()
    assert not Help.objects.exists()


def test_a_support_counts_once_and_only_for_an_account(client):
    report, person = AReport(reporter=UserFactory()), UserFactory()
    at_desk(client)
    assert client.post("/loket/dukung/", {"nomor": report.number}).status_code == 403
    at_desk(client, person)
    for _ in range(2):
        assert client.post("/loket/dukung/", {"nomor": report.spoken_number}).status_code == 302
    assert support.counts([report])[report.pk] == 1
    assert Help.objects.filter(what="support", person=person).count() == 1


def test_nobody_helps_themselves(client):
    joko = officer()
    client.force_login(joko)
    own = client.post("/loket/mulai/", {"cara": "kode", "kode": residents.introduce(actor=joko).code})
    assert own.status_code == 422
    assert client.get("/loket/lapor/").status_code == 409
    with pytest.raises(DomainError) as refused:
        reports.set_support(actor=joko, report=AReport(reporter=UserFactory()), on=True, helper=joko)
    assert refused.value.code == "help_not_yourself"
    assert not Help.objects.exists()


def test_a_helper_cannot_take_over_the_ticket(client):
    joko = at_desk(client)
    filed = client.post("/loket/lapor/", fields())
    code = codes.tidy(client.get(filed.url).context["code"])
    with pytest.raises(DomainError) as refused:
        services.claim(actor=joko, code=code)
    assert refused.value.code == "help_not_yourself"
    assert Help.objects.get().claimed_at is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_type_one_code_at_once_one_gets_the_report(client):
    at_desk(client)
    filed = client.post("/loket/lapor/", fields())
    code = codes.tidy(client.get(filed.url).context["code"])
    people = [UserFactory() for _ in range(12)]
    results = at_once(12, lambda place: services.claim(actor=people[place], code=code))
    assert sum(isinstance(one, Help) for one in results) == 1
    assert {one.code for one in results if not isinstance(one, Help)} == {"claim_refused"}
