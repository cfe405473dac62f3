from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from live import topics
from notices.queries import unread


def bell(request: HttpRequest) -> dict[str, Any]:
    """`unread_news`: how many notices are new, and `inbox_topic`; asked for by templates, never for visitors."""
    user = getattr(request, "user", None)
    return {
        # Templates call it; once a request.
        "unread_news": cache(lambda: unread(user) if isinstance(user, User) else 0),
        "inbox_topic": SimpleLazyObject(lambda: topics.inbox(user.pk) if isinstance(user, User) else ""),
    }
