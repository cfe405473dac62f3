"""The code from the mail, by which a guest confirms a report."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Six digits; spaces and hyphens do not matter."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        help_text=_("Six digits."),
        error_messages={"required": _("Type the code from the e-mail.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "pattern": "[0-9 -]*",
                "maxlength": "12",
                "data-no-draft": "",
            }
        ),
    )

    def clean_code(self) -> str:
        """The six digits."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise forms.ValidationError(_("The code has six digits. Look at the e-mail and type it again."))
        return digits
