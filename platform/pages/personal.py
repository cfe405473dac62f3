"""What Wagtail holds about those who edit pages."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import personal
from core.errors import Sentence
from core.personal import Fate


def register_all() -> None:
    """Fill the registry with every link of Wagtail's own models, as they declare it; called once at start."""
    what: Sentence = _("Pages and pictures that you edited for the city, and your settings of the staff area")
    for model in apps.get_models():
        if not model.__module__.startswith("wagtail."):
            continue
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is get_user_model():
                fate = Fate.GOES if field.remote_field.on_delete is models.CASCADE else Fate.UNNAMED
                personal.holds(model._meta.label, field.name, fate=fate, what=what)
                what = ""
