"""What the staff changes: through services, into the ledger, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.errors import DomainError
from ledger.models import Entry
from places import queries, services
from places.models import Agency, Holiday
from tests.factories.places import AgencyFactory, HolidayFactory, kelurahan

pytestmark = pytest.mark.django_db


def entries(verb: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(verb=verb).values_list("payload", flat=True))


def fields(agency: Agency, **changes: Any) -> dict[str, Any]:
    names = ("code", "name_id", "name_en", "short_name", "kind", "parent", "region", "contact", "active")
    return {name: getattr(agency, name) for name in names} | changes


def test_a_new_holiday_counts_at_once_and_stands_in_the_ledger() -> None:
    day = date(2026, 12, 9)
    assert day not in queries.holidays()
    services.save_holiday(actor=None, date=day, name_id="Pilkada", name_en="Regional election")
    assert day in queries.holidays()
    assert entries("holiday.added") == [{"date": "2026-12-09"}]


def test_a_moved_holiday_frees_its_old_day() -> None:
    holiday = Holiday.objects.get(date="2027-03-10")
    services.save_holiday(actor=None, holiday=holiday, date=date(2027, 3, 9), name_id="Idulfitri", name_en="Eid")
    assert {date(2027, 3, 9), date(2027, 3, 10)} & queries.holidays() == {date(2027, 3, 9)}
    assert entries("holiday.changed") == [{"date": "2027-03-09", "before": "2027-03-10"}]


def test_a_removed_holiday_is_an_ordinary_day_that_the_ledger_remembers() -> None:
    holiday = HolidayFactory(date=date(2040, 1, 5))
    services.remove_holiday(actor=None, holiday=holiday)
    assert date(2040, 1, 5) not in queries.holidays()
    assert entries("holiday.removed") == [{"date": "2040-01-05"}]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"date": date(2026, 8, 17)}, "holiday_exists"),
        ({"name_id": "  "}, "holiday_incomplete"),
        ({"name_en": ""}, "holiday_incomplete"),
    ],
)
def test_a_refused_holiday_changes_nothing(changes: dict[str, Any], code: str) -> None:
    before = queries.holidays()
    values = {"date": date(2026, 12, 9), "name_id": "Pilkada", "name_en": "Election"} | changes
    with pytest.raises(DomainError) as refusal:
        services.save_holiday(actor=None, **values)
    assert refusal.value.code == code
    assert refusal.value.sentence
    assert Holiday.objects.count() == len(before)
    assert not Entry.objects.filter(subject_type="holiday").exists()


def test_holidays_are_read_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert queries.holidays() == queries.holidays()


def test_a_new_agency_stands_in_the_ledger_with_codes_only() -> None:
    agency = services.save_agency(
        actor=None,
        code="uji",
        name_id="Dinas Uji",
        name_en="Test Agency",
        short_name="Uji",
        kind="dinas",
        parent=queries.province_desk(),
    )
    assert agency.pk
    assert entries("agency.added") == [
        {"code": "uji", "kind": "dinas", "parent": "meja-provinsi", "region": None, "active": True}
    ]


def test_an_agency_can_be_switched_off() -> None:
    agency = queries.agency_by_code("bina-marga-3173")
    services.save_agency(actor=None, agency=agency, **fields(agency, active=False))
    assert not queries.agency_by_code("bina-marga-3173").active
    assert queries.sub_agency(queries.agency_by_code("bina-marga"), kelurahan("Slipi")).code == "bina-marga"


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_no_agency_stands_above_itself(levels: int) -> None:
    top = AgencyFactory()
    below = top
    for _ in range(levels - 1):
        below = AgencyFactory(parent=below)
    with pytest.raises(DomainError) as refusal:
        services.save_agency(actor=None, agency=top, **fields(top, parent=below))
    assert (refusal.value.code, refusal.value.field) == ("agency_cycle", "parent")
    assert below.name_id in refusal.value.sentence
    assert Agency.objects.get(pk=top.pk).parent is None


def test_one_office_per_region_and_one_agency_per_code() -> None:
    office = queries.office_of(kelurahan("Slipi"))
    for changes in ({"code": "kedua"}, {"kind": "dinas", "region": None}):
        with pytest.raises(DomainError) as refusal:
            services.save_agency(actor=None, **fields(office, **changes))
        assert refusal.value.code == "agency_exists"
    assert not Entry.objects.filter(subject_type="agency").exists()


@pytest.mark.parametrize("field", ["code", "name_id", "name_en", "short_name"])
def test_an_agency_needs_its_names(field: str) -> None:
    agency = AgencyFactory()
    with pytest.raises(DomainError) as refusal:
        services.save_agency(actor=None, agency=agency, **fields(agency, **{field: " "}))
    assert (refusal.value.code, refusal.value.field) == ("agency_incomplete", field)


def test_an_office_needs_its_region() -> None:
    with pytest.raises(DomainError) as refusal:
        services.save_agency(actor=None, **fields(AgencyFactory.build(), kind="kelurahan_office", region=None))
    assert (refusal.value.code, refusal.value.field) == ("agency_needs_region", "region")
