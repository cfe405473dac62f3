from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.domain.digests import Cadence
from notices.kinds import Kind, all_kinds
from notices.queries import Choice

CADENCES: dict[Cadence, str | Promise] = {
    Cadence.AT_ONCE: _("At once"),
    Cadence.DAILY: _("Once a day"),
    Cadence.WEEKLY: _("Once a week, on Monday"),
    Cadence.OFF: _("No e-mail"),
}


@dataclass(frozen=True)
class Row:
    """The fields of one kind."""

    kind: Kind
    mail: Any
    push: Any


class NewsForm(forms.Form):
    """How somebody wants each kind of news; what it does not know is not read."""

    def __init__(self, *args: Any, choices: Mapping[str, Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = choices
        for kind in all_kinds():
            self.fields[f"mail_{kind.code}"] = forms.ChoiceField(
                label=_("By e-mail"),
                choices=[(each.value, CADENCES[each]) for each in kind.cadences],
                initial=choices[kind.code].mail.value,
                help_text=_("Cannot be switched off. %(why)s") % {"why": kind.because} if kind.because else "",
                error_messages={
                    "required": _("Choose how often."),
                    "invalid_choice": _("Choose one of the ways in the list."),
                },
            )
            if settings.PUSH_PUBLIC_KEY:
                self.fields[f"push_{kind.code}"] = forms.BooleanField(
                    label=_("Push message on my devices"), required=False, initial=choices[kind.code].push
                )

    def rows(self) -> Iterator[Row]:
        """What the page draws, one block a kind."""
        for kind in all_kinds():
            push = self[f"push_{kind.code}"] if f"push_{kind.code}" in self.fields else None
            yield Row(kind, self[f"mail_{kind.code}"], push)

    def chosen(self) -> dict[str, Choice]:
        """The choices of a valid form; without keys for push messages that choice stays as it was."""
        return {
            code: Choice(Cadence(self.cleaned_data[f"mail_{code}"]), self.cleaned_data.get(f"push_{code}", choice.push))
            for code, choice in self.before.items()
        }
