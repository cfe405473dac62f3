"""What lists and pages show of support, for many things at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from voting.models import Vote

from support.models import SupportCount


def counts(objs: Sequence[Model]) -> dict[int, int]:
    """How many people support each of these things; one query.

    Args:
        objs: things of one kind.

    Returns:
        A count for every key, 0 where nobody does.
    """
    if not objs:
        return {}
    kind = ContentType.objects.get_for_model(objs[0])
    found = {obj.pk: 0 for obj in objs}
    rows = SupportCount.objects.filter(content_type=kind, object_id__in=list(found))
    return found | dict(rows.values_list("object_id", "up"))


def supported_by(user: Any, objs: Sequence[Model]) -> set[int]:
    """Keys of those things that this person supports; one query, none for visitors.

    Args:
        user: the viewer, signed in or not.
        objs: things of one kind.
    """
    if not objs or not user.is_authenticated:
        return set()
    kind = ContentType.objects.get_for_model(objs[0])
    keys = [str(obj.pk) for obj in objs]
    votes = Vote.objects.filter(user=user, content_type=kind, object_id__in=keys, vote=1)
    return {int(key) for key in votes.values_list("object_id", flat=True)}
