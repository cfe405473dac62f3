"""What an address or a staff form may hold."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from places.queries import MAX_SEARCH


class PositionForm(forms.Form):
    """A position in an address: degrees, and metres of accuracy where a device knows them."""

    lat = forms.FloatField(min_value=-90, max_value=90)
    lng = forms.FloatField(min_value=-180, max_value=180)
    akurasi = forms.FloatField(min_value=0, required=False)


class SearchForm(forms.Form):
    """The search on the list of places."""

    q = forms.CharField(
        label=_("Name of the kelurahan"),
        max_length=MAX_SEARCH,
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "placeholder": _("For example Slipi or Kebon Jeruk"),
            }
        ),
    )
