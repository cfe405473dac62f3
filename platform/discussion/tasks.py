from __future__ import annotations

from core.tasks import task
from discussion import services


@task("discussion.announce")
def announce(comment_id: int) -> None:
    """Tell whom a comment concerns; safe to run twice."""
    services.announce(comment_id=comment_id)
