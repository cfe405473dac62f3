from __future__ import annotations

from django import forms


class UploadKeysForm(forms.Form):
    """The keys that come with one file."""

    batch = forms.UUIDField()
    client_key = forms.UUIDField()
