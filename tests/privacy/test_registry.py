"""Every model with a link to an account says what becomes of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from core import personal
from core.personal import Fate

LINKS = [
    (model._meta.label, field)
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, models.ForeignKey) and field.related_model is get_user_model()
    # The groups and permissions of an account are part of its row.
    if not model._meta.auto_created
]


@pytest.mark.parametrize(("label", "field"), LINKS, ids=[f"{label}.{field.name}" for label, field in LINKS])
def test_a_link_to_an_account_is_declared_as_the_database_has_it(label, field):
    declared = {(holding.model, holding.link): holding.fate for holding in personal.holdings()}
    fate = Fate.GOES if field.remote_field.on_delete is models.CASCADE else Fate.UNNAMED
    assert declared.get((label, field.name)) == fate, f"say in personal.holds what becomes of {label}.{field.name}"


def test_nothing_is_declared_that_is_not_there():
    known = {(label, field.name) for label, field in LINKS}
    assert {(holding.model, holding.link) for holding in personal.holdings()} == known


def test_the_page_says_each_thing_once():
    told = [str(holding.what) for holding in personal.holdings() if holding.what]
    assert len(told) == len(set(told))
