"""Template tags that every app uses: panels and the ways a date, a time or a number is written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core import formats, panels

register = template.Library()


@register.simple_tag(takes_context=True, name="panels")
def render_panels(context: Context, slot: str, subject: Any = None) -> SafeString:
    """Render every panel that higher apps registered for the slot."""
    request = context.get("request")
    viewer = getattr(request, "user", None)
    engine = context.template.engine  # type: ignore[union-attr]  # a rendering context has a template
    parts = []
    for panel in panels.collect(slot, subject, viewer):
        with context.push(**panel.context):
            parts.append(engine.get_template(panel.template).render(context))
    return mark_safe("".join(parts))  # noqa: S308  each part was escaped by its own template


@register.filter
def long_date(value: date | datetime | None) -> str:
    """ "Selasa, 24 November 2026"."""
    return formats.long_date(value) if value else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """ "Sel, 24 Nov"."""
    return formats.short_date(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """ "Selasa, 24 November 2026, pukul 14.30 WIB"."""
    return formats.moment(value) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    """ "Sel, 24 Nov, 14.30"."""
    return formats.short_moment(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """ "14.30"."""
    return formats.clock(timezone.localtime(value)) if value else ""
