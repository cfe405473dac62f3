from __future__ import annotations

from django import forms


class BatchForm(forms.Form):
    """The key of the form that photos belong to."""

    batch = forms.UUIDField()


class UploadKeysForm(BatchForm):
    """The keys that come with one file."""

    client_key = forms.UUIDField()
