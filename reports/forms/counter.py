"""What is asked at a desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.domain import numbers
from reports.models import Report
from reports.queries.public import report_by_number


class NumberForm(forms.Form):
    """Which report somebody wants to support."""

    report: Report

    nomor = forms.CharField(
        label=_("Number of the report"),
        help_text=_("Eight letters and digits, as on the report’s page or ticket."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("Type the number of the report."),
            "max_length": _("There is no public report with this number. Read it out once more."),
        },
    )

    def clean_nomor(self) -> str:
        """The number of a public report, which is kept in `report`."""
        number = numbers.tidy(self.cleaned_data["nomor"])
        found = report_by_number(number) if numbers.is_valid(number) else None
        if found is None or not found.public:
            raise forms.ValidationError(self.fields["nomor"].error_messages["max_length"])
        self.report = found
        return number
