"""Changing one's own comment, and saying that another's helps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from core.errors import NOT_ALLOWED, DomainError
from core.formats import moment
from discussion import errors, subjects
from discussion.domain import texts, trust
from discussion.domain.kinds import Kind
from discussion.models import Following, Revision, State, ThreadComment
from discussion.queries import muted_until
from discussion.services.cases import open_case
from discussion.services.common import came_and_went, locked_thread, told, topic_of
from discussion.services.writing import why_it_waits
from photos import services as photos
from support import services as support

# So long one's own words can be put right; later others have built on them.
EDIT_TIME = timedelta(hours=24)
# What makes a comment wait that was public before it was edited.
BY_EDIT = frozenset({trust.Why.WORDS, trust.Why.LINK})


@transaction.atomic
def edit(*, actor: User, comment: ThreadComment, text: str) -> ThreadComment:
    """Put one's own words right; what stood there before stays readable.

    Raises:
        DomainError: not_your_comment, edit_too_late, writer_muted, thread_locked, not_an_office_here, or what is wrong
            with the text.
    """
    held, root = locked_thread(comment)
    _own(actor, held)
    now = timezone.now()
    if held.state not in (State.PUBLIC, State.WAITING) or now - held.created > EDIT_TIME:
        raise DomainError(errors.EDIT_TOO_LATE)
    item = subjects.item_of(held.topic.content_type, held.topic.object_id)
    _still_may(actor, held, root, item)
    tidied = texts.tidy(text)
    if flaw := texts.problem(tidied, Kind(held.kind)):
        raise DomainError(flaw, field="text", **errors.BOUNDS)
    if tidied == held.comment:
        return held
    if held.state == State.PUBLIC:
        # What waits nobody has read: there is nothing to remember.
        Revision.objects.create(comment=held, text=held.comment, written=held.edited or held.created)
        held.edited = now
    held.comment, held.mark = tidied, texts.mark(tidied)
    held.save(update_fields=["comment", "edited", "mark"])
    why = () if held.kind == Kind.ANSWER else why_it_waits(actor, now, held)
    if new := [one for one in why if one in BY_EDIT or held.state == State.WAITING]:
        _read_again(held, item, new)
    told(held.topic)
    return held


def _still_may(actor: User, comment: ThreadComment, root: ThreadComment, item: Any) -> None:
    """An edit needs what writing needed."""
    if until := muted_until(actor):
        raise DomainError(errors.MUTED, field="text", until=moment(until))
    if root.locked or comment.topic.locked:
        raise DomainError(errors.LOCKED, field="text")
    if comment.kind == Kind.ANSWER:
        office = subjects.of(item).office_of(actor, item)
        if office is None or office.agency_id != comment.unit_id:
            raise DomainError(errors.NOT_AN_OFFICE_HERE, field="text")


def _read_again(comment: ThreadComment, item: Any, why: list[trust.Why]) -> None:
    """What an edit brought in waits for a moderator, as if it had been written so."""
    if comment.state == State.PUBLIC:
        came_and_went(comment, by=-1)
        comment.state = State.WAITING
        comment.save(update_fields=["state"])
        if comment.photo:
            photos.withdraw([comment.photo])
    open_case(comment, item=item, why=why)


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
