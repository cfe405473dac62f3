"""Forms of the desk but its steps: filters, note, reveal, "where would this go?"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.domain.routing import Size
from reports.forms.plain import PlainField
from reports.models import Category
from reports.queries.desk import QueueFilters, Tab
from reports.queries.desk_choices import kelurahan_choices
from reports.queries.filing import categories
from reports.services.desk import REASON_LENGTH

SIZES = [(Size.SMALL.value, _("small: the kelurahan can do it")), (Size.LARGE.value, _("large: an agency is needed"))]


class QueueForm(forms.Form):
    """What stands in the address of the queue."""

    tab = forms.CharField(required=False, max_length=20, label=_("Pile"))
    unit = forms.CharField(required=False, max_length=80, label=_("Unit"))
    kategori = forms.CharField(required=False, max_length=60, label=_("Category"))
    rw = forms.CharField(required=False, max_length=3, label=_("RW"))
    terlambat = forms.BooleanField(required=False, label=_("Only what is overdue"))
    q = forms.CharField(required=False, max_length=120, label=_("Words or number"))
    after = forms.CharField(required=False, max_length=120)

    def filters(self) -> QueueFilters:
        """The filters that could be read."""
        given = self.cleaned_data
        return QueueFilters(
            tab=tab_of(given.get("tab", "")),
            category=given.get("kategori", ""),
            rw=given.get("rw", ""),
            overdue=given.get("terlambat", False),
            text=given.get("q", ""),
        )


def tab_of(text: str) -> Tab | None:
    """The pile of that name; None when there is none."""
    return Tab(text) if text in set(Tab) else None


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = PlainField(
        label=_("Note for colleagues"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Never public, never mailed."),
    )


class RevealForm(forms.Form):
    """The reason for looking at a contact."""

    reason_to_reveal = PlainField(
        label=_("Why do you need the contact?"),
        min_length=REASON_LENGTH,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your name, the time and the reason are kept; the auditor reads them."),
    )


class WhereForm(forms.Form):
    """A case for the routing table."""

    kategori = forms.ChoiceField(label=_("Category"))
    kelurahan = forms.ChoiceField(label=_("Kelurahan"))
    ukuran = forms.ChoiceField(label=_("Size"), choices=SIZES, initial=Size.SMALL)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kategori"].choices = grouped(categories())  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["kelurahan"].choices = kelurahan_choices()  # type: ignore[attr-defined]  # a ChoiceField


def grouped(rows: list[Category]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Categories as the choices of a select, under their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        groups.setdefault(str(row.group), []).append((row.slug, row.name))
    return list(groups.items())
