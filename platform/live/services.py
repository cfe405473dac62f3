from __future__ import annotations

from functools import partial

from django.db import transaction

from live.hub import hub


def publish_on_commit(topic: str) -> None:
    """Tell the watchers of a topic that it changed, once the transaction has committed."""
    transaction.on_commit(partial(hub.publish, topic), robust=True)
