"""The code from the mail, by which a guest confirms a report."""

from __future__ import annotations

from django import forms

from core.forms import CodeField


class CodeForm(forms.Form):
    """The code, and nothing else."""

    code = CodeField()
