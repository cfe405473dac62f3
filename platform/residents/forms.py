from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import CodeField
from places.models import Region

_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


class IntroductionForm(forms.Form):
    """The code that the person at the desk reads out."""

    kode = CodeField(
        label=_("Code of the person"),
        help_text=_("The person opens “Verified resident” on a phone and reads out six digits, or shows the QR code."),
    )


class KelurahanChoice(forms.ModelChoiceField[Region]):
    """One of the kelurahan that the office verifies in."""

    def label_from_instance(self, obj: Any) -> str:
        """With the kecamatan, for names that two share."""
        return f"{obj.short_name} ({obj.parent.short_name})"


class CardForm(forms.Form):
    """What is read from an identity card."""

    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("16 digits from the card. It is turned into a fingerprint at once and not kept."),
        strip=True,
        max_length=60,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages={
            "required": _("Type the NIK from the card."),
            "max_length": _("A NIK has 16 digits. Look at the card again and type it anew."),
        },
    )
    kelurahan = KelurahanChoice(
        label=_("Kelurahan"),
        queryset=Region.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose the kelurahan on the card."),
            "invalid_choice": _("Choose one of the kelurahan in the list."),
        },
    )
    rw = forms.CharField(
        label=_("RW"),
        max_length=20,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages={
            "required": _("Write the RW as a number, for example 6 or 06."),
            "max_length": _("Write the RW as a number, for example 6 or 06."),
        },
    )
    of_a_hundred = forms.TypedChoiceField(
        label=_("How old is the person, about?"),
        required=False,
        choices=[("no", _("A child or a teenager")), ("yes", _("About a hundred years"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )

    asks_age = False

    def __init__(self, *args: Any, kelurahan: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].queryset = kelurahan  # type: ignore[attr-defined]  # of a model choice

    def ask_age(self) -> None:
        """Ask for what the number does not tell."""
        self.asks_age = self.fields["of_a_hundred"].required = True

    def clean_rw(self) -> str:
        """ "RW 6" is as good as "06"."""
        number = re.sub(r"(?i)^\s*rw\.?\s*", "", self.cleaned_data["rw"]).strip()
        if not re.fullmatch(r"[0-9]{1,3}", number) or not int(number):
            raise forms.ValidationError(_("Write the RW as a number, for example 6 or 06."))
        return number


class SeenForm(CardForm):
    """The same, for an office: somebody looked."""

    seen = forms.BooleanField(
        label=_("I see the person and the original card, and the picture is theirs"),
        error_messages={"required": _("Verify only somebody who stands before you with the original card.")},
    )


class RevokeForm(forms.Form):
    """Why a verification is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person gets this by e-mail, and the auditor reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write the reason. The person and the auditor will read it."),
            "max_length": _("This is too long. Use at most 500 characters."),
        },
    )
