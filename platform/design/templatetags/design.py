"""What components compute: widths for pictures, the attributes of a field. Always plain integers for SVG."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

BAR_WIDTH = 1000


@register.simple_tag
def shape(field: BoundField, kind: str = "") -> str:
    """How a field is laid out: "hidden", "checkbox", "choices" or "line"."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "line"


@register.simple_tag
def describedby(field: BoundField, help: str = "") -> str:
    """Ids of the help and the error under a field, as field-notes.html writes them."""
    ids = []
    if help or field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag
def widget(field: BoundField, help: str = "") -> SafeString:
    """The control of a field, tied to its help and error for those who cannot see them."""
    attrs: dict[str, Any] = {}
    if shape(field) != "choices" and (ids := describedby(field, help)):
        attrs["aria-describedby"] = ids
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def thread_marks(done: Any, of: Any, now: Any = "1") -> list[str]:
    """States of the marks of a lying life-line.

    Args:
        done: how many steps are done.
        of: how many there are.
        now: "0" or "" when nothing is awaited (the line has ended).
    """
    finished, total = int(done), int(of)
    awaited = finished if str(now) not in {"", "0", "False"} else -1
    return ["done" if at < finished else "now" if at == awaited else "later" for at in range(total)]


@register.simple_tag
def form_steps(names: Any, at: Any) -> list[dict[str, Any]]:
    """Rows of the step indicator.

    Args:
        names: texts separated by "|", or a list of texts or of (text, address) pairs.
        at: number of the step that is open, from 1.
    """
    rows: list[Any] = names.split("|") if isinstance(names, str) else list(names)
    current = int(at)
    found = []
    for number, row in enumerate(rows, start=1):
        name, href = (row, "") if not isinstance(row, tuple | list) else (row[0], row[1])
        state = "done" if number < current else "now" if number == current else "later"
        found.append({"number": number, "name": name, "href": href, "state": state})
    return found


@register.simple_tag
def vote_bar(up: Any, down: Any = 0, needed: Any = 0) -> dict[str, Any]:
    """Numbers of a bar of support; widths in thousandths, as text that no locale can change."""
    ups, downs, wanted = int(up), int(down), int(needed)
    whole = max(ups + downs, wanted, 1)

    def width(part: int) -> str:
        return str(part * BAR_WIDTH // whole)

    return {
        "up": ups,
        "down": downs,
        "needed": wanted,
        "missing": max(wanted - ups, 0),
        "up_width": width(ups),
        "down_x": width(ups),
        "down_width": width(downs),
        "mark_x": str(min(wanted * BAR_WIDTH // whole, BAR_WIDTH - 4)),
    }


@register.simple_tag
def timer_ring(used: Any, of: Any, tone: str = "") -> dict[str, str]:
    """A ring that fills: how much of a due time is used, and its colour unless one is given."""
    spent, whole = float(used), max(float(of), 0.001)
    share = min(max(spent / whole, 0), 1)
    late = "red" if spent > whole else "yellow" if share >= 0.75 else ""
    return {"dash": str(round(share * 100)), "tone": tone or late}
