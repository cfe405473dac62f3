"""Who supports a thing, and the count that is kept beside it. The only place that touches `voting`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, TextField
from django.db.models.functions import Cast
from voting.models import Vote

from support.models import SupportCount

_UP = 1


@transaction.atomic(savepoint=False)
def set_support(*, actor: Any, obj: Model, on: bool) -> int:
    """Make a person a supporter of a thing, or no longer one. Asking twice changes nothing.

    Args:
        actor: the person, signed in.
        obj: the thing; its key is a whole number.
        on: whether the person supports it from now on.

    Returns:
        How many people support it now.
    """
    count = _locked_count(obj)
    key = {"user_id": actor.pk, "content_type_id": count.content_type_id, "object_id": str(obj.pk)}
    mine = Vote.objects.filter(**key, vote=_UP)
    # Under the lock of the count's row, looking and then writing cannot race.
    if on and not mine.exists():
        Vote.objects.bulk_create(
            [Vote(**key, vote=_UP)], update_conflicts=True, unique_fields=[*key], update_fields=["vote", "time_stamp"]
        )
        count.up += 1
    elif not on and mine.delete()[0]:
        count.up -= 1
    else:
        return count.up
    SupportCount.objects.filter(pk=count.pk).update(up=count.up)
    return count.up


@transaction.atomic
def withdraw_all(*, actor: Any) -> int:
    """Take back everything that a person supports, because the account is about to be deleted.

    Returns:
        How many supports were taken back.
    """
    # Until this transaction ends, no new vote can refer to the person.
    get_user_model()._default_manager.select_for_update().filter(pk=actor.pk).first()
    votes = Vote.objects.filter(user=actor, vote=_UP)
    of_the_count = votes.filter(
        content_type_id=OuterRef("content_type_id"), object_id=Cast(OuterRef("object_id"), TextField())
    )
    counts = SupportCount.objects.filter(Exists(of_the_count))
    list(counts.select_for_update().order_by("content_type_id", "object_id"))
    withdrawn = counts.update(up=F("up") - 1)
    Vote.objects.filter(user=actor).delete()
    return withdrawn


@transaction.atomic
def recount(*, obj: Model) -> int:
    """Count the supporters of a thing anew, for repairs after votes were changed outside this app."""
    count = _locked_count(obj)
    votes = Vote.objects.filter(content_type_id=count.content_type_id, object_id=str(obj.pk), vote=_UP)
    count.up = votes.count()
    count.save(update_fields=["up"])
    return count.up


def _locked_count(obj: Model) -> SupportCount:
    key = {"content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}
    rows = SupportCount.objects.select_for_update().filter(**key).order_by()
    found = rows.first()
    if found is None:
        SupportCount.objects.bulk_create([SupportCount(**key)], ignore_conflicts=True)
        found = rows.get()
    return found
