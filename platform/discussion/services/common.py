"""What writing, changing and moderating share: locks and counters."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from django.utils import timezone

from core.tasks import enqueue_on_commit
from discussion import news
from discussion.domain.kinds import Kind
from discussion.models import State, ThreadComment, Topic
from live import topics
from live.services import publish_on_commit
from notices import services as notices
from places.domain.clock import add_working_days
from places.queries import holidays

# The city answers questions within so many working days, as it does reports (docs/methods/deadlines.md).
ANSWER_WORKING_DAYS = 3


def topic_of(item: Model) -> Topic:
    """The topic of an item, made on the way."""
    key = {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}
    found = Topic.objects.filter(**key).first()
    if found is None:
        Topic.objects.bulk_create([Topic(**key)], ignore_conflicts=True)
        found = Topic.objects.get(**key)
    return found


def locked_thread(comment: ThreadComment) -> tuple[ThreadComment, ThreadComment]:
    """A comment and the root of its thread, whose row is locked: replies take their places one after the other."""
    root_key = comment.root_id or comment.pk
    rows = ThreadComment.objects.select_for_update(of=("self",))
    root = rows.get(pk=root_key)
    return (root, root) if comment.pk == root_key else (ThreadComment.objects.get(pk=comment.pk), root)


def came_and_went(comment: ThreadComment, *, by: int) -> None:
    """Count a comment that is public from now on (by=1) or no longer (by=-1).

    Args:
        comment: with its kind and root; a question counts as open while nobody has answered it.
        by: 1 or -1.
    """
    is_open_question = comment.kind == Kind.QUESTION and comment.answered is None
    Topic.objects.filter(pk=comment.topic_id).update(
        comments=F("comments") + by,
        threads=F("threads") + (0 if comment.root_id else by),
        open_questions=F("open_questions") + (by if is_open_question else 0),
    )
    if comment.root_id:
        ThreadComment.objects.filter(pk=comment.root_id).update(public_replies=F("public_replies") + by)
    if by > 0:
        enqueue_on_commit("discussion.announce", comment.pk)


def answer_due(now: datetime) -> date:
    """The last working day on which a question that is asked now is answered in time."""
    return add_working_days(timezone.localdate(now), ANSWER_WORKING_DAYS, holidays())


def answers_changed(question: ThreadComment) -> None:
    """Open or close a question by the official answers that are public now."""
    answers = ThreadComment.objects.filter(root=question, kind=Kind.ANSWER, state=State.PUBLIC)
    first = answers.order_by("created").values_list("created", flat=True).first()
    held = ThreadComment.objects.get(pk=question.pk)
    if (held.answered is None) == (first is None):
        return
    ThreadComment.objects.filter(pk=question.pk).update(answered=first)
    if held.state == State.PUBLIC:
        by = 1 if first is None else -1
        Topic.objects.filter(pk=question.topic_id).update(open_questions=F("open_questions") + by)


def question_closed(question: ThreadComment, *, at: datetime) -> None:
    """Stop the clock of a question that the office has answered."""
    ThreadComment.objects.filter(pk=question.pk).update(answered=at)
    Topic.objects.filter(pk=question.topic_id).update(open_questions=F("open_questions") - 1)


def told(topic: Topic) -> None:
    """Nudge whoever has the discussion open."""
    publish_on_commit(topics.talk(topic.content_type_id, topic.object_id))


def announce(*, comment_id: int) -> None:
    """Tell whom a public comment concerns; for the task."""
    comment = ThreadComment.objects.select_related("topic__content_type").filter(pk=comment_id).first()
    if comment is None or comment.state != State.PUBLIC:
        return
    subject = (f"talk:{comment.topic.content_type.model}", str(comment.topic.object_id))
    for kind in news.ALL if comment.root_id else (news.NAMED, news.FOLLOWED):
        notices.tell(kind=kind, ref=str(comment.pk), subject=subject, at=comment.created)
