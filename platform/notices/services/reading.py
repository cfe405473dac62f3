"""Reading one's inbox."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from live import topics
from live.services import publish_on_commit
from notices.models import Notice


@transaction.atomic
def mark_read(*, actor: User, notice: Notice) -> bool:
    """Mark one notice of one's own as read. Returns whether it was new."""
    fresh = Notice.objects.filter(pk=notice.pk, user=actor, read=None).update(read=timezone.now())
    if fresh:
        publish_on_commit(topics.inbox(actor.pk))
    return bool(fresh)


@transaction.atomic
def mark_all_read(*, actor: User, until: int) -> int:
    """Mark all that the person has seen in the list as read.

    Args:
        actor: whose inbox.
        until: number of the newest notice that was shown; what came since stays new.

    Returns:
        How many were new.
    """
    many = Notice.objects.filter(user=actor, read=None, pk__lte=until).update(read=timezone.now())
    if many:
        publish_on_commit(topics.inbox(actor.pk))
    return many
