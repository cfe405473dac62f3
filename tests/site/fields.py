"""What people can write and where it is kept, read from the code itself, so that nothing new is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models

from reports.forms.public import READERS

ROOT = Path(settings.BASE_DIR)
OUR_CODE = [*ROOT.glob("platform/*/**/*.py"), *ROOT.glob("reports/**/*.py")]
# Read one by one from an address or a body, or put into a form when it is made.
READ = re.compile(r'(?:(?:GET|POST|params|data|fields)(?:\.get(?:list)?)?[\[(]|\w+_value\()"(\w+)"')


def is_ours(thing: type) -> bool:
    """Whether a class stands in our own code."""
    return (ROOT / "platform" / thing.__module__.split(".")[0]).is_dir() or thing.__module__.startswith("reports.")


def our_forms() -> Iterator[type[forms.BaseForm]]:
    """Every form class of ours."""

    def below(one: type) -> Iterator[type]:
        for child in one.__subclasses__():
            yield child
            yield from below(child)

    return (form for form in below(forms.BaseForm) if is_ours(form))


def names_to_write() -> set[str]:
    """Every name under which something can be sent: fields of forms, and what views read themselves."""
    in_forms = {name for form in our_forms() for name in getattr(form, "base_fields", {})}
    return in_forms | {name for path in OUR_CODE for name in READ.findall(path.read_text())} | set(READERS)


def texts_without(probe: str) -> set[str]:
    """Text columns of ours in which the probe stands nowhere: "reports.Report.number"."""
    return {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        if is_ours(model)
        for column in model._meta.local_concrete_fields
        if is_free_text(column) and not model._default_manager.filter(**{f"{column.name}__contains": probe}).exists()
    }


def is_free_text(column: Any) -> bool:
    """Whether a column could hold whatever somebody writes."""
    return isinstance(column, models.CharField | models.TextField) and not column.choices
