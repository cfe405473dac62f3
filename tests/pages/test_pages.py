"""The pages that the city writes: first content, two languages, pictures, the strict policy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from pages.facts import first_pages
from pages.models import ArticlePage, HelpIndexPage, HelpPage, HomePage, NewsIndexPage, NewsPage

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/",
    "/cara-kerja/",
    "/privasi/",
    "/bantuan/",
    "/bantuan/melapor/",
    "/bantuan/sesudah-melapor/",
    "/bantuan/tanpa-email/",
    "/berita/",
    "/berita/rembuk-dibuka/",
]


def test_our_home_page_stands_where_wagtails_welcome_was() -> None:
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_the_tree_of_the_first_pages_is_sound() -> None:
    problems = Page.find_problems()
    assert not any(problems)
    for page in Page.objects.filter(depth__gte=2):
        assert page.get_children().count() == page.numchild


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_first_page_is_shown_in_both_languages(client: Client, address: str) -> None:
    indonesian = client.get(address)
    english = client.get(address, headers={"Accept-Language": "en"})
    assert indonesian.status_code == english.status_code == 200
    assert indonesian.content != english.content
    assert '<html lang="en"' in english.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_fit_the_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    html = answer.content.decode()
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", html)


def test_every_link_of_the_first_pages_leads_somewhere(client: Client) -> None:
    found = {
        link for address in ADDRESSES for link in re.findall(r'href="(/[^"#?]*)', client.get(address).content.decode())
    }
    inside = {link for link in found if not link.startswith(("/static/", "/demo/"))}
    dead = {link for link in inside if client.get(link, follow=True).status_code != 200}
    assert not dead


def test_what_is_not_translated_is_shown_in_indonesian_and_marked_so(client: Client) -> None:
    page = ArticlePage.objects.get(slug="cara-kerja")
    page.title_en, page.body_en = "", []
    page.save()
    html = client.get("/cara-kerja/", headers={"Accept-Language": "en"}).content.decode()
    assert 'class="prose page-text" lang="id"' in html
    assert "Perjalanan satu laporan" in html


def test_what_editors_write_is_escaped(client: Client) -> None:
    home = HomePage.objects.get()
    home.headline_id = "<script>alert(1)</script>"
    home.save()
    html = client.get("/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_free_text_goes_to_the_form_with_what_was_typed(client: Client) -> None:
    html = client.get("/").content.decode()
    form = re.search(r'<form[^>]*action="/lapor/".*?</form>', html, re.S)
    assert form
    assert 'name="teks"' in form[0]
    assert "method=" not in form[0]
    filled = client.get("/lapor/", {"teks": "got mampet di RT 004/06"})
    assert "004" in filled.content.decode()


def test_the_home_page_has_only_doors_that_open(client: Client) -> None:
    html = client.get("/").content.decode()
    doors = re.findall(r'class="door" href="([^"]+)"', html)
    assert doors == ["/lapor/", "/laporan/", "/laporan/peta/", "/bantuan/"]
    assert all(client.get(door).status_code == 200 for door in doors)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_however_long(
    client: Client, count: int, django_assert_num_queries: object
) -> None:
    index, news = HelpIndexPage.objects.get(), NewsIndexPage.objects.get()
    for number in range(count):
        index.add_child(instance=HelpPage(title=f"Bantuan {number}", slug=f"b{number}"))
        news.add_child(instance=NewsPage(title=f"Berita {number}", slug=f"n{number}"))
    client.get("/bantuan/")
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        client.get("/bantuan/")
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        client.get("/berita/")


QUERIES_OF_A_LIST = 8


def test_only_renditions_are_handed_out(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.jpg").write_bytes(b"jpeg")
    (tmp_path / "images" / "a.svg").write_text("<svg/>")
    picture = client.get("/media/images/a.jpg")
    assert picture.status_code == 200
    assert b"".join(picture) == b"jpeg"
    for path in (
        "original_images/a.jpg",
        "documents/a.jpg",
        "images/a.svg",
        "images/../original_images/a.jpg",
        "images/",
    ):
        assert client.get(f"/media/{path}").status_code == 404


def test_the_first_pages_are_whole_in_both_languages() -> None:
    found = first_pages()
    for one in [*found["articles"], found["help"], *found["help_pages"], *found["news_pages"]]:
        kinds = [[block["type"] for block in one[body]] for body in ("body_id", "body_en")]
        assert kinds[0] == kinds[1]
        assert one["title_en"]
        assert one["intro_en"]


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "pages", check=True, dry_run=True, verbosity=0)
