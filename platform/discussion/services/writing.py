"""Writing a comment: taken once however often it is sent, in its place, shown at once or read first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import RoleAssignment, User
from core.errors import DomainError
from core.formats import moment
from discussion import errors, subjects
from discussion.domain import texts, trust
from discussion.domain.kinds import BEGINS_A_THREAD, DEEPEST, Kind
from discussion.models import Following, State, ThreadComment, Topic
from discussion.queries import muted_until
from discussion.services.cases import open_case
from discussion.services.common import answer_due, came_and_went, locked_thread, question_closed, told, topic_of
from ledger.services import record
from photos import services as photos
from photos.errors import GONE
from photos.models import Photo
from residents.queries import residency_of

# How many of a writer's newest comments tell how well they are known.
WRITER_LOOKED_AT = 20


@dataclass(frozen=True)
class Draft:
    """What somebody sends.

    Args:
        text: as typed.
        kind: why they write.
        above: the comment that it replies to; None begins a thread.
        client_key: made by the form; the same one is the same comment.
        photo: uploaded before.
        for_office: to answer in the name of one's office.
    """

    text: str
    kind: Kind = Kind.INFORMATION
    above: ThreadComment | None = None
    client_key: uuid.UUID = field(default_factory=uuid.uuid4)
    photo: Photo | None = None
    for_office: bool = False


@transaction.atomic
def write(*, actor: User, item: Any, draft: Draft) -> tuple[ThreadComment, bool]:
    """Write under an item.

    Args:
        actor: who writes; may read the item.
        item: registered in discussion.subjects.
        draft: what.

    Returns:
        The comment, and whether it is new: sent again, it is the first one.

    Raises:
        DomainError: comment_empty, comment_long, comment_capitals, objection_short, writer_muted, discussion_closed,
            thread_locked, reply_gone, question_begins_a_thread, not_an_office_here, or the photo has gone;
            nothing is kept then.
    """
    text = texts.tidy(draft.text)
    if flaw := texts.problem(text, draft.kind):
        raise DomainError(flaw, field="text", **errors.BOUNDS)
    office = _office(actor, item, draft)
    if until := muted_until(actor):
        raise DomainError(errors.MUTED, field="text", until=moment(until))
    topic = topic_of(item)
    if topic.locked or not subjects.of(item).may_write(item):
        raise DomainError(errors.CLOSED, field="text")
    now = timezone.now()
    comment = _new(actor, topic, item, draft, text, now)
    root = _put_in_place(comment, draft)
    why: tuple[trust.Why, ...] = ()
    if office:
        comment.office, comment.unit = office.office, office.agency
    elif why := why_it_waits(actor, now, comment):
        comment.state = State.WAITING
    if not _stored(comment):
        return ThreadComment.objects.get(client_key=draft.client_key), False
    if draft.photo:
        photos.attach([draft.photo], public=comment.state == State.PUBLIC)
    if why:
        open_case(comment, item=item, why=why)
    else:
        came_and_went(comment, by=1)
    if office:
        _answered(comment, root, actor)
    Following.objects.bulk_create([Following(topic=topic, user=actor)], ignore_conflicts=True)
    told(topic)
    return comment, True


def _office(actor: User, item: Any, draft: Draft) -> RoleAssignment | None:
    if not draft.for_office:
        if draft.kind is Kind.ANSWER:
            raise DomainError(errors.NOT_AN_OFFICE_HERE)
        return None
    office = subjects.of(item).office_of(actor, item)
    if office is None:
        raise DomainError(errors.NOT_AN_OFFICE_HERE)
    return office


def _new(actor: User, topic: Topic, item: Any, draft: Draft, text: str, now: datetime) -> ThreadComment:
    kind = Kind.ANSWER if draft.for_office else draft.kind
    if kind in BEGINS_A_THREAD and draft.above:
        raise DomainError(errors.QUESTION_BEGINS, field="kind")
    return ThreadComment(
        content_type_id=topic.content_type_id,
        object_pk=str(item.pk),
        site_id=settings.SITE_ID,
        user=actor,
        comment=text,
        submit_date=now,
        topic=topic,
        client_key=draft.client_key,
        author=actor,
        kind=kind,
        created=now,
        language=(get_language() or "id")[:2],
        mark=texts.mark(text),
        photo=draft.photo,
        due=answer_due(now) if kind in BEGINS_A_THREAD else None,
    )


def _put_in_place(comment: ThreadComment, draft: Draft) -> ThreadComment | None:
    """Give a reply its place under the lock of its root; None for the first of a thread."""
    if draft.above is None:
        return None
    above, root = locked_thread(draft.above)
    if above.topic_id != comment.topic_id or above.state != State.PUBLIC or root.state != State.PUBLIC:
        raise DomainError(errors.REPLY_GONE, field="text")
    if root.locked:
        raise DomainError(errors.LOCKED, field="text")
    root.places_taken += 1
    ThreadComment.objects.filter(pk=root.pk).update(places_taken=root.places_taken)
    comment.root, comment.above, comment.place = root, above, root.places_taken
    comment.branch = above.branch or comment.place
    comment.thread_id, comment.parent_id, comment.order = root.pk, above.pk, comment.place + 1
    comment.level = min(above.level + 1, DEEPEST)
    return root


def _stored(comment: ThreadComment) -> bool:
    """Store it; False when this form was sent before."""
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError:
        if ThreadComment.objects.filter(client_key=comment.client_key).exists():
            return False
        if comment.photo and ThreadComment.objects.filter(photo=comment.photo).exists():
            raise DomainError(GONE, field="photos") from None
        raise
    return True


def why_it_waits(actor: User, now: datetime, comment: ThreadComment) -> tuple[trust.Why, ...]:
    """Why a moderator reads what somebody has written before it is shown; nothing: it is shown at once."""
    newest = ThreadComment.objects.filter(author=actor).exclude(pk=comment.pk).order_by("-created")
    before = list(newest.values_list("created", "state", "mark")[:WRITER_LOOKED_AT])
    stayed = sum(state == State.PUBLIC for _created, state, _mark in before)
    # Asked only where it makes a difference.
    asks_home = stayed > 0 and not trust.is_known_by_record(stayed, actor.joined, now)
    writer = trust.Writer(
        joined=actor.joined,
        stayed=stayed,
        is_resident=asks_home and residency_of(actor) is not None,
        lately=sum(created > now - trust.BURST_TIME for created, _state, _mark in before),
        said_it_before=any(
            created > now - trust.DUPLICATE_TIME and mark == comment.mark for created, _state, mark in before
        ),
    )
    return trust.waits_for(writer, comment.comment, now)


def _answered(comment: ThreadComment, root: ThreadComment | None, actor: User) -> None:
    """Stop the clock of a question, and remember the act of the office."""
    asked = root if root and root.kind == Kind.QUESTION else None
    if asked and asked.answered is None:
        question_closed(asked, at=comment.created)
    record(
        actor=actor,
        office=comment.office,
        verb="comment.answered",
        subject_type="comment",
        subject_id=comment.pk,
        payload={"topic": comment.topic_id, "question": asked.pk if asked else None},
    )
