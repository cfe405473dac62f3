"""Facts into tables. The models are arguments: a migration hands in those of its time."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import Any

from places import facts

Models = type[Any]


def upsert(region_model: Models, agency_model: Models, holiday_model: Models) -> None:
    """Bring regions up to date and add the agencies and holidays that are missing.

    Agencies and holidays that exist are left alone: the staff may have edited them.
    """
    _regions(region_model)
    _agencies(agency_model, region_model)
    rows = [holiday_model(**asdict(fact)) for fact in facts.holidays()]
    holiday_model._default_manager.bulk_create(rows, ignore_conflicts=True)


def remove(region_model: Models, agency_model: Models, holiday_model: Models) -> None:
    """Take all of it back, children before parents."""
    holiday_model._default_manager.all().delete()
    agency_model._default_manager.update(parent=None)
    agency_model._default_manager.all().delete()
    for level in ("kelurahan", "kecamatan", "kabupaten", "kota", "provinsi"):
        region_model._default_manager.filter(level=level).delete()


def _regions(model: Models) -> None:
    # Parents before children, a level at a time: a child needs the key of its parent.
    for _, level in groupby(facts.regions(), key=lambda fact: fact.code.count(".")):
        keys = _keys(model)
        rows = [_row(model, fact, parent_id=keys.get(fact.parent)) for fact in level]
        columns = [name for name in asdict(facts.regions()[0]) if name != "code"]
        model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)


def _agencies(model: Models, region_model: Models) -> None:
    places = _keys(region_model)
    known = _keys(model)
    waiting = [fact for fact in facts.agencies() if fact.code not in known]
    while waiting:
        ready = [fact for fact in waiting if not fact.parent or fact.parent in known]
        model._default_manager.bulk_create(
            _row(model, fact, parent_id=known.get(fact.parent), region_id=places.get(fact.region)) for fact in ready
        )
        known = _keys(model)
        waiting = [fact for fact in waiting if fact.code not in known]


def _keys(model: Models) -> dict[str, Any]:
    return dict(model._default_manager.values_list("code", "pk"))


def _row(model: Models, fact: facts.RegionFact | facts.AgencyFact, **keys: Any) -> Any:
    columns = {name: value for name, value in asdict(fact).items() if name not in ("parent", "region")}
    return model(**columns, **keys)
