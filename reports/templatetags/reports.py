"""Template tags of the report tracker."""

from __future__ import annotations

from itertools import groupby

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from reports.queries.public import Choice

register = template.Library()
LINES_SHOWN, LINE_LENGTH = 6, 60
CHOSEN = mark_safe(" selected")


@register.simple_tag
def category_options(choices: list[Choice], chosen: str | None = "") -> SafeString:
    """The options of the category filter in their groups; in Python, because there are forty on every list."""
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((group, _options(list(its), chosen)) for group, its in groupby(choices, key=lambda choice: choice.group)),
    )


@register.filter
def is_long(text: str) -> bool:
    """Whether a text takes more than about six lines of a narrow column."""
    return sum(1 + len(line) // LINE_LENGTH for line in text.splitlines()) > LINES_SHOWN


def _options(choices: list[Choice], chosen: str | None) -> SafeString:
    rows = ((choice.slug, CHOSEN if choice.slug == chosen else "", choice.name) for choice in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
