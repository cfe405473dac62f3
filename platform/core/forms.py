"""What forms of several apps share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm

from core.errors import DomainError

T = TypeVar("T")


def answered(form: BaseForm, act: Callable[[], T]) -> T | None:
    """Do what a valid form asks for; a refusal that names one of its fields is told beside that field.

    Args:
        form: has been found valid.
        act: calls the service.

    Returns:
        What the service returned; None when it refused, and the form then holds the sentence.

    Raises:
        DomainError: a refusal that no field of the form is to blame for.
    """
    try:
        return act()
    except DomainError as error:
        if error.field not in form.fields:
            raise
        form.add_error(error.field, error.sentence)
        return None
