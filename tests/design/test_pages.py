"""The style guide, the web app's files and the components."""

from __future__ import annotations

import pytest
from django.template import Context, Engine, Template
from django.test import Client
from django_cotton.compiler_regex import CottonCompiler

from core.requests import HttpRequest
from design import gallery
from design.templatetags import design as tags


def rendered(text: str, **values: object) -> str:
    template = Template(CottonCompiler().process(text), engine=Engine.get_default())
    return template.render(Context({"request": HttpRequest(), **values}))


@pytest.mark.django_db
def test_the_style_guide_is_hidden_from_the_public(client: Client) -> None:
    assert client.get("/gaya/").status_code == 404


@pytest.mark.django_db
def test_the_style_guide_shows_every_specimen_twice(client: Client, settings) -> None:
    settings.DEMO = True
    page = client.get("/gaya/").content.decode()
    assert len(gallery.specimens()) > 25
    assert page.count("ground--dark") == page.count("ground--light") == len(gallery.specimens()) + 1
    assert all(one.name in page for one in gallery.specimens())


def test_the_manifest_speaks_the_readers_language(client: Client) -> None:
    body = client.get("/manifest.webmanifest").json()
    assert body["lang"] == "id"
    assert {icon["sizes"] for icon in body["icons"]} == {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in body["icons"])
    english = client.get("/manifest.webmanifest", headers={"accept-language": "en"}).json()
    assert english["shortcuts"][0]["name"] == "Report a problem"


def test_the_service_worker_serves_the_whole_site_and_is_never_kept(client: Client) -> None:
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert "no-cache" in response.headers["Cache-Control"]
    assert "rembuk.css" in response.content.decode()


def test_the_offline_page_names_nobody_and_needs_no_database(client: Client) -> None:
    page = client.get("/luring/").content.decode()
    assert "Sedang tidak ada koneksi" in page
    assert "csrf" not in page
    assert "tel:112" in page


def test_a_component_takes_nothing_from_the_page_around_it() -> None:
    page = rendered('<c-icon name="clock" />', label="rahasia", size="xl")
    assert "rahasia" not in page
    assert "icon--xl" not in page


def test_text_in_a_component_is_escaped_once() -> None:
    page = rendered('<c-step title="{{ title }}" who="{{ title }}" />', title="<b> & Sari")
    assert page.count("&lt;b&gt; &amp; Sari") == 2


def test_a_field_with_an_error_says_so_to_those_who_cannot_see_it() -> None:
    form = gallery.SampleForm({"title": ""})
    page = rendered('<c-field :field="form.title" /><c-error-summary :form="form" />', form=form)
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page
    assert 'href="#id_title"' in page


@pytest.mark.parametrize(
    ("done", "of", "now", "marks"),
    [
        (0, 3, "1", ["now", "later", "later"]),
        (2, 3, "1", ["done", "done", "now"]),
        (3, 3, "1", ["done", "done", "done"]),
        (1, 3, "0", ["done", "later", "later"]),
    ],
)
def test_the_lying_lifeline_marks_what_is_awaited(done: int, of: int, now: str, marks: list[str]) -> None:
    assert tags.thread_marks(done, of, now) == marks


def test_a_vote_bar_keeps_its_numbers_whatever_the_locale() -> None:
    bar = tags.vote_bar(1310, 48, 500)
    assert bar["up_width"] == "964"
    assert bar["missing"] == 0
    assert tags.vote_bar(0)["up_width"] == "0"
    assert tags.vote_bar(12, 2, 30)["missing"] == 18


@pytest.mark.parametrize(("used", "of", "tone"), [(1, 5, ""), (4, 5, "yellow"), (5, 5, "yellow"), (6, 5, "red")])
def test_a_timer_warns_before_it_is_late(used: int, of: int, tone: str) -> None:
    assert tags.timer_ring(used, of)["tone"] == tone


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "mark"), [("/laporan/", "page"), ("/laporan/peta/", "true"), ("/tempat/", None)])
def test_the_menu_shows_the_section_one_is_in(client: Client, path: str, mark: str | None) -> None:
    page = client.get(path).content.decode()
    assert (f'<a href="/laporan/" aria-current="{mark}">' in page) == bool(mark)
