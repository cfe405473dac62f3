"""Sessions that end, and the open pages that must hear of it."""

from __future__ import annotations

from typing import Any

from live.services import recheck_on_commit


def end(request: Any, user: Any) -> None:
    """Close the sockets of a session that is being signed out."""
    if user is None:
        return
    # Django sends its signal before it removes the session; who is asked now would still find it.
    request.session.delete()
    recheck_on_commit(user.pk)
