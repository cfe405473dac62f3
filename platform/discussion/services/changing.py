"""Changing one's own comment, and saying that another's helps."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from core.errors import NOT_ALLOWED, DomainError
from discussion import errors, subjects
from discussion.domain import texts, trust
from discussion.domain.kinds import Kind
from discussion.models import Following, Revision, State, ThreadComment
from discussion.services.cases import open_case
from discussion.services.common import came_and_went, locked_thread, told, topic_of
from photos import services as photos
from support import services as support

# So long one's own words can be put right; later others have built on them.
EDIT_TIME = timedelta(hours=24)


@transaction.atomic
def edit(*, actor: User, comment: ThreadComment, text: str) -> ThreadComment:
    """Put one's own words right; what stood there before stays readable.

    Raises:
        DomainError: not_your_comment, edit_too_late, or what is wrong with the text.
    """
    held, _root = locked_thread(comment)
    _own(actor, held)
    now = timezone.now()
    if held.state not in (State.PUBLIC, State.WAITING) or now - held.created > EDIT_TIME:
        raise DomainError(errors.EDIT_TOO_LATE)
    tidied = texts.tidy(text)
    if flaw := texts.problem(tidied, Kind(held.kind)):
        raise DomainError(flaw, field="text", **errors.BOUNDS)
    if tidied == held.comment:
        return held
    Revision.objects.create(comment=held, text=held.comment, written=held.edited or held.created)
    held.comment, held.edited, held.mark = tidied, now, texts.mark(tidied)
    held.save(update_fields=["comment", "edited", "mark"])
    if held.state == State.PUBLIC and held.kind != Kind.ANSWER and trust.is_harsh(tidied):
        _read_again(held)
    told(held.topic)
    return held


def _read_again(comment: ThreadComment) -> None:
    """What became harsh by an edit waits for a moderator, as if it had been written so."""
    came_and_went(comment, by=-1)
    comment.state = State.WAITING
    comment.save(update_fields=["state"])
    item = subjects.item_of(comment.topic.content_type, comment.topic.object_id)
    open_case(comment, item=item, why=[trust.Why.WORDS])


@transaction.atomic
def withdraw(*, actor: User, comment: ThreadComment) -> ThreadComment:
    """Take one's own comment back: its text and photo go from the page, replies stay. Twice is harmless.

    Raises:
        DomainError: not_your_comment; an official answer stays.
    """
    held, _root = locked_thread(comment)
    _own(actor, held)
    if held.kind == Kind.ANSWER:
        raise DomainError(errors.EDIT_TOO_LATE)
    if held.state == State.WITHDRAWN:
        return held
    if held.state == State.PUBLIC:
        came_and_went(held, by=-1)
    held.state = State.WITHDRAWN
    held.save(update_fields=["state"])
    if held.photo:
        photos.withdraw([held.photo])
    told(held.topic)
    return held


@transaction.atomic
def set_helpful(*, actor: User, comment: ThreadComment, on: bool) -> int:
    """Say that a comment helps, or no longer. Returns how many people say so.

    Raises:
        DomainError: not_allowed, for one's own and for what is not public.
    """
    if comment.state != State.PUBLIC or comment.author_id == actor.pk:
        raise DomainError(NOT_ALLOWED)
    count = support.set_support(actor=actor, obj=comment, on=on)
    ThreadComment.objects.filter(pk=comment.pk).update(helpful=count)
    return count


@transaction.atomic
def set_following(*, actor: User, item: Model, on: bool) -> None:
    """Hear of what is new under an item, or no longer."""
    topic = topic_of(item)
    if on:
        Following.objects.bulk_create([Following(topic=topic, user=actor)], ignore_conflicts=True)
    else:
        Following.objects.filter(topic=topic, user=actor).delete()


def _own(actor: User, comment: ThreadComment) -> None:
    if comment.author_id != actor.pk:
        raise DomainError(errors.NOT_YOUR_COMMENT)
