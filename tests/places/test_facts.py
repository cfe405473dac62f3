"""The city as the migration loads it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Count

from places import facts, queries, services
from places.facts import load
from places.models import Agency, AgencyKind, Holiday, Level, Region
from tests.factories.places import kelurahan

pytestmark = pytest.mark.django_db


def test_all_regions_are_there_with_their_level() -> None:
    counts = dict(Region.objects.order_by().values_list("level").annotate(Count("pk")))
    assert counts == {"provinsi": 1, "kota": 5, "kabupaten": 1, "kecamatan": 44, "kelurahan": 267}
    assert Region.objects.get(code="31.73").population == 2_556_752


def test_a_parent_is_what_the_code_says() -> None:
    for region in Region.objects.exclude(level=Level.PROVINSI).select_related("parent"):
        assert region.parent is not None
        assert region.code.rpartition(".")[0] == region.parent.code


def test_labels_always_show_the_level() -> None:
    slipi = kelurahan("Slipi")
    assert slipi.label == "Kelurahan Slipi"
    assert slipi.full_label == "Kelurahan Slipi, Kecamatan Pal Merah, Jakarta Barat"
    assert str(slipi) == "Kelurahan Slipi"


def test_every_region_has_an_office_and_every_way_up_ends_at_the_desk() -> None:
    parents = dict(Agency.objects.values_list("pk", "parent"))
    desk = queries.province_desk()
    for agency in Agency.objects.exclude(kind=AgencyKind.OUTSIDE):
        step, length = agency.pk, 0
        while parents[step] is not None:
            step, length = parents[step], length + 1
        assert step == desk.pk
        assert length <= 3
    offices = Agency.objects.filter(kind__endswith="_office", region__isnull=False).count()
    assert offices == 267 + 44 + 6


def test_overdue_matters_of_slipi_go_to_palmerah_then_west_jakarta_then_the_desk() -> None:
    office = queries.office_of(kelurahan("Slipi"))
    names = []
    while office:
        names.append(office.code)
        office = office.parent  # type: ignore[assignment]  # ends with None
    assert names == ["kelurahan-3173071002", "kecamatan-317307", "kota-3173", facts.DESK]


def test_a_suku_dinas_is_the_one_of_the_kota() -> None:
    roads = queries.agency_by_code("bina-marga")
    assert queries.sub_agency(roads, kelurahan("Slipi")).code == "bina-marga-3173"
    assert queries.sub_agency(roads, kelurahan("Pulau Tidung")).code == "bina-marga-3101"
    assert queries.sub_agency(roads, kelurahan("Slipi")).parent == roads
    disaster = queries.agency_by_code("bpbd")
    assert queries.sub_agency(disaster, kelurahan("Slipi")) == disaster


def test_a_suku_dinas_that_is_switched_off_leaves_the_dinas() -> None:
    roads = queries.agency_by_code("bina-marga")
    Agency.objects.filter(code="bina-marga-3173").update(active=False)
    assert queries.sub_agency(roads, kelurahan("Slipi")) == roads


def test_outside_owners_answer_to_nobody_here() -> None:
    outside = Agency.objects.filter(kind=AgencyKind.OUTSIDE)
    assert outside.count() == 9
    assert not outside.exclude(parent=None).exists()
    assert Agency.objects.get(code="polri").contact == "Polisi 110"


def test_holidays_of_2026_are_those_of_the_decree() -> None:
    of_2026 = Holiday.objects.filter(date__year=2026)
    assert of_2026.filter(name_id__startswith="Cuti bersama").count() == 8
    assert of_2026.exclude(name_id__startswith="Cuti bersama").count() == 17
    assert date(2026, 8, 17) in queries.holidays()
    assert Holiday.objects.get(date="2027-03-10").name_id.endswith("(sementara)")


def test_loading_again_changes_nothing_that_the_staff_edited() -> None:
    Agency.objects.filter(code="pln").update(contact="PLN Mobile")
    Region.objects.filter(code="31.73.07.1002").update(short_name="Salah")
    before = (Region.objects.count(), Agency.objects.count(), Holiday.objects.count())
    services.load_facts()
    assert (Region.objects.count(), Agency.objects.count(), Holiday.objects.count()) == before
    assert Agency.objects.get(code="pln").contact == "PLN Mobile"
    assert kelurahan("Slipi").code == "31.73.07.1002"


def test_the_facts_can_be_taken_back_and_loaded_again() -> None:
    models = [apps.get_model("places", name) for name in ("Region", "Agency", "Holiday")]
    with transaction.atomic():
        for model in _models_that_stand_on_places():
            # Past the rules of higher apps: what they load themselves is not the question here.
            model._base_manager.all()._raw_delete("default")
        load.remove(*models)
        assert [model.objects.count() for model in models] == [0, 0, 0]
        services.load_facts()
        assert Region.objects.count() == 318
        transaction.set_rollback(True)


def _models_that_stand_on_places() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label != "places"
        and any(field.related_model in (Agency, Region) for field in model._meta.concrete_fields)
    ]
