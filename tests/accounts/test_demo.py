"""The demo's cast and its pages, and that a real city never has them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core import mail

from accounts import queries, services
from accounts.demo import CAST, seed_cast
from accounts.demo_mail import letters
from accounts.models import RoleAssignment, User
from config import checks
from core.permissions import may
from ledger.models import Entry

pytestmark = pytest.mark.django_db
PAGES = [("get", "/demo/"), ("post", "/demo/masuk/"), ("get", "/demo/surat/")]


@pytest.fixture
def demo(settings):
    # The site's own addresses are made before the switch is on.
    _site()
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.accounts.demo_urls"
    return settings


def test_the_cast_stands_once_with_its_offices():
    first = seed_cast()
    assert seed_cast() == first
    assert len(first) == len(CAST)
    offices = {str(row) for row in RoleAssignment.objects.all()}
    assert len(offices) == sum(1 for part in CAST if part.role)
    assert "Kasi Ekbang, Kelurahan Slipi" in offices
    assert "Petugas Saluran, Suku Dinas Sumber Daya Air Jakarta Barat" in offices
    assert Entry.objects.filter(verb="role.appointed").count() == len(offices)
    assert {user.email for user in first.values() if queries.has_desk(user)} == {
        f"{key}@example.com" for key in ("rina", "joko", "hadi", "dewi", "ratna", "agus", "wayan")
    }
    assert may(first["laras"], "wagtailadmin.access_admin")
    assert not may(first["sari"], "wagtailadmin.access_admin")


def test_who_appointed_the_cast_cannot_be_signed_in_to(client):
    seed_cast()
    founder = User.objects.get(is_superuser=True)
    assert not founder.is_active
    assert founder.email is None


def test_one_press_makes_you_one_of_the_cast(client, demo):
    people = seed_cast()
    page = client.get("/demo/").content.decode()
    assert all(part.nickname in page for part in CAST)
    assert "Kepala seksi di Slipi" in page
    assert client.post("/demo/masuk/", {"who": "rina"}).url == "/meja/"
    assert client.session["_auth_user_id"] == str(people["rina"].pk)
    assert client.post("/demo/masuk/", {"who": "sari"}).url == "/"
    assert client.session["_auth_user_id"] == str(people["sari"].pk)


@pytest.mark.parametrize("who", ["", "founder", "\x00", "x" * 9_999, "<script>"])
def test_nobody_else_can_be_chosen(client, demo, who):
    seed_cast()
    assert client.post("/demo/masuk/", {"who": who}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_empty_demo_says_what_to_do(client, demo):
    assert "seed_demo" in client.get("/demo/").content.decode()


def test_the_demo_shows_its_mails_with_the_code(client, demo, tmp_path):
    demo.EMAIL_FILE_PATH = tmp_path
    assert "Belum ada surel" in client.get("/demo/surat/").content.decode()
    demo.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    client.post("/akun/masuk/", {"email": "sari@example.com"})
    mail.send_mail("<script>alert(1)</script>", "https://localhost/a?b=1\n<b>", "a@b.c", ["x@y.z"])
    newest, oldest = letters(tmp_path)
    assert (newest.to, newest.code) == ("x@y.z", "")
    assert oldest.code in oldest.text
    assert oldest.subject.startswith(oldest.code)
    page = client.get("/demo/surat/").content.decode()
    assert f"<strong>{oldest.code}</strong>" in page
    assert '<a href="https://localhost/a?b=1"' in page
    assert "<script>alert" not in page
    client.post("/akun/masuk/kode/", {"code": oldest.code})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(("method", "path"), PAGES)
@pytest.mark.parametrize("switch", [{"DEMO": False}, {"DEMO": True, "PRODUCTION": True}])
def test_without_the_demo_its_pages_do_not_exist(client, demo, method, path, switch):
    seed_cast()
    for name, value in switch.items():
        setattr(demo, name, value)
    demo.DEBUG = False
    assert getattr(client, method)(path, {"who": "laras"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_without_the_demo_its_pages_have_no_address(client):
    assert not any("demo" in str(getattr(pattern, "pattern", "")) for pattern in _site())
    for method, path in PAGES:
        assert getattr(client, method)(path).status_code == 404


def _site():
    from config.urls import urlpatterns

    return urlpatterns


def test_production_refuses_to_start_with_the_demo_on(settings):
    settings.PRODUCTION, settings.DEMO = True, True
    assert "rembuk.E007" in {error.id for error in checks.production_is_safe(None)}
    settings.DEMO = False
    assert "rembuk.E007" not in {error.id for error in checks.production_is_safe(None)}


def test_nothing_in_the_surroundings_can_switch_the_demo_on_in_production():
    program = "from django.conf import settings; print(settings.DEMO, settings.DEBUG)"
    production = {"PYTHONPATH": "platform", "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    surroundings = production | {"DEMO": "True", "DEBUG": "True", "SECRET_KEY": "x" * 60}
    shown = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=django_settings.BASE_DIR,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == ["False", "False"]


def test_the_groups_that_tick_keeps_agree_with_the_cast():
    people = seed_cast()
    assert people["laras"].groups.filter(name=services.STAFF_GROUP).exists()
    assert not people["rina"].groups.exists()
