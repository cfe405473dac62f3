from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from core.forms import CodeField
from security.domain import numbers
from security.errors import PHONE_WRONG

_RECOVERY_DIGITS = 8


class AppCodeField(CodeField):
    """Six digits out of an app."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Code from the app"), **kwargs)
        self.error_messages["required"] = _("Type the code that the app shows.")


class AppForm(forms.Form):
    """The first code of an app that was just set up."""

    code = AppCodeField()


class StepForm(forms.Form):
    """A code of an app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code from the app, or a recovery code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("Six digits; a recovery code has eight."),
        error_messages={"required": _("Type the code that the app shows.")},
    )

    def clean_code(self) -> str:
        """The digits alone; six or eight of them."""
        digits = re.sub(r"[^0-9]", "", self.cleaned_data["code"])
        if len(digits) not in (6, _RECOVERY_DIGITS):
            raise forms.ValidationError(_("The code has six digits, a recovery code eight. Type it again."))
        return digits


class CodeForm(forms.Form):
    """A code that we have sent."""

    code = CodeField(label=_("Code from the message"))


class PasskeyForm(forms.Form):
    """A name for a passkey; the passkey itself comes from the browser."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=40,
        required=False,
        help_text=_("So that you know it again, e.g. My phone."),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)


class AddressForm(forms.Form):
    """The address that a provider did not tell."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is not a whole e-mail address. It looks like this: name@example.com."),
        },
    )


class PhoneForm(forms.Form):
    """A mobile number of Indonesia, written any way."""

    number = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("For example 0812 3456 7890."),
        error_messages={"required": _("Write your phone number.")},
    )

    def clean_number(self) -> str:
        """The number as it is kept."""
        number = numbers.normal(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(DomainError(PHONE_WRONG).sentence, code=PHONE_WRONG)
        return number


class HelpForm(forms.Form):
    """Who has lost a second step, and how an admin knows that it is that person."""

    person = forms.CharField(
        label=_("Person"),
        max_length=254,
        help_text=_("The public nickname or the e-mail address of the account."),
        error_messages={"required": _("Write the nickname or the address of the person.")},
    )
    how = forms.ChoiceField(
        label=_("How do you know that it is the person?"),
        widget=forms.RadioSelect,
        choices=[
            ("face", _("Seen face to face, with an identity card")),
            ("unit", _("The head of the unit spoke for the person, in my presence or by a call that I made")),
        ],
        error_messages={"required": _("Choose how you know.")},
    )

    def clean_person(self) -> User:
        """The open account with this nickname or address."""
        typed = self.cleaned_data["person"].strip()
        found = User.objects.filter(Q(nickname__iexact=typed) | Q(email=typed.lower()), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has an account with this name or address. Ask them to sign in once."))
        return found
