from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.paging import YEARS
from ledger import scopes
from oversight.models import Reason
from oversight.queries import Wanted

_DAY = {"type": "date"}
_FAR = _("Choose a day between the years 1970 and 2200.")
_BOUNDS = [MinValueValidator(date(YEARS[0], 1, 1), _FAR), MaxValueValidator(date(YEARS[-1], 12, 31), _FAR)]


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    wrong = {"invalid": _("Write the day as year, month, day: 2026-11-24.")}
    widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    formats = ["%Y-%m-%d", "%d/%m/%Y"]
    return forms.DateField(
        label=label, widget=widget, input_formats=formats, error_messages=wrong, validators=_BOUNDS, **kwargs
    )


class CloseForm(forms.Form):
    """Why an account is closed, and for how long."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("A sentence for the person"),
        max_length=500,
        help_text=_("What happened, and what should be different. The person gets it by e-mail, the auditor reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a sentence of at least ten letters that says why. The person will read it."),
            "max_length": _("This is too long. Use at most 500 characters."),
        },
    )
    until = _day(
        _("Open again on"), required=False, help_text=_("Leave it empty to close it until somebody opens it again.")
    )


class EndOfficeForm(forms.Form):
    """The day on which an office ends."""

    on = _day(_("No longer from"), help_text=_("The first day on which the office no longer holds; today: at once."))


class AuditForm(forms.Form):
    """What of the ledger is looked for; everything may stay empty."""

    jenis = forms.ChoiceField(label=_("About"), required=False)
    kunci = forms.CharField(label=_("Number or key"), required=False, max_length=40)
    pelaku = forms.CharField(
        label=_("Who acted"),
        required=False,
        max_length=60,
        help_text=_("Public nickname, or # and the account's number."),
    )
    kantor = forms.CharField(label=_("Office, exactly as in the list"), required=False, max_length=200)
    tindakan = forms.CharField(label=_("Act, exactly as in the list"), required=False, max_length=80)
    dari = _day(_("From"), required=False)
    sampai = _day(_("Up to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Everything")), *((scope.name, scope.label) for scope in scopes.every())]
        self.fields["jenis"].choices = choices  # type: ignore[attr-defined]  # of a choice field

    def clean_pelaku(self) -> int | None:
        """The account's number; a person who has left is found by it alone."""
        typed = self.cleaned_data["pelaku"].strip()
        number = typed.removeprefix("#")
        if typed.startswith("#") and number.isascii() and number.isdigit() and len(number) < 19:
            return int(number)
        found = User.objects.filter(nickname__iexact=typed).values_list("pk", flat=True).first() if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Nobody has this nickname. Look at the spelling, or use # and the number."))
        return found

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = self.cleaned_data
        first, last = given.get("dari"), given.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("This day lies before the first one."))
        return given

    def wanted(self) -> Wanted:
        """As the queries take it."""
        given = self.cleaned_data
        return Wanted(
            kind=given["jenis"],
            key=given["kunci"].strip(),
            actor=given["pelaku"],
            office=given["kantor"].strip(),
            verb=given["tindakan"].strip(),
            first=given["dari"],
            last=given["sampai"],
        )
