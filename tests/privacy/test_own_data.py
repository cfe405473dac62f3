"""A copy of everything about oneself, and leaving: whole, private, and nothing left behind."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from accounts.models import User
from ledger.models import Entry
from photos.models import Photo
from privacy import services
from privacy.models import CopyState, DataCopy
from reports import services as reports
from reports.models import Follow, Report, ReportPhoto
from support import queries as support
from support.services import set_support
from tests.factories.accounts import UserFactory, officer, section_head
from tests.factories.photos import PhotoFactory
from tests.factories.reports import ReportFactory

pytestmark = pytest.mark.django_db
PAGE = "/akun/data/"


@pytest.fixture
def sari(client):
    user = UserFactory(nickname="Ibu Sari", email="sari@example.com", name="Sari Dewanti")
    client.force_login(user)
    return user


def archive_of(client):
    response = client.get(f"{PAGE}salinan/unduh/")
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def ask(client, capture):
    with capture(execute=True):
        assert client.post(f"{PAGE}salinan/").url == PAGE


def just_signed_in(client, method="code", ago=0):
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time() - ago}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = session[SESSION_KEY]
    session.save()


class TestCopy:
    def test_it_holds_everything_and_nobody_elses(self, client, sari, django_capture_on_commit_callbacks):
        photo = PhotoFactory()
        mine = ReportFactory(reporter=sari, title="=Got mampet", photos=[photo])
        theirs = ReportFactory(reporter=UserFactory(), public=True, title="Lampu mati")
        reports.set_support(actor=sari, report=theirs, on=True)
        ask(client, django_capture_on_commit_callbacks)
        archive = archive_of(client)
        names = set(archive.namelist())
        assert {"account.json", "reports.csv", f"foto/{mine.number}-0.jpg"} <= names, names
        assert json.loads(archive.read("account.json"))[0]["name"] == "Sari Dewanti"
        (row,) = json.loads(archive.read("reports.json"))
        assert (row["number"], row["title"]) == (mine.number, "=Got mampet")
        (line,) = csv.DictReader(io.StringIO(archive.read("reports.csv").decode("utf-8-sig")))
        assert line["title"] == "'=Got mampet"
        assert [row["report"] for row in json.loads(archive.read("following.json"))] == [mine.number, theirs.number]
        assert archive.testzip() is None
        assert archive.read(f"foto/{mine.number}-0.jpg")[:2] == b"\xff\xd8"

    def test_the_page_shows_how_far_it_is(self, client, sari):
        services.ask_for_copy(actor=sari)
        DataCopy.objects.update(state=CopyState.BUILDING, done=2, total=7)
        page = client.get(PAGE).content.decode()
        assert 'hx-get="/akun/data/salinan/kemajuan/"' in page
        assert "2 dari 7" in page
        assert "hx-get" in client.get(f"{PAGE}salinan/kemajuan/").content.decode()

    def test_asking_twice_makes_one(self, client, sari):
        first = services.ask_for_copy(actor=sari)
        assert services.ask_for_copy(actor=sari) == first
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert services.ask_for_copy(actor=sari) != first
        assert DataCopy.objects.count() == 1

    def test_nobody_else_gets_it_and_it_goes_after_a_week(self, client, sari, django_capture_on_commit_callbacks):
        ask(client, django_capture_on_commit_callbacks)
        copy = DataCopy.objects.get()
        client.force_login(UserFactory())
        assert client.get(f"{PAGE}salinan/unduh/").status_code == 409
        client.force_login(sari)
        with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
            assert client.get(f"{PAGE}salinan/unduh/").status_code == 409
            with django_capture_on_commit_callbacks(execute=True):
                assert services.drop_expired(now=timezone.now()) == 1
        assert not copy.file.storage.exists(copy.file.name)

    def test_a_copy_that_fails_is_said_to_have_failed(self, client, sari, monkeypatch):
        copy = services.ask_for_copy(actor=sari)
        monkeypatch.setattr("privacy.services.archive.write", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.build_copy(copy_id=str(copy.pk))
        assert "notice yellow" in client.get(PAGE).content.decode()

    def test_a_task_that_runs_twice_makes_it_once(self, sari):
        copy = services.ask_for_copy(actor=sari)
        assert services.build_copy(copy_id=str(copy.pk))
        assert not services.build_copy(copy_id=str(copy.pk))


class TestLeaving:
    def leave(self, client, **fields):
        return client.post(f"{PAGE}hapus/", {"nickname": "Ibu Sari"} | fields)

    def test_the_account_goes_and_what_others_build_on_stays_unnamed(self, client, sari):
        public = ReportFactory(reporter=sari, public=True)
        other = ReportFactory(reporter=UserFactory(), public=True)
        reports.set_support(actor=sari, report=other, on=True)
        secret = Report.objects.get(pk=public.pk).secret_digest
        just_signed_in(client)
        assert self.leave(client, remove_content="on").url == "/"
        assert not User.objects.filter(pk=sari.pk).exists()
        public.refresh_from_db()
        assert public.reporter is None
        assert public.secret_digest != secret
        assert support.counts([other]) == {other.pk: 0}
        assert not Follow.objects.filter(report=other, user=sari.pk).exists()
        assert Entry.objects.get(verb="account.erased").payload == {}
        assert client.get(PAGE).url.startswith("/akun/masuk/")
        assert client.get(f"/laporan/{public.number}/").status_code == 200

    @pytest.mark.parametrize(("remove", "left"), [("on", 0), ("", 1)])
    def test_untouched_reports_go_when_the_person_says_so(
        self, client, sari, remove, left, django_capture_on_commit_callbacks
    ):
        photo = PhotoFactory()
        ReportFactory(reporter=sari, public=False, photos=[photo])
        just_signed_in(client)
        with django_capture_on_commit_callbacks(execute=True):
            self.leave(client, remove_content=remove)
        assert Report.objects.count() == ReportPhoto.objects.count() == Photo.objects.count() == left
        assert photo.large.storage.exists(photo.large.name) is bool(left)

    @pytest.mark.parametrize("count", [1, 3])
    def test_many_reports_cost_no_more_to_look_through(self, sari, count, django_assert_max_num_queries):
        neighbour = UserFactory()
        for _ in range(count):
            set_support(actor=neighbour, obj=ReportFactory(reporter=sari, public=False), on=True)
        with django_assert_max_num_queries(10):
            assert reports.withdraw_reports(actor=sari, unhandled=True) == 0

    def test_what_somebody_else_follows_stays(self, client, sari):
        report = ReportFactory(reporter=sari, public=False)
        Follow.objects.create(report=report, user=UserFactory())
        just_signed_in(client)
        self.leave(client, remove_content="on")
        assert Report.objects.get().reporter is None

    @pytest.mark.parametrize("nickname", ["", "ibu sari", "Orang Lain", "x" * 500])
    def test_a_slip_erases_nothing(self, client, sari, nickname):
        just_signed_in(client)
        assert self.leave(client, nickname=nickname).status_code == 422
        assert User.objects.filter(pk=sari.pk).exists()

    @pytest.mark.parametrize(("method", "ago"), [("code", 1000), ("password", 0)])
    def test_a_borrowed_phone_is_not_enough(self, client, sari, method, ago):
        just_signed_in(client, method, ago)
        assert self.leave(client).status_code == 403
        assert "<form" in client.get(f"{PAGE}hapus/").content.decode()
        assert User.objects.filter(pk=sari.pk).exists()

    @pytest.mark.parametrize("make", [officer, section_head])
    def test_who_holds_an_office_ends_it_first(self, client, make):
        person = make()
        client.force_login(person)
        just_signed_in(client)
        assert self.leave(client, nickname=person.nickname).status_code == 409
        assert User.objects.filter(pk=person.pk).exists()

    def test_an_office_that_rests_is_ended_first_too(self, client, settings):
        settings.SECOND_FACTOR_GRACE_DAYS = 0
        person = officer()
        client.force_login(person)
        just_signed_in(client)
        assert self.leave(client, nickname=person.nickname).status_code == 409
        assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("path", ["", "salinan/kemajuan/", "salinan/unduh/", "hapus/"])
def test_visitors_sign_in_first(client, path):
    assert client.get(f"{PAGE}{path}").url.startswith("/akun/masuk/")
