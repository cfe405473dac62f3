from __future__ import annotations

from functools import partial

from django.db import transaction

from live.hub import hub


def publish_on_commit(topic: str) -> None:
    """Tell the watchers of a topic that it changed, once the transaction has committed."""
    transaction.on_commit(partial(hub.publish, topic), robust=True)


def recheck_on_commit(account: int) -> None:
    """Have every open socket of an account ask again whether it may stay, once the transaction has committed.

    For whatever may end a session or take a right away: a sign-out, an office that ends, a closed account.
    """
    transaction.on_commit(partial(hub.recheck, account), robust=True)
