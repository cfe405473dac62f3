"""Settings, health, headers, refusals as pages, logs."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client

from config.logs import JsonFormatter
from reports.models import Report
from tests.factories.reports import a_person

ROOT = Path(settings.BASE_DIR)
GOOD = {
    "RESIDENT_PEPPERS": ["0123456789abcdef" * 4],
    "PRODUCTION": True,
    "SECRET_KEY": "x4T-9fQ_kLm2Zw7RbV0cYsE8hJ6dNpA3uGtOiK1rXe5WvBq-Z_9",
    "ALLOWED_HOSTS": ["rembuk.contoh.go.id"],
    "SITE_URL": "https://rembuk.contoh.go.id",
    "DEBUG": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "Rembuk <rembuk@contoh.go.id>",
    "DEMO": False,
}


def ours() -> list[str]:
    return [message.id for message in run_checks() if message.id.startswith("rembuk.")]


class TestProductionRefusesWhatIsUnsafe:
    def test_good_settings_pass(self, settings) -> None:
        for name, value in GOOD.items():
            setattr(settings, name, value)
        assert ours() == []

    @pytest.mark.parametrize(
        ("name", "value", "number"),
        [
            ("SECRET_KEY", "missing", "rembuk.E001"),
            ("SECRET_KEY", "a" * 60, "rembuk.E001"),
            ("RESIDENT_PEPPERS", [], "rembuk.E008"),
            ("RESIDENT_PEPPERS", ["0123456789abcdef"], "rembuk.E008"),
            ("RESIDENT_PEPPERS", ["0123456789abcdef" * 4] * 2, "rembuk.E008"),
            ("RESIDENT_PEPPERS", ["kunci rahasia" * 8], "rembuk.E008"),
            ("ALLOWED_HOSTS", [], "rembuk.E002"),
            ("ALLOWED_HOSTS", ["*"], "rembuk.E002"),
            ("SITE_URL", "http://rembuk.contoh.go.id", "rembuk.E003"),
            ("SITE_URL", "https://localhost", "rembuk.E003"),
            ("DEBUG", True, "rembuk.E004"),
            ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "rembuk.E005"),
            ("DEFAULT_FROM_EMAIL", "Rembuk <rembuk@localhost>", "rembuk.E006"),
            ("DEMO", True, "rembuk.E007"),
            ("CODE_SENDER", "security.senders.ShownSender", "rembuk.E009"),
            ("CODE_SENDER", "kota.tidak.Ada", "rembuk.E009"),
            ("CODE_SENDER", "security.senders.NotSentError", "rembuk.E009"),
        ],
    )
    def test_each_unsafe_value_is_named_with_a_hint(self, settings, name, value, number) -> None:
        for key, good in (GOOD | {name: value}).items():
            setattr(settings, key, good)
        assert ours() == [number]
        message = next(message for message in run_checks() if message.id == number)
        assert message.hint

    def test_the_process_itself_does_not_start(self) -> None:
        bare = {"PATH": "/usr/bin", "DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "short"}
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--plan"],
            cwd=ROOT,
            env=bare,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "rembuk.E001" in done.stderr
        assert "HINT" in done.stderr


@pytest.mark.django_db
class TestHealth:
    def test_alive_and_ready_answer_get_and_head(self, client) -> None:
        assert client.get("/sehat/hidup").json() == {"status": "ok"}
        assert client.get("/sehat/siap").json() == {"status": "ok", "failing": []}
        assert client.head("/sehat/siap").status_code == 200
        assert client.post("/sehat/siap").status_code == 405

    def test_ready_names_what_does_not_answer(self, client, settings) -> None:
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
        }
        answer = client.get("/sehat/siap")
        assert (answer.status_code, answer.json()["failing"]) == (503, ["cache"])


def closed_to_machines(robots: str, path: str) -> bool:
    """As RFC 9309 has it: the longest rule that fits decides."""
    rules = [line.split(": ") for line in robots.splitlines() if line.startswith(("Allow", "Disallow"))]
    fitting = [(len(rule), word) for word, rule in rules if re.match(re.escape(rule).replace(r"\*", ".*"), path)]
    return max(fitting, default=(0, "Allow"))[1] == "Disallow"


@pytest.mark.django_db
class TestWhatMachinesLookFor:
    def test_search_engines_read_what_is_public_and_nothing_else(self, client) -> None:
        answer = client.get("/robots.txt")
        robots = answer.content.decode()
        assert answer.headers["Content-Type"].startswith("text/plain")
        number = "K7M29QXD"
        for path in ("/", "/laporan/", f"/laporan/{number}/", "/laporan/?sesudah=abc", "/laporan/peta/", "/lapor/"):
            assert not closed_to_machines(robots, path), path
        for path in ("/bantuan/", "/tempat/31.73.07.1002/", "/foto/x/besar.jpg", f"/bukti/laporan/{number}/"):
            assert not closed_to_machines(robots, path), path
        for name in ("rahasia/{0}/abc", "{0}/kode", "{0}/terima-kasih"):
            assert closed_to_machines(robots, f"/laporan/{name.format(number)}/"), name
        for path in (
            "/meja/",
            f"/meja/{number}/",
            "/staf/",
            "/akun/masuk/",
            "/kabar/berhenti/x/",
            "/laporan/?warna=hijau",
        ):
            assert closed_to_machines(robots, path), path

    def test_nothing_of_the_demo_is_found_by_search_engines(self, client, settings) -> None:
        settings.DEMO = True
        assert closed_to_machines(client.get("/robots.txt").content.decode(), "/laporan/")

    def test_the_icon_is_found_without_a_page(self, client) -> None:
        assert client.get("/favicon.ico").headers["Location"].endswith("icon-192.png")

    def test_whom_to_tell_about_a_hole(self, client, settings) -> None:
        address = "/.well-known/security.txt"
        assert client.get(address).status_code == 404
        settings.SECURITY_CONTACT = "mailto:lubang@contoh.go.id"
        with time_machine.travel("2026-11-24T05:00:00Z"):
            text = client.get(address).content.decode()
        assert "Contact: mailto:lubang@contoh.go.id\n" in text
        assert "Expires: 2027-05-23T00:00:00Z\n" in text


PUBLIC = ["/laporan/", "/lapor/", "/akun/login/", "/luring/", "/tempat/", "/tidak-ada/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_bear_the_strict_policy_and_no_inline_code(client, path) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    page = answer.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert all("src=" in tag.split(">")[0] or "application/" in tag.split(">")[0] for tag in page.split("<script")[1:])


@pytest.mark.django_db
class TestRefusals:
    @pytest.fixture
    def hidden(self) -> str:
        return "/tidak-ada/"

    def test_not_found_as_page_and_as_json(self, client, hidden) -> None:
        page = client.get(hidden)
        assert page.status_code == 404
        assert "<h1" in page.content.decode()
        data = client.get(hidden, headers={"accept": "application/json"})
        assert data.status_code == 404
        assert data.headers["Content-Type"] == "application/json"

    def test_an_expired_form_shows_what_was_typed_and_can_be_sent_again(self) -> None:
        client = Client(enforce_csrf_checks=True)
        typed = {"description": "Got mampet di RT 004 <b>tebal</b>", "title": "Got mampet"}
        answer = client.post("/lapor/", typed, headers={"origin": "http://testserver"})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Got mampet di RT 004 &lt;b&gt;tebal&lt;/b&gt;" in page
        assert 'name="csrfmiddlewaretoken"' in page
        assert Report.objects.count() == 0

    def test_a_form_of_another_site_gets_no_second_chance(self) -> None:
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/lapor/", {"title": "Got mampet"}, headers={"origin": "https://jahat.contoh"})
        assert answer.status_code == 403
        assert 'type="hidden" name="title"' not in answer.content.decode()

    def test_too_much_is_answered_with_413_or_400_and_a_sentence(self, client) -> None:
        answer = client.post("/lapor/", {f"field{number}": "x" for number in range(400)})
        assert answer.status_code in (400, 413)
        assert "<h1" in answer.content.decode()

    @pytest.mark.parametrize("query", ["?a=%00", "?a=%ff%fe", "?lanjut=" + "x" * 5000, "?q=<script>alert(1)</script>"])
    def test_hostile_query_strings_are_no_500(self, client, query) -> None:
        for path in PUBLIC:
            answer = client.get(path + query)
            assert answer.status_code < 500
            assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("id", "Masuk"), ("en", "Sign in")])
def test_the_language_switch_works_without_javascript(client, language, word) -> None:
    answer = client.post("/bahasa/setlang/", {"language": language, "next": "/laporan/"}, follow=True)
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert word in page


class TestLogs:
    def record(self, **extra: object) -> dict[str, object]:
        record = logging.LogRecord("rembuk.test", logging.INFO, __file__, 1, "request", None, None)
        vars(record).update(extra)
        return json.loads(JsonFormatter().format(record))

    def test_only_impersonal_extras_are_written(self) -> None:
        line = self.record(status=200, route="laporan/", email="sari@contoh.id", user="Ibu Sari")
        assert line["status"] == 200
        assert "sari" not in json.dumps(line).lower()

    def test_an_exception_is_written_without_its_text(self) -> None:
        try:
            raise ValueError("NIK 3173071234567890")
        except ValueError:
            info = sys.exc_info()
        line = self.record(exc_info=info)
        assert line["exception"] == "ValueError"
        assert "3173071234567890" not in json.dumps(line)

    @pytest.mark.django_db
    def test_the_access_log_holds_no_person_and_no_address(self, client, caplog) -> None:
        person = a_person("Ibu Sari", "sari@contoh.id")
        client.force_login(person)
        with caplog.at_level(logging.INFO, "rembuk.access"):
            client.get("/laporan/?q=rahasia", headers={"x-forwarded-for": "10.1.2.3"})
        lines = [JsonFormatter().format(record) for record in caplog.records if record.name == "rembuk.access"]
        assert json.loads(lines[0])["status"] == 200
        assert not any(secret in "".join(lines) for secret in ("sari", "Sari", "rahasia", "10.1.2.3"))
