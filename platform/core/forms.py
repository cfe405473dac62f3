"""What forms of several apps share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

T = TypeVar("T")

CODE_DIGITS = 6


class CodeField(forms.CharField):
    """The code out of one of our mails. A paste may bring spaces or words along: only the digits count."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Code from the e-mail"))
        kwargs.setdefault("help_text", _("Six digits."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}))
        super().__init__(**kwargs)
        self.error_messages["required"] = _("Type the code from the e-mail.")

    def to_python(self, value: Any) -> str:
        """The six digits.

        Raises:
            ValidationError: something was typed, but not six digits.
        """
        typed = super().to_python(value) or ""
        digits = re.sub(r"[^0-9]", "", typed)
        if typed and len(digits) != CODE_DIGITS:
            raise forms.ValidationError(_("The code has six digits. Look at the e-mail and type it again."))
        return digits


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
        form.add_error(error.field, forms.ValidationError(error.sentence, code=error.code))
        return None
