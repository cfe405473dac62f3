"""Every refusal is a written, styled page in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from config import refusals, views
from core import errors
from core.errors import DomainError

HEADINGS = {
    400: ("Kami tidak bisa membacanya", "We could not read that"),
    403: ("Pintu ini bukan untuk Anda", "This door is closed to you"),
    404: ("Halaman ini tidak ada", "There is nothing here"),
    405: ("Alamat ini untuk tombol", "This address is for a button"),
    409: ("Sementara itu ada yang berubah", "Something has changed in the meantime"),
    413: ("Kiriman itu terlalu besar", "That was too large"),
    422: ("Ada yang belum pas", "Something does not fit yet"),
    429: ("Tunggu sebentar, ya", "A little slower, please"),
    500: ("Ini kesalahan kami", "This is our mistake"),
}


def request_of(method: str = "get", path: str = "/lapor/", data: dict[str, str] | None = None, **extra: str):
    request = getattr(RequestFactory(), method)(path, data or {}, **extra)
    request.user = AnonymousUser()
    request.session = SessionStore()
    request.htmx = HtmxDetails(request)
    request._messages = FallbackStorage(request)
    return request


@pytest.mark.parametrize("status", sorted(refusals.STYLED))
@pytest.mark.parametrize(("language", "at"), [("id", 0), ("en", 1)])
def test_a_refusal_is_told_in_the_readers_language_with_a_way_on(status: int, language: str, at: int) -> None:
    with translation.override(language):
        page = render_to_string(f"errors/{status}.html", {"typed": []}, request=request_of())
    assert f'<html lang="{language}">' in page
    assert HEADINGS[status][at] in page
    assert 'aria-current="step"' in page
    assert 'class="button' in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_500_page_asks_neither_database_nor_session(language: str) -> None:
    with translation.override(language):
        response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert HEADINGS[500][language == "en"] in response.content.decode()


@pytest.mark.parametrize("code", sorted(errors.explanations()))
def test_every_registered_refusal_has_its_page_and_shows_back_what_was_typed(code: str) -> None:
    status = errors.explanations()[code].status
    data = _Anything()
    request = request_of("post", data={"judul": "Got <mampet> di RT 004", "password": "rahasia-sekali"})
    error = DomainError(code)
    error.data = data if "%(" in str(errors.explanations()[code].sentence) else {}
    response = refusals.answer(request, error)
    page = response.content.decode()
    assert response.status_code == status
    assert "Got &lt;mampet&gt; di RT 004" in page
    assert "rahasia-sekali" not in page


class _Anything(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 1

    def __bool__(self) -> bool:
        return True


def test_an_htmx_refusal_is_a_fragment_for_the_live_region() -> None:
    response = refusals.answer(request_of("post", HTTP_HX_REQUEST="true"), DomainError(errors.TOO_MANY))
    assert response.status_code == 429
    assert "<html" not in response.content.decode()
    assert response.headers["HX-Retarget"] == "[data-refusals]"


def test_an_expired_form_can_be_sent_again_as_it_was() -> None:
    data = {"judul": 'Lubang "dalam"', "csrfmiddlewaretoken": "alt"}
    request = request_of("post", data=data, HTTP_ORIGIN="http://testserver")
    page = views.csrf_failure(request).content.decode()
    assert '<input type="hidden" name="judul" value="Lubang &quot;dalam&quot;">' in page
    assert 'value="alt"' not in page
    assert "Kirim lagi" in page


def test_an_expired_form_of_another_site_is_not_offered_again() -> None:
    page = views.csrf_failure(request_of("post", data={"judul": "Got mampet"})).content.decode()
    assert 'name="judul"' not in page
    assert "Kirim lagi" not in page


@pytest.mark.django_db
def test_an_unknown_address_answers_404_with_our_page(client: Client) -> None:
    response = client.get("/tidak/ada/")
    assert response.status_code == 404
    assert HEADINGS[404][0] in response.content.decode()


def test_every_styled_status_has_a_template() -> None:
    folder = Path(settings.BASE_DIR) / "templates/errors"
    assert {f"{status}.html" for status in refusals.STYLED} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({}, "page"),
        ({"HX-Request": "true"}, "fragment"),
        ({"Accept": "application/json"}, "json"),
        ({"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, "page"),
    ],
)
@pytest.mark.parametrize(("method", "path", "allowed"), [("put", "/laporan/", "GET, HEAD"), ("get", "/foto/", "POST")])
@pytest.mark.django_db
def test_another_method_is_refused_with_words_and_what_is_allowed(
    client: Client, method: str, path: str, allowed: str, asked: dict[str, str], kind: str
) -> None:
    response = getattr(client, method)(path, headers=asked)
    body = response.content.decode()
    assert (response.status_code, response.headers["Allow"]) == (405, allowed)
    assert ("<html" in body, HEADINGS[405][0] in body) == (kind == "page", kind == "page")
    assert (body.startswith("{"), "tombol" in body) == (kind == "json", True)


@pytest.mark.parametrize("status", sorted(refusals.REASONS))
def test_an_empty_refusal_of_a_package_is_dressed_and_keeps_its_headers(status: int) -> None:
    empty = HttpResponse(status=status, headers={"Retry-After": "60"})
    empty.set_cookie("kue", "isi")
    response = refusals.dressed(request_of(), empty)
    assert HEADINGS[status][0] in response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (status, "60")
    assert response.cookies["kue"].value == "isi"


def test_what_has_words_of_its_own_is_left_as_it_is() -> None:
    for answered in (HttpResponse("Sudah ada", status=404), HttpResponse(status=204), JsonResponse({}, status=403)):
        assert refusals.dressed(request_of(), answered) is answered


@pytest.mark.parametrize("asked", [{}, {"HX-Request": "true"}, {"Accept": "application/json"}])
@pytest.mark.django_db
def test_a_foreign_host_and_too_large_a_body_are_refused_before_the_middleware_has_run(
    client: Client, settings, asked: dict[str, str]
) -> None:
    foreign = client.get("/laporan/", headers={"Host": "jahat.contoh", **asked})
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    large = client.post("/lapor/", {"description": "x" * 100}, headers=asked)
    chunk = client.post("/lapor/", "x" * 100, content_type="application/x-www-form-urlencoded", headers=asked)
    assert (foreign.status_code, large.status_code, chunk.status_code) == (400, 413, 413)
    for response in (foreign, large, chunk):
        assert len(response.content) > 40


@pytest.mark.parametrize(
    ("asked", "status", "to"),
    [
        ({"HTTP_REFERER": "http://testserver/akun/masuk/kode/"}, 302, "http://testserver/akun/masuk/kode/"),
        ({"HTTP_REFERER": "https://jahat.contoh/"}, 302, "/lapor/"),
        ({}, 302, "/lapor/"),
        ({"HTTP_ACCEPT": "application/json"}, 409, None),
        ({"HTTP_HX_REQUEST": "true"}, 409, None),
    ],
)
def test_the_second_of_two_taps_is_led_to_where_the_first_has_brought_them(
    asked: dict[str, str], status: int, to: str | None
) -> None:
    response = views.bad_request(request_of("post", **asked), SessionInterrupted())
    assert (response.status_code, response.get("Location")) == (status, to)
