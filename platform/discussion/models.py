"""What people say under an item. The text stands in django-comments' table, what lists are sorted by in ours.

Three joined tables are one comment, so no index of theirs spans item and order: what a list asks for is
repeated here under indexes of its own (docs/decisions/0017).
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from core.errors import Sentence
from discussion.domain.cases import Decision, Reason
from discussion.domain.kinds import BEGINS_A_THREAD, DEEPEST, Kind
from discussion.domain.trust import Why
from photos.models import Photo
from places.models import Agency

KIND_LABELS = {
    Kind.INFORMATION: _("Information"),
    Kind.SOLUTION: _("Solution"),
    Kind.SUPPORT: _("In favour"),
    Kind.OBJECTION: _("Objection"),
    Kind.QUESTION: _("Question to the office"),
    Kind.THANKS: _("Thanks"),
    Kind.ANSWER: _("Official answer"),
}


class State(models.TextChoices):
    """Who sees a comment."""

    # A moderator reads it first; its author sees it.
    WAITING = "waiting"
    PUBLIC = "public"
    # By moderators, with a reason.
    HIDDEN = "hidden"
    # By its author.
    WITHDRAWN = "withdrawn"


class Topic(models.Model):
    """An item that is talked about, with what its page shows without counting."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    # Public ones.
    comments = models.PositiveIntegerField(default=0)
    threads = models.PositiveIntegerField(default=0)
    open_questions = models.PositiveIntegerField(default=0)
    locked = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_topic_per_item")]

    def __str__(self) -> str:
        return f"topic {self.pk}"


class ThreadComment(XtdComment):
    """One comment. `root` is None for the first of a thread; deeper ones are ordered by (branch, place)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", db_index=False)
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="descendants", db_index=False)
    above = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies", db_index=False)
    # The place of the reply to the root that this one belongs to; its own for such a reply, 0 for a root.
    branch = models.PositiveIntegerField(default=0)
    # The how-manieth it is in its thread, whatever became of it; 0 for a root.
    place = models.PositiveIntegerField(default=0)
    # Of roots: how many places are taken, and how many of those are public.
    places_taken = models.PositiveIntegerField(default=0)
    public_replies = models.PositiveIntegerField(default=0)
    # The same form sent twice has the same key.
    client_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLIC)
    created = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=5, default="id")
    # Digest by which the same text is known again (domain.texts.mark).
    mark = models.CharField(max_length=32)
    # In whose name, as the public reads it; empty for citizens.
    office = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    photo = models.OneToOneField(Photo, models.SET_NULL, null=True, related_name="+")
    helpful = models.PositiveIntegerField(default=0)
    edited = models.DateTimeField(null=True)
    # Of a root: nobody answers any more.
    locked = models.BooleanField(default=False)
    # Of a question: the last working day on which the answer is on time, and when it was answered.
    due = models.DateField(null=True)
    answered = models.DateTimeField(null=True)

    # Without the package's own order and joins.
    objects: models.Manager[ThreadComment] = models.Manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(
                fields=["topic", "-created", "-xtdcomment_ptr"], condition=Q(root=None), name="threads_by_time"
            ),
            models.Index(
                fields=["topic", "-helpful", "-xtdcomment_ptr"], condition=Q(root=None), name="threads_by_help"
            ),
            models.Index(fields=["root", "branch", "place"], name="thread_in_order"),
            models.Index(fields=["topic", "-created"], condition=Q(kind="answer"), name="answers_by_time"),
            models.Index(fields=["author", "-created"], name="comment_author"),
            models.Index(fields=["due"], condition=Q(answered=None, kind="question"), name="open_questions"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="comment_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=Q(root=None, above=None, place=0, branch=0)
                | Q(root__isnull=False, above__isnull=False, place__gte=1, branch__gte=1, branch__lte=F("place")),
                name="a_reply_has_its_place",
            ),
            models.UniqueConstraint(fields=["root", "place"], name="one_comment_per_place"),
            models.CheckConstraint(
                condition=Q(kind="answer", office__gt="") | (~Q(kind="answer") & Q(office="")),
                name="an_answer_is_of_an_office",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(BEGINS_A_THREAD), due__isnull=False, root=None)
                | (~Q(kind__in=list(BEGINS_A_THREAD)) & Q(due=None, answered=None)),
                name="a_question_is_due",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As any model: the package would save twice and order the thread without a lock."""
        models.Model.save(self, *args, **kwargs)

    @property
    def deepest(self) -> bool:
        """Whether replies stand beside it instead of below it."""
        return bool(self.level >= DEEPEST)

    @property
    def anchor(self) -> str:
        """The name of its place on a page."""
        return f"c{self.pk}"


