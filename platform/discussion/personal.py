"""What discussions hold about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, Row
from discussion.models import Following, ThreadComment

ROWS_AT_ONCE = 200


def register_all() -> None:
    """Fill the registry; called once at start."""
    what = _("Comments that you wrote; they stay readable, because others have answered them")
    personal.holds("discussion.ThreadComment", "author", fate=Fate.UNNAMED, what=what)
    personal.holds("django_comments.Comment", "user", fate=Fate.UNNAMED)
    # The package's own marks; no page of ours makes one.
    personal.holds("django_comments.CommentFlag", "user", fate=Fate.GOES)
    personal.holds("discussion.Following", "user", fate=Fate.GOES, what=_("What you follow the discussion of"))
    personal.exports("comments", _("Comments that you wrote"), _comments)
    personal.exports("discussions", _("Discussions that you follow"), _following)


def _comments(person: User) -> Iterator[Row]:
    rows = ThreadComment.objects.filter(author=person).order_by("created").prefetch_related("revisions")
    for comment in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield {
            "created": comment.created,
            "kind": comment.kind,
            "state": comment.state,
            "office": comment.office,
            "text": comment.comment,
            "earlier": [revision.text for revision in comment.revisions.all()],
        }


def _following(person: User) -> Iterator[Row]:
    rows = Following.objects.filter(user=person).select_related("topic__content_type")
    for following in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield {"kind": following.topic.content_type.model, "item": following.topic.object_id}
