"""The block that an item's own page shows of its discussion."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.panels import Panel
from discussion import queries, subjects
from discussion.words import for_comments


def on_item(item: Any, viewer: Any) -> Panel:
    """The newest threads, and the way to all of them."""
    subject = subjects.of(item)
    topic, key = queries.topic_of(item), subject.key(item)
    context = for_comments() | {
        "threads": queries.threads(topic, viewer, size=queries.ON_ITEM),
        "address": reverse("discussion", args=[subject.slug, key]),
        "may_write": subject.may_write(item) and not topic.locked,
    }
    return Panel("discussion/panel.html", context, order=50)
