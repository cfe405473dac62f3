"""The style guide: every component in every state, on invented data.

What is shown is what is rendered: the snippet that a builder copies is compiled as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.template import Context, Engine, Template
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django_cotton.compiler_regex import CottonCompiler

from core.forms import CodeField
from core.requests import HttpRequest
from design.sprite import icons

SPECIMENS = "templates/design/specimens.html"
NAME_LINE = re.compile(r"^<!-- (.+?)( \| wide)? -->\n", re.MULTILINE)
COLOURS = [
    *("paper", "sheet", "sunk", "line", "edge", "ink", "soft", "main", "main-deep", "main-wash", "soga", "gold"),
    *("red", "red-wash", "yellow", "yellow-wash", "green", "green-wash"),
]


@dataclass(frozen=True)
class Specimen:
    """One component: its name, the template text that shows its states, and whether it needs the whole width."""

    name: str
    text: str
    wide: bool


class SampleForm(forms.Form):
    """A field of every kind."""

    title = forms.CharField(label="Judul", help_text="Apa yang rusak, dalam satu kalimat pendek.", max_length=80)
    story = forms.CharField(label="Ceritakan", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    category = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), ("got", "Saluran air, kali, sungai")])
    size = forms.ChoiceField(
        label="Seberapa besar?",
        widget=forms.RadioSelect,
        choices=[("s", "Cukup satu dua orang"), ("l", "Perlu alat berat")],
    )
    hide = forms.BooleanField(label="Samarkan titik rumah saya sampai kira-kira 30 meter", required=False)
    photo = forms.FileField(label="Foto", required=False, help_text="JPEG, PNG, WebP atau HEIC, sampai 15 MB.")
    code = CodeField()


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that design/gaya.html reads."""
    rows = [
        {"specimen": one, "light": _render(one.text, "terang", request), "dark": _render(one.text, "gelap", request)}
        for one in specimens()
    ]
    return {"rows": rows, "icons": icon_names(), "colours": COLOURS}


def specimens() -> list[Specimen]:
    """The specimens in the order of their file."""
    _head, *parts = NAME_LINE.split((settings.BASE_DIR / SPECIMENS).read_text())
    named = zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    return [Specimen(name, text.strip(), bool(wide)) for name, wide, text in named]


def icon_names() -> list[str]:
    """Names of the icons in the sprite, in its order."""
    return sorted(icons())


def _render(text: str, pane: str, request: HttpRequest) -> SafeString:
    template = Template(CottonCompiler().process(text), engine=Engine.get_default())
    values = {
        "request": request,
        "photo": static("design/samples/before.svg"),
        "after": static("design/samples/after.svg"),
        "pane": pane,
        "form": SampleForm(prefix=pane),
        "wrong": _wrong_form(pane),
    }
    return template.render(Context(values))


def _wrong_form(pane: str) -> SampleForm:
    form = SampleForm({f"{pane}-salah-title": "Got"}, prefix=f"{pane}-salah")
    for name in ("category", "code"):
        del form.fields[name]
    form.add_error("title", "Tulis sedikit lebih panjang, supaya petugas tahu apa yang dicari.")
    return form
