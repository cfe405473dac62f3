from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """Erase one's account."""

    nickname = forms.CharField(
        label=_("Your nickname, to confirm"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Type your nickname, so that nothing is erased by mistake."),
            "max_length": _(
                "This is not your nickname. Type it as it stands above, so that nothing is erased by mistake."
            ),
        },
    )
    remove_content = forms.BooleanField(
        label=_("Also remove my reports that no office has looked at yet and nobody else follows"), required=False
    )
