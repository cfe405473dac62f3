"""Regions and holidays come with the migrations; here is what tests add to them."""

from __future__ import annotations

import factory

from places.models import Agency, AgencyKind, Holiday, Level, Region


def region(code: str = "31.73.07.1002") -> Region:
    """A region of the facts, Kelurahan Slipi by default, with the regions around it."""
    return Region.objects.select_related("parent__parent").get(code=code)


def kelurahan(short_name: str) -> Region:
    """A kelurahan of the facts by its name."""
    return Region.objects.select_related("parent__parent").get(short_name=short_name, level=Level.KELURAHAN)


class AgencyFactory(factory.django.DjangoModelFactory):
    """A dinas beside those of the facts."""

    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"dinas-uji-{n}")
    name_id = factory.Sequence(lambda n: f"Dinas Uji {n}")
    name_en = factory.Sequence(lambda n: f"Test Agency {n}")
    short_name = factory.Sequence(lambda n: f"Uji {n}")
    kind = AgencyKind.DINAS


class HolidayFactory(factory.django.DjangoModelFactory):
    """A day off far from those of the facts."""

    class Meta:
        model = Holiday

    date = factory.Sequence(lambda n: f"2040-{n % 12 + 1:02}-{n // 12 % 28 + 1:02}")
    name_id = "Hari Uji"
    name_en = "Test Day"
