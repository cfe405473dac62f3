"""Regions, agencies, boundaries and holidays of the city."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINSI = "provinsi", _("Province")
    KOTA = "kota", _("City")
    KABUPATEN = "kabupaten", _("Regency")
    KECAMATAN = "kecamatan", _("District (kecamatan)")
    KELURAHAN = "kelurahan", _("Kelurahan")


class Region(models.Model):
    """A piece of the city with its official code, from the province down to the kelurahan."""

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # A point inside, degrees WGS 84.
    lat = models.FloatField()
    lng = models.FloatField()
    population = models.PositiveIntegerField(null=True)
    area_km2 = models.FloatField(null=True)
    # The name as people write it, for search: made by domain.names.search_key.
    search_key = models.CharField(max_length=300, default="")

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "name"], name="region_level_name")]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="region_level_known"),
            models.CheckConstraint(
                condition=Q(level="provinsi", parent__isnull=True) | Q(parent__isnull=False) & ~Q(level="provinsi"),
                name="only_the_province_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name with its level, because 24 kelurahan share theirs with a kecamatan: "Kelurahan Slipi"."""
        if self.level in (Level.KELURAHAN, Level.KECAMATAN):
            return f"{self.level.capitalize()} {self.short_name}"
        return self.short_name

    @property
    def full_label(self) -> str:
        """With the regions around it: "Kelurahan Slipi, Kecamatan Palmerah, Jakarta Barat".

        Load `parent__parent` with it.
        """
        labels, region = [self.label], self
        while region.level in (Level.KELURAHAN, Level.KECAMATAN) and region.parent:
            region = region.parent
            labels.append(region.label)
        return ", ".join(labels)


class AgencyKind(models.TextChoices):
    PROVINCE_DESK = "province_desk", _("Province desk")
    KOTA_OFFICE = "kota_office", _("City office")
    KECAMATAN_OFFICE = "kecamatan_office", _("Kecamatan office")
    KELURAHAN_OFFICE = "kelurahan_office", _("Kelurahan office")
    DINAS = "dinas", _("Agency (dinas)")
    SUKU_DINAS = "suku_dinas", _("Sub-agency (suku dinas)")
    OUTSIDE = "outside", _("Outside owner")


class Agency(models.Model):
    """An office that can be responsible for something.

    The parent is where an overdue matter goes: kelurahan -> kecamatan -> kota -> province desk,
    and suku dinas -> dinas -> province desk.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
        help_text=_("The office that takes over what is overdue here."),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("region"),
    )
    contact = models.CharField(
        _("contact"),
        max_length=200,
        blank=True,
        help_text=_("A public telephone number, for example PLN 123."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name_id"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="agency_kind_known"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="agency_not_its_own_parent"),
            models.UniqueConstraint(
                fields=["kind", "region"],
                condition=Q(kind__in=["kelurahan_office", "kecamatan_office", "kota_office"]),
                name="one_office_per_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class Holiday(models.Model):
    """A public holiday or joint leave day on which no deadline runs."""

    date = models.DateField(_("date"), unique=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)

    class Meta:
        ordering = ["date"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.date}: {self.name_id}"


class BoundaryVersion(models.Model):
    """One import of the city's boundaries; the newest valid one answers "which kelurahan is this?"."""

    imported = models.DateTimeField(auto_now_add=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, current=True) | Q(valid_to__gte=F("valid_from"), current=False),
                name="only_the_current_boundaries_are_open_ended",
            ),
            models.UniqueConstraint(fields=["current"], condition=Q(current=True), name="one_current_boundary_version"),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.valid_from})"


class Boundary(models.Model):
    """The area of one kelurahan in one version, as a GeoJSON geometry."""

    version = models.ForeignKey(BoundaryVersion, models.CASCADE, related_name="boundaries")
    region = models.ForeignKey(Region, models.PROTECT, related_name="boundaries")
    geometry = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "region"], name="one_boundary_per_region_and_version")
        ]

    def __str__(self) -> str:
        return f"{self.region} ({self.version})"
