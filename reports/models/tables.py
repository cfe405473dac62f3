"""The tables that the staff area edits: categories, routing, reply templates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from places.models import Agency, Region
from reports.domain.routing import Destination, Rule, Size
from reports.domain.workflow import STEPS


def in_language(indonesian: str, english: str) -> str:
    """The one of two texts that the reader reads."""
    return english if (get_language() or "id").startswith("en") else indonesian


class CategoryGroup(models.Model):
    """A heading under which categories stand on the form."""

    slug = models.SlugField(max_length=40, unique=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name_id"]
        verbose_name = _("category group")
        verbose_name_plural = _("category groups")

    def __str__(self) -> str:
        return in_language(self.name_id, self.name_en)


class Category(models.Model):
    """What a report is about, with what the city promises for it.

    `days` and `first_answer_days` are working days; `emergency` is a number to call first.
    `keywords` are everyday words, one a line, by which people find it ("mampet").
    """

    slug = models.SlugField(max_length=40, unique=True)
    group = models.ForeignKey(CategoryGroup, models.PROTECT, related_name="categories")
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    icon = models.SlugField(_("icon"), max_length=40)
    days = models.PositiveSmallIntegerField(_("working days until done"))
    first_answer_days = models.PositiveSmallIntegerField(_("working days until the first answer"), default=3)
    emergency = models.CharField(_("emergency number"), max_length=12, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    handler = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confidential handler")
    )
    photo_optional = models.BooleanField(_("nothing to photograph"), default=False)
    keywords = models.TextField(_("everyday words, one a line"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["group__position", "position", "name_id"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential=False) | Q(handler__isnull=False), name="confidential_category_has_handler"
            ),
            models.CheckConstraint(
                condition=Q(first_answer_days__gte=1, first_answer_days__lte=60, days__lte=365),
                name="category_days_in_range",
            ),
            models.CheckConstraint(
                condition=Q(emergency__in=["", "112", "110"]), name="category_emergency_number_known"
            ),
            models.CheckConstraint(
                condition=Q(days=0) | Q(first_answer_days__lte=F("days")), name="category_answers_before_it_is_done"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_id, self.name_en)

    @property
    def keyword_list(self) -> list[str]:
        """The everyday words."""
        return [word.strip() for word in self.keywords.splitlines() if word.strip()]


class RoutingRule(models.Model):
    """One row of the routing table (reports.domain.routing); an empty field matches everything."""

    position = models.PositiveIntegerField(_("position"), help_text=_("Smaller is asked first."))
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("category"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    size = models.CharField(
        _("size"), max_length=5, blank=True, choices=[(Size.SMALL, _("small")), (Size.LARGE, _("large"))]
    )
    destination = models.CharField(
        _("goes to"),
        max_length=12,
        choices=[
            (Destination.KELURAHAN, _("the kelurahan office of the place")),
            (Destination.SUB_AGENCY, _("the sub-agency in the city of the place")),
            (Destination.AGENCY, _("the agency itself")),
            (Destination.DESK, _("the province desk")),
            (Destination.OUTSIDE, _("an outside owner")),
        ],
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(destination__in=["kelurahan", "desk"], agency__isnull=True)
                | Q(destination__in=["sub_agency", "agency", "outside"], agency__isnull=False),
                name="routing_names_an_agency_where_needed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.words}"

    @property
    def words(self) -> str:
        """Which cases it speaks about: "Trotoar · Kelurahan Slipi · kecil", "semua kategori"."""
        parts = [self.category.name if self.category else gettext("every category")]
        parts += [self.region.label] if self.region else []
        parts += [self.get_size_display()] if self.size else []
        return " · ".join(parts)

    def as_rule(self) -> Rule:
        """The row as the domain reads it; category and region must have been selected with it."""
        return Rule(
            pk=self.pk,
            position=self.position,
            category=self.category.slug if self.category else None,
            region=self.region.code if self.region else None,
            size=Size(self.size) if self.size else None,
            destination=Destination(self.destination),
            agency=self.agency_id,
        )


class ReplyTemplate(models.Model):
    """A text that an officer starts from and must change before sending: gaps stand in [brackets]."""

    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), help_text=_("Put what must be filled in between [ and ]."))
    step = models.CharField(_("for the step"), max_length=20, blank=True, choices=[(name, name) for name in STEPS])
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("category"))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return self.title
