"""The pages that the city writes itself: home, explainers, news, help.

Every text exists twice, Indonesian and English, on one page: one address, one thing to publish,
and what is not translated yet is shown in Indonesian and marked as such.
"""

from __future__ import annotations

from http import HTTPMethod
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from core.requests import HttpRequest
from pages.blocks import Body

NEWS_SHOWN = 50


def reads_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "id").startswith("en")


class Bilingual(models.Model):
    """A page with an English title beside Wagtail's own, which is Indonesian."""

    # Wagtail would answer every method with the page.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)
    intro_id = models.TextField(_("first sentences (Indonesian)"), blank=True, max_length=600)
    intro_en = models.TextField(_("first sentences (English)"), blank=True, max_length=600)

    class Meta:
        abstract = True

    title: Any

    @property
    def shown_title(self) -> str:
        """The title in the reader's language, or in Indonesian."""
        return str((reads_english() and self.title_en) or self.title)

    @property
    def shown_intro(self) -> str:
        """The first sentences in the reader's language, or in Indonesian."""
        return (reads_english() and self.intro_en) or self.intro_id


class TextPage(Bilingual, Page):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """What all pages with a body share."""

    body_id = StreamField(Body(), blank=True, verbose_name=_("body (Indonesian)"))
    body_en = StreamField(Body(), blank=True, verbose_name=_("body (English)"))

    class Meta:
        abstract = True

    @property
    def shown_body(self) -> Any:
        """The body in the reader's language, or in Indonesian."""
        return self.body_en if reads_english() and self.body_en else self.body_id

    @property
    def body_lang(self) -> str:
        """The language that the body is really in, for the lang attribute."""
        return "en" if reads_english() and self.body_en else "id"

    content_panels: list[Panel] = [
        FieldPanel("title", heading=_("Title (Indonesian)")),
        FieldPanel("intro_id"),
        FieldPanel("body_id"),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("intro_en"), FieldPanel("body_en")], heading=_("In English")
        ),
    ]


class HomePage(Bilingual, Page):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """The front door: one question, the doors, and whatever other parts show in the slot "home"."""

    headline_id = models.CharField(_("question (Indonesian)"), max_length=120)
    headline_en = models.CharField(_("question (English)"), max_length=120, blank=True)
    example_id = models.CharField(_("example in the field (Indonesian)"), max_length=120, blank=True)
    example_en = models.CharField(_("example in the field (English)"), max_length=120, blank=True)

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldPanel("headline_id"), FieldPanel("intro_id"), FieldPanel("example_id")], heading=_("In Indonesian")
        ),
        MultiFieldPanel(
            [FieldPanel("headline_en"), FieldPanel("intro_en"), FieldPanel("example_en")], heading=_("In English")
        ),
    ]
    template = "pages/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    @property
    def shown_headline(self) -> str:
        """The question in the reader's language, or in Indonesian."""
        return (reads_english() and self.headline_en) or self.headline_id

    @property
    def shown_example(self) -> str:
        """The example in the reader's language, or in Indonesian."""
        return (reads_english() and self.example_en) or self.example_id

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The latest news besides the page itself."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = NewsPage.objects.live().public().order_by("-date", "-pk").first()
        return context


class ArticlePage(TextPage):
    """An explainer."""

    template = "pages/article.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("explainer")


class HelpIndexPage(TextPage):
    """The list of help pages, with a text of its own."""

    template = "pages/help_index.html"
    subpage_types = ["pages.HelpPage"]

    class Meta:
        verbose_name = _("help (list)")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The help pages in the order of the staff area."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["children"] = HelpPage.objects.live().public().child_of(self).order_by("path")
        return context


class HelpPage(TextPage):
    """Help with one thing."""

    template = "pages/article.html"
    parent_page_types = ["pages.HelpIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("help page")


class NewsIndexPage(TextPage):
    """The list of news."""

    template = "pages/news_index.html"
    subpage_types = ["pages.NewsPage"]
    max_count = 1

    class Meta:
        verbose_name = _("news (list)")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["children"] = NewsPage.objects.live().public().child_of(self).order_by("-date", "-pk")[:NEWS_SHOWN]
        return context


class NewsPage(TextPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)

    content_panels = [FieldPanel("date"), *TextPage.content_panels]
    template = "pages/article.html"
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news page")
