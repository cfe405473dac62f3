from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assistance.domain import cards, codes
from core.forms import CodeField

_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


class NumberField(forms.CharField):
    """The number of a card; a slip of one digit is noticed at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Card number"),
            help_text=_("Eight digits from the card."),
            max_length=40,
            widget=forms.TextInput(attrs=_DIGITS | {"autocomplete": "username"}),
            error_messages={
                "required": _("Type the eight digits of the card number."),
                "max_length": _("This is not a whole card number. It has eight digits; look at the card again."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Eight digits with the right check digit."""
        number = cards.tidy(super().clean(value))
        if not cards.is_number(number):
            raise forms.ValidationError(self.error_messages["max_length"])
        return number


class PinField(forms.CharField):
    """Six digits that others should not read over the shoulder."""

    def __init__(self, *, label: Any = "PIN", new: bool = False, **kwargs: Any) -> None:
        widget = forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "new-password" if new else "current-password"}
        )
        super().__init__(
            label=label,
            help_text=_("Six digits."),
            max_length=40,
            widget=widget,
            error_messages={"required": _("Type the six digits of the PIN."), "max_length": _("A PIN has six digits.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Six digits."""
        pin = cards.tidy(super().clean(value))
        if not (len(pin) == cards.PIN_LENGTH and pin.isascii() and pin.isdigit()):
            raise forms.ValidationError(_("A PIN has six digits."))
        return pin


class CardEntryForm(forms.Form):
    """The way in with a card."""

    nomor = NumberField()
    pin = PinField()


class PinForm(forms.Form):
    """Another PIN of one's own choice."""

    current = PinField(label=_("PIN now"))
    wanted = PinField(label=_("New PIN"), new=True)


class OpenForm(forms.Form):
    """What is asked before a card is made."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of the person"),
        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
        initial="id",
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )
    agreed = forms.BooleanField(
        label=_("The person is here, has heard what Rembuk keeps and why, and wants an account"),
        error_messages={"required": _("Make a card only for somebody who is here and wants it.")},
    )


class NewPinForm(forms.Form):
    """Whose PIN is lost."""

    nomor = NumberField()
    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("Only of a verified resident: 16 digits from the person's own card. It is not kept."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages={"max_length": _("A NIK has 16 digits. Look at the card again and type it anew.")},
    )
    agreed = forms.BooleanField(
        label=_("The person is here and shows that the account is theirs"),
        error_messages={"required": _("Make a PIN only for somebody who is here.")},
    )


class ShownCodeForm(forms.Form):
    """The code that the person's own phone shows."""

    kode = CodeField(label=_("Code of the person"), help_text=_("Six digits from “Verified resident” on the phone."))


class ClaimForm(forms.Form):
    """The code on a ticket."""

    kode = forms.CharField(
        label=_("Code on the ticket"),
        help_text=_("Twelve letters and digits, like K7M2-9QXD-4RTB."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("Type the code on the ticket."),
            "max_length": _("This code is not right. Type the twelve letters and digits on the ticket once more."),
        },
    )

    def clean_kode(self) -> str:
        """Capitals without hyphens."""
        code = codes.tidy(self.cleaned_data["kode"])
        if not codes.is_code(code):
            raise forms.ValidationError(self.fields["kode"].error_messages["max_length"])
        return code
