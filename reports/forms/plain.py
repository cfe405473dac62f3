"""Text as people mean it: without control characters, whatever a paste brought along."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

KEPT = "\n\t"


class PlainField(forms.CharField):
    """Text without control characters; Unicode composed, so that lengths are what a reader counts.

    Its control has no `maxlength`: a browser would cut a pasted text without a word.
    """

    def to_python(self, value: Any) -> str:
        """The text, stripped; line ends are "\\n", and a line is one line."""
        text = unicodedata.normalize("NFC", super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(mark for mark in text if mark in KEPT or unicodedata.category(mark) not in ("Cc", "Cs"))
        return text.strip() if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}
