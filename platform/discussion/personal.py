"""What discussions hold about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, Mend, Row
from discussion.models import Case, Flag, Following, Mute, ThreadComment

ROWS_AT_ONCE = 200


def register_all() -> None:
    """Fill the registry; called once at start."""
    what = _("Comments that you wrote; they stay readable, because others have answered them")
    personal.holds("discussion.ThreadComment", "author", fate=Fate.UNNAMED, what=what)
    personal.holds("django_comments.Comment", "user", fate=Fate.UNNAMED)
    # The package's own marks; no page of ours makes one.
    personal.holds("django_comments.CommentFlag", "user", fate=Fate.GOES)
    personal.holds(
        "discussion.Following", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("What you follow the discussion of")
    )
    personal.holds("discussion.Flag", "user", fate=Fate.GOES, what=_("Comments that you flagged"))
    personal.holds("discussion.Mute", "user", fate=Fate.GOES, what=_("Times in which you could not write"))
    personal.holds("discussion.Mute", "given_by", fate=Fate.UNNAMED)
    what = _("Cases that you decided as a moderator")
    personal.holds("discussion.Case", "decided_by", fate=Fate.UNNAMED, what=what)
    personal.holds("discussion.Case", "claimed_by", "first_by", fate=Fate.UNNAMED)
    personal.exports("flags", _("Comments that you flagged"), _flags)
    personal.exports("mutes", _("Times in which you could not write"), _mutes)
    personal.exports("cases", _("Cases that you decided as a moderator"), _cases)
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


def _flags(person: User) -> Iterator[Row]:
    for flag in Flag.objects.filter(user=person).select_related("comment").order_by("at"):
        yield {"at": flag.at, "reason": flag.reason, "text": flag.comment.comment}


def _mutes(person: User) -> Iterator[Row]:
    for mute in Mute.objects.filter(user=person).order_by("given"):
        yield {"given": mute.given, "until": mute.until}


def _cases(person: User) -> Iterator[Row]:
    rows = Case.objects.filter(decided_by=person).order_by("decided")
    for case in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield {"at": case.decided, "decision": case.decision, "reason": case.reason, "sentence": case.sentence}
