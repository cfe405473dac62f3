"""Puts our home page in the place of Wagtail's welcome page, with help, explainers and news under it."""

import json
import uuid
from datetime import date
from typing import Any

from django.db import migrations
from django.utils import timezone
from pages.facts import first_pages

STEP_LENGTH = 4
OPENED = date(2026, 11, 23)


def load(apps: Any, editor: Any) -> None:
    site = apps.get_model("wagtailcore", "Site").objects.select_related("root_page").get(is_default_site=True)
    welcome, found = site.root_page, first_pages()
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    home = _make(apps, "homepage", root, root.numchild + 1, {"slug": "rembuk", **found["home"]}, url_path="/rembuk/")
    site.root_page_id, site.site_name = home.pk, "Rembuk"
    site.save()
    if welcome.slug == "home" and not welcome.numchild:
        apps.get_model("wagtailcore", "Page").objects.filter(pk=welcome.pk).delete()
        root.numchild -= 1
    root.numchild += 1
    root.save()
    articles = [_make(apps, "articlepage", home, place, one) for place, one in enumerate(found["articles"], 1)]
    help_index = _make(apps, "helpindexpage", home, len(articles) + 1, found["help"], children=found["help_pages"])
    news_index = _make(apps, "newsindexpage", home, len(articles) + 2, found["news"], children=found["news_pages"])
    for place, one in enumerate(found["help_pages"], 1):
        _make(apps, "helppage", help_index, place, one)
    for place, one in enumerate(found["news_pages"], 1):
        _make(apps, "newspage", news_index, place, {**one, "date": OPENED})
    home.numchild = len(articles) + 2
    home.save()


def _make(
    apps: Any, model: str, parent: Any, place: int, fields: dict[str, Any], *, children: Any = (), url_path: str = ""
) -> Any:
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="pages", model=model)
    plain = {name: json.dumps(value) if name.startswith("body_") else value for name, value in fields.items()}
    return apps.get_model("pages", model).objects.create(
        **plain,
        content_type=kind,
        draft_title=fields["title"],
        path=f"{parent.path}{place:0{STEP_LENGTH}}",
        depth=parent.depth + 1,
        numchild=len(children),
        url_path=url_path or f"{parent.url_path}{fields['slug']}/",
        locale=apps.get_model("wagtailcore", "Locale").objects.first(),
        translation_key=uuid.uuid4(),
        live=True,
        show_in_menus=False,
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
    )


def unload(apps: Any, editor: Any) -> None:
    """Back to a bare page at the root; what editors wrote since would be lost, so it must be asked for."""
    Page, Site = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    site = Site.objects.get(is_default_site=True)
    root = Page.objects.get(depth=1)
    bare = Page.objects.create(
        title="Rembuk",
        draft_title="Rembuk",
        slug="home",
        content_type=root.content_type,
        path=f"{root.path}{root.numchild + 5:0{STEP_LENGTH}}",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=root.locale,
        translation_key=uuid.uuid4(),
        live=True,
    )
    old = site.root_page.path
    site.root_page = bare
    site.save()
    for model in ("newspage", "newsindexpage", "helppage", "helpindexpage", "articlepage", "homepage"):
        apps.get_model("pages", model).objects.filter(path__startswith=old).delete()
    Page.objects.filter(path__startswith=old).delete()


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
