"""What accounts hear of discussions: replies to oneself, being named, what is new where one follows.

References are numbers of comments; who is named is found when the news goes out, so that writing costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from discussion import subjects
from discussion.domain import texts
from discussion.domain.cases import Decision
from discussion.domain.kinds import Kind as Why
from discussion.models import Case, Following, State, ThreadComment
from notices import kinds
from notices.domain.digests import Cadence
from notices.kinds import Kind, Words

REPLY, NAMED, FOLLOWED = ALL = ("talk_reply", "talk_named", "talk_followed")
MODERATED = "talk_moderated"
# A nickname has at most so many words.
NAME_WORDS = 6
QUOTED = 120


def register_all() -> None:
    """Fill the registry; called once at start."""
    replies = _("Somebody replies to you, or an office answers your question.")
    named = _("Somebody writes your nickname behind an @.")
    followed = _("New comments where you follow the discussion.")
    kinds.register(Kind(REPLY, _("Replies to your comments"), replies, audience=_replied_to, compose=_words))
    kinds.register(Kind(NAMED, _("When you are named"), named, audience=_named, compose=_words))
    kinds.register(
        Kind(
            MODERATED,
            _("What moderators decide about your comments"),
            _("Your comment is shown after all, or hidden with a reason that you can appeal."),
            audience=_author_of_case,
            compose=_decisions,
            because=_("You can appeal for 14 days."),
        )
    )
    kinds.register(
        Kind(
            FOLLOWED,
            _("Discussions that you follow"),
            followed,
            audience=_followers,
            compose=_words,
            cadence=Cadence.DAILY,
            push=False,
        )
    )


def _author_of_case(ref: str) -> Iterable[int]:
    case = Case.objects.select_related("comment").filter(pk=int(ref)).first()
    return [case.comment.author_id] if case and case.comment.author_id else []


def _decisions(refs: Sequence[str], reader: User) -> dict[str, Words]:
    rows = Case.objects.filter(pk__in=[int(ref) for ref in refs], comment__author=reader).exclude(decided=None)
    found = {}
    for case in rows.select_related("comment__topic__content_type"):
        topic = case.comment.topic
        subject, item = subjects.of_type(topic.content_type), subjects.item_of(topic.content_type, topic.object_id)
        if subject is None or item is None:
            continue
        if case.decision == Decision.SHOWN:
            sentence = gettext("Moderators have read your comment: everybody can see it.")
        else:
            sentence = gettext("Moderators have hidden your comment: %(why)s") % {"why": case.sentence}
        address = reverse("discussion_thread", args=[subject.slug, subject.key(item), case.comment.pk])
        found[str(case.pk)] = Words(gettext("Your comment"), sentence, address)
    return found


def _comment(ref: str) -> ThreadComment | None:
    return ThreadComment.objects.select_related("above", "root").filter(pk=int(ref), state=State.PUBLIC).first()


def _replied_to(ref: str) -> Iterable[int]:
    comment = _comment(ref)
    return _answered_by(comment) if comment else []


def _answered_by(comment: ThreadComment) -> list[int]:
    """Who wrote the comment above, and whoever asked the question that begins the thread."""
    others = [comment.above, comment.root if comment.kind == Why.ANSWER else None]
    found = dict.fromkeys(other.author_id for other in others if other and other.author_id)
    return [person for person in found if person and person != comment.author_id]


def _named(ref: str) -> Iterable[int]:
    comment = _comment(ref)
    if comment is None:
        return []
    left_out = {comment.author_id, *_answered_by(comment)}
    return [person for person in _people_named(comment) if person not in left_out]


def _people_named(comment: ThreadComment) -> list[int]:
    """For each @ the account with the longest nickname that the words behind it begin with."""
    candidates = [_beginnings(said) for said in texts.mentions(comment.comment)]
    asked = {name for names in candidates for name in names}
    rows = User.objects.annotate(small=Lower("nickname")).filter(small__in=asked, is_active=True)
    known = dict(rows.values_list("small", "pk"))
    found = (next((known[name] for name in names if name in known), None) for names in candidates)
    return [person for person in dict.fromkeys(found) if person]


def _beginnings(said: str) -> list[str]:
    words = said.lower().split()[:NAME_WORDS]
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return [variant for name in names for variant in dict.fromkeys([name, name.rstrip(".'-’")]) if variant]


def _followers(ref: str) -> Iterable[int]:
    comment = _comment(ref)
    if comment is None:
        return []
    left_out = [comment.author_id or 0, *_answered_by(comment), *_people_named(comment)]
    rows = Following.objects.filter(topic_id=comment.topic_id).exclude(user_id__in=left_out)
    return rows.values_list("user_id", flat=True)


def _words(refs: Sequence[str], reader: User) -> dict[str, Words]:
    comments = list(
        ThreadComment.objects.filter(pk__in=[int(ref) for ref in refs], state=State.PUBLIC).select_related(
            "author", "topic__content_type"
        )
    )
    items = _items(comments)
    found: dict[str, Words] = {}
    for comment in comments:
        item = items.get((comment.topic.content_type_id, comment.topic.object_id))
        subject = subjects.of_type(comment.topic.content_type)
        if subject is None or item is None or not subject.may_read(reader, item):
            continue
        who = comment.office or (comment.author.nickname if comment.author else gettext("former resident"))
        address = reverse("discussion_thread", args=[subject.slug, subject.key(item), comment.pk])
        said = Truncator(" ".join(comment.comment.split())).chars(QUOTED)
        sentence = gettext("%(who)s: “%(said)s”") % {"who": who, "said": said}
        found[str(comment.pk)] = Words(subject.title(item), sentence, f"{address}#{comment.anchor}")
    return found


def _items(comments: Sequence[ThreadComment]) -> dict[tuple[int, int], Any]:
    """The items that the comments belong to; a query a kind."""
    wanted: defaultdict[Any, set[int]] = defaultdict(set)
    for comment in comments:
        wanted[comment.topic.content_type].add(comment.topic.object_id)
    found = {}
    for content_type, keys in wanted.items():
        subject = subjects.of_type(content_type)
        for key, item in subject.model._default_manager.in_bulk(keys).items() if subject else ():
            found[content_type.pk, key] = item
    return found