class Revision(models.Model):
    """What a comment said before it was edited; everybody may read it."""

    comment = models.ForeignKey(ThreadComment, models.CASCADE, related_name="revisions")
    text = models.TextField()
    written = models.DateTimeField()

    class Meta:
        ordering = ["written", "pk"]

    def __str__(self) -> str:
        return f"revision {self.pk}"


class Following(models.Model):
    """Somebody hears of what is new under an item."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="followers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="one_following_per_topic")]

    def __str__(self) -> str:
        return f"following {self.pk}"


REASON_LABELS = {
    Reason.THREAT: _("Threat or call to violence"),
    Reason.HATE: _("Hatred against a group"),
    Reason.INSULT: _("Insult"),
    Reason.PRIVATE: _("Somebody's private data"),
    Reason.FALSE: _("False accusation against a person"),
    Reason.ADVERTISING: _("Advertising or fraud"),
    Reason.REPEATED: _("The same again and again"),
    Reason.OFF_TOPIC: _("Has nothing to do with the matter"),
    Reason.UNLAWFUL: _("Otherwise against the law"),
}
REASON_CHOICES = [(reason.value, label) for reason, label in REASON_LABELS.items()]

WHY_LABELS = {
    Why.NEW_WRITER: _("new writer"),
    Why.LINK: _("a link of a new writer"),
    Why.WORDS: _("harsh words"),
    Why.BURST: _("many at once"),
    Why.DUPLICATE: _("said before"),
    Why.FLAGS: _("flagged by readers"),
    Why.APPEAL: _("appeal of the author"),
}


class Flag(models.Model):
    """Somebody asks a moderator to look. It hides nothing."""

    comment = models.ForeignKey(ThreadComment, models.CASCADE, related_name="raised_flags")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=REASON_CHOICES)
    # Where the person was verified then; "" for others.
    kelurahan = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="one_flag_of_one_person"),
            models.CheckConstraint(condition=Q(reason__in=list(Reason)), name="flag_reason_known"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"


class Case(models.Model):
    """What moderators decide about one comment. A comment has one open case at a time."""

    comment = models.ForeignKey(ThreadComment, models.CASCADE, related_name="cases")
    # Official code of the region that the item lies in; "" for the whole city.
    region = models.CharField(max_length=16, blank=True)
    opened = models.DateTimeField(default=timezone.now)
    # Values of domain.trust.Why.
    why = models.JSONField(default=list)
    priority = models.PositiveSmallIntegerField(default=0)
    political = models.BooleanField(default=False)
    arranged = models.BooleanField(default=False)
    # One moderator has it on the screen until then.
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    # The first of two moderators.
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    first_decision = models.CharField(max_length=8, blank=True)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=12, blank=True, choices=REASON_CHOICES)
    # What the author reads.
    sentence = models.CharField(max_length=500, blank=True)
    # Whether it closed the thread.
    locks = models.BooleanField(default=False)
    # The case whose decision is appealed here.
    appeals = models.OneToOneField("self", models.CASCADE, null=True, related_name="appeal")
    plea = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment"], condition=Q(decided=None), name="one_open_case_per_comment"),
            models.CheckConstraint(
                condition=Q(decided=None, decision="", reason="", sentence="")
                | Q(decided__isnull=False, decision="shown", reason="")
                | (Q(decided__isnull=False, decision="hidden", reason__in=list(Reason)) & ~Q(sentence="")),
                name="hidden_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(appeals=None) | ~Q(plea=""), name="an_appeal_says_why"),
        ]
        indexes = [
            models.Index(fields=["-priority", "opened"], condition=Q(decided=None), name="case_queue"),
            models.Index(fields=["-decided"], condition=Q(decided__isnull=False), name="case_log"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def reasons(self) -> list[Why]:
        """Why a moderator looks."""
        return [Why(one) for one in self.why]

    @property
    def why_words(self) -> list[Sentence]:
        """The same for people."""
        return [WHY_LABELS[one] for one in self.reasons]

    @property
    def was_restored(self) -> bool:
        """Whether an appeal brought the comment back."""
        return self.appeals_id is not None and self.decision == Decision.SHOWN


class Mute(models.Model):
    """Somebody may not write for a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    given = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("given")), name="a_mute_lasts")]
        indexes = [models.Index(fields=["user", "-until"], name="mute_of")]

    def __str__(self) -> str:
        return f"mute {self.pk}"
