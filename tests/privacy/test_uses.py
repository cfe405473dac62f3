"""Who worked with somebody's data: told to them, with the office and the reason, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from assistance.models import Help
from core import personal
from ledger.services import record
from oversight.models import Closure
from oversight.queries import Wanted
from oversight.services import closing, exporting
from privacy import services
from privacy.uses import uses_of
from privacy.views import USES_SHOWN
from reports.models import Reveal
from reports.services.desk import reveal_contact
from residents import services as residents
from tests.factories.accounts import UserFactory, admin, office, officer, region
from tests.factories.reports import ReportFactory
from tests.residents.conftest import NIK

pytestmark = pytest.mark.django_db
PAGE = "/akun/data/"


@pytest.fixture
def sari(client):
    user = UserFactory(nickname="Ibu Sari", email="sari@example.com", name="Sari Dewanti")
    client.force_login(user)
    return user


def told(person):
    return [(str(use.what), use.office, str(use.why), use.oneself) for use in uses_of(person)]


def test_a_look_at_the_contact_is_told_with_its_office_and_not_its_officer(client, sari):
    joko = officer()
    report = ReportFactory(reporter=sari)
    reveal_contact(actor=joko, report=report, reason="Rahasia petugas: patokan tidak jelas.")
    page = client.get(PAGE).content.decode()
    assert "Cara menghubungi Anda dilihat: untuk menangani laporan Anda" in page
    assert Reveal.objects.get().office in page
    assert report.number in page
    assert joko.nickname not in page
    assert "Rahasia petugas" not in page
    stranger = Client()
    stranger.force_login(UserFactory())
    assert "Cara menghubungi Anda dilihat" not in stranger.get(PAGE).content.decode()


def test_verification_and_its_end_closing_and_opening_are_told(sari):
    joko, laras = officer(), admin()
    made = residents.verify(actor=joko, user=sari, nik=NIK, kelurahan=region(), rw="6")
    residents.revoke(actor=laras, verification=made, reason="Kartu milik orang lain.")
    closed = closing.close_account(actor=laras, person=sari, reason="taken", words="Akun dipakai orang lain.")
    closing.open_account_again(actor=laras, closure=closed)
    assert [what for what, *_rest in told(sari)] == [
        "Akun Anda dibuka kembali",
        "Akun Anda ditutup",
        "Verifikasi Anda berakhir",
        "Anda diverifikasi sebagai warga",
    ]
    (_opened, close, end, _verified) = told(sari)
    assert close[2] == str(dict(Closure._meta.get_field("reason").choices)["taken"])
    assert end[2] == "dicabut"
    assert all(by for _what, by, *_rest in told(sari))


def test_a_copy_is_told_as_ones_own_act(sari):
    services.ask_for_copy(actor=sari)
    assert told(sari) == [("Salinan data Anda dibuat", "", "", True)]


def test_an_audit_of_the_person_is_told_and_one_of_others_is_not(sari):
    auditor = office("auditor", "31")
    exporting.record_export(actor=auditor, wanted=Wanted(actor=UserFactory().pk), as_json=False)
    exporting.record_review(actor=auditor)
    assert told(sari) == []
    exporting.record_export(actor=auditor, wanted=Wanted(actor=sari.pk), as_json=False)
    exporting.record_export(actor=auditor, wanted=Wanted(kind="resident", key=str(sari.pk)), as_json=True)
    assert len(told(sari)) == 2
    assert all(by for _what, by, *_rest in told(sari))


def test_who_holds_an_office_hears_of_the_review(sari):
    joko = officer()
    exporting.record_review(actor=office("auditor", "31"))
    assert len(told(joko)) == 1


def test_a_desk_that_helped_is_told(sari):
    report = ReportFactory(reporter=sari)
    matter = {"what": "report", "subject_type": "report", "subject_id": report.number}
    where = {"region": region(), "office": "Petugas", "desk": "Loket Slipi"}
    Help.objects.create(helper=officer(), person=sari, at=timezone.now(), **matter, **where)
    assert told(sari) == [("Loket mengirim laporan untuk Anda", "Loket Slipi", "", False)]


@pytest.mark.parametrize("count", [1, 3])
def test_much_use_costs_no_more_to_read(client, sari, count, django_assert_max_num_queries):
    joko = officer()
    for _ in range(count):
        reveal_contact(actor=joko, report=ReportFactory(reporter=sari), reason="Bertanya patokan rumah.")
        record(actor=None, verb="account.closed", subject_type="account", subject_id=sari.pk)
    with django_assert_max_num_queries(7):
        assert len(uses_of(sari, 30)) == 2 * count


def test_the_page_is_bounded_and_the_copy_is_not(client, sari):
    for _ in range(USES_SHOWN + 1):
        record(actor=sari, verb="data.copied", subject_type="account", subject_id=sari.pk)
    page = client.get(PAGE).content.decode()
    assert page.count("Salinan data Anda dibuat") == USES_SHOWN
    assert "Ini yang terbaru" in page
    (section,) = [one for one in personal.sections() if one.name == "uses"]
    assert len(list(section.rows(sari))) == USES_SHOWN + 1
