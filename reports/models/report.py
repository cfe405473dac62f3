"""A report, its steps and what belongs to it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from photos.models import Photo
from places.models import Agency, Region
from reports.domain import numbers, privacy
from reports.domain.routing import Size
from reports.domain.workflow import CLOSED, COLOURS, DONE, OPEN, STEPS, Colour, State
from reports.models.tables import Category

STATE_LABELS = {
    State.RECEIVED: _("Received, waiting to be checked"),
    State.VALIDATED: _("Found to be true, waiting for its office"),
    State.REFUSED: _("Refused with a reason"),
    State.DUPLICATE: _("Merged with an earlier report"),
    State.FORWARDED: _("Forwarded to the responsible owner"),
    State.ASSIGNED: _("With the kelurahan"),
    State.AT_DESK: _("With the province desk"),
    State.AT_AGENCY: _("With the agency"),
    State.AT_SUB_AGENCY: _("With the sub-agency"),
    State.SCHEDULED: _("Scheduled"),
    State.IN_PROGRESS: _("Being worked on"),
    State.NEEDS_ANSWER: _("Waiting for the reporter's answer"),
    State.DECLARED_DONE: _("Declared done, waiting for citizens to confirm"),
    State.CONFIRMED: _("Done, confirmed by citizens"),
    State.UNCONFIRMED: _("Done, not confirmed"),
    State.REOPENED: _("Opened again by the reporter"),
}
COLOUR_LABELS = {
    Colour.RED: _("Waiting"),
    Colour.YELLOW: _("In process"),
    Colour.GREEN: _("Done"),
    Colour.NEUTRAL: _("Closed without work"),
}


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> ReportQuerySet:
        """What everybody may see."""
        return self.filter(public=True)

    def for_cards(self) -> ReportQuerySet:
        """With what a card shows, in the same query."""
        return self.select_related("category", "region__parent__parent", "unit")


def colour_follows_state() -> Q:
    """The condition that the colour is the one of the state (reports.domain.workflow)."""
    condition = Q()
    for colour in Colour:
        states = sorted(state.value for state, its in COLOURS.items() if its == colour)
        condition |= Q(colour=colour.value, state__in=states)
    return condition


class Report(models.Model):
    """A problem in the city that a citizen has reported."""

    number = models.CharField(max_length=numbers.LENGTH, unique=True, editable=False)
    # The same filing sent twice has the same key: one report however often it is sent.
    client_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    # SHA-256 of the token in the reporter's own link; whoever holds the link acts as the reporter.
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    confirmed = models.BooleanField(default=False)
    # The desk that typed for a present person, as everybody reads it; empty for who filed alone.
    via = models.CharField(max_length=200, blank=True, default="", editable=False)
    language = models.CharField(max_length=5, default="id")

    category = models.ForeignKey(Category, models.PROTECT, related_name="reports")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=4000)
    size = models.CharField(max_length=5, choices=[(Size.SMALL, _("small")), (Size.LARGE, _("large"))], default="small")

    region = models.ForeignKey(Region, models.PROTECT, related_name="reports")
    rt = models.CharField(max_length=3, blank=True)
    rw = models.CharField(max_length=3, blank=True)
    landmark = models.CharField(max_length=160, blank=True)
    # Degrees WGS 84; empty when only the kelurahan was named.
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    # Radius in metres that the device gave.
    accuracy = models.FloatField(null=True, blank=True)
    at_home = models.BooleanField(default=False)

    state = models.CharField(max_length=20, default=State.RECEIVED, choices=list(STATE_LABELS.items()))
    colour = models.CharField(max_length=8, default=Colour.RED, choices=list(COLOUR_LABELS.items()))
    resume_state = models.CharField(max_length=20, blank=True)
    public = models.BooleanField(default=False)
    unit = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    outside = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    original = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    validated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    validated_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True)
    proof = models.CharField(
        max_length=10,
        blank=True,
        choices=[
            ("checking", _("being checked")),
            ("in_review", _("being checked by a second person")),
            ("clear", _("nothing speaks against it")),
            ("accepted", _("accepted by a second person")),
        ],
    )
    doubts = models.JSONField(default=list, blank=True)
    scheduled_for = models.DateField(null=True, blank=True)

    created = models.DateTimeField()
    changed = models.DateTimeField()
    first_answer_due = models.DateField()
    first_answered = models.DateTimeField(null=True)
    due = models.DateField()
    paused_on = models.DateField(null=True)
    hand_overs = models.PositiveSmallIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="escalated_reports")
    escalated_on = models.DateField(null=True)
    steps_taken = models.PositiveIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["-created", "-id"], condition=Q(public=True), name="report_public_newest"),
            models.Index(fields=["region", "-created"], condition=Q(public=True), name="report_public_region"),
            models.Index(fields=["category", "-created"], condition=Q(public=True), name="report_public_category"),
            models.Index(fields=["colour", "-created"], condition=Q(public=True), name="report_public_colour"),
            models.Index(fields=["unit", "state", "due"], name="report_queue"),
            models.Index(fields=["state", "due"], name="report_clock"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="report_state_known"),
            models.CheckConstraint(condition=colour_follows_state(), name="report_colour_follows_state"),
            models.CheckConstraint(
                condition=Q(state="needs_answer") ^ Q(resume_state=""), name="report_resumes_only_from_a_question"
            ),
            models.CheckConstraint(
                condition=Q(state="duplicate") ^ Q(original__isnull=True), name="report_duplicate_names_its_original"
            ),
            models.CheckConstraint(condition=~Q(original=F("pk")), name="report_not_its_own_original"),
            models.CheckConstraint(
                condition=Q(state="forwarded") ^ Q(outside__isnull=True), name="report_forwarded_names_the_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declared_done", "confirmed", "unconfirmed"])
                | Q(declared_at__isnull=False) & ~Q(proof=""),
                name="report_done_has_its_proof",
            ),
            models.CheckConstraint(
                condition=Q(declared_by__isnull=True)
                | Q(validated_by__isnull=True)
                | ~Q(declared_by=F("validated_by")),
                name="who_declares_done_did_not_validate",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lng__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180),
                name="report_position_in_range",
            ),
            models.CheckConstraint(
                condition=Q(accuracy__isnull=True) | Q(accuracy__gte=0), name="report_accuracy_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.spoken_number

    def get_absolute_url(self) -> str:
        return f"/laporan/{self.number}/"

    @property
    def spoken_number(self) -> str:
        """The number as people read it out."""
        return numbers.spoken(self.number)

    @property
    def public_word(self) -> str:
        """The word of the badge; of what is done it says whether citizens confirmed it, never a bare "done"."""
        done = self.colour == Colour.GREEN
        return str(STATE_LABELS[State(self.state)] if done else COLOUR_LABELS[Colour(self.colour)])

    @property
    def is_open(self) -> bool:
        """Whether an office still has to do something."""
        return State(self.state) in OPEN

    @property
    def is_done(self) -> bool:
        """Whether the office has declared it done."""
        return State(self.state) in DONE

    @property
    def is_closed(self) -> bool:
        """Whether it ended without work."""
        return State(self.state) in CLOSED

    @property
    def public_position(self) -> tuple[float, float] | None:
        """What the public may know of the position: rounded to about 30 m for home addresses."""
        if self.lat is None or self.lng is None:
            return None
        return privacy.rounded(self.lat, self.lng) if self.at_home else (self.lat, self.lng)

    @property
    def place(self) -> str:
        """Where it is, in one line: "Kelurahan Slipi, RT 010/RW 02"."""
        numbers_ = "/".join(part for part in (self.rt and f"RT {self.rt}", self.rw and f"RW {self.rw}") if part)
        return ", ".join(part for part in (self.region.label, numbers_) if part)


class ReportStep(models.Model):
    """One step on the life-line: what, by which office, when, and the public text."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=20)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    office = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    text = models.TextField(max_length=4000, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    day = models.DateField(null=True)
    at = models.DateTimeField()
    # Set once mails about it are queued; tick sees to those whose task was lost.
    announced = models.BooleanField(default=False)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["at"], condition=Q(announced=False), name="step_to_announce")]
        constraints = [
            models.UniqueConstraint(fields=["report", "seq"], name="one_step_per_place_on_the_line"),
            models.CheckConstraint(condition=Q(name__in=["file", *STEPS]), name="report_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} #{self.seq} {self.name}"


class PhotoUse(models.TextChoices):
    BEFORE = "before", _("before")
    AFTER = "after", _("after")
    ANSWER = "answer", _("answer")
    STILL = "still", _("not done yet")


class ReportPhoto(models.Model):
    """A photo in its place on a report; a photo belongs to one report alone."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    photo = models.OneToOneField(Photo, models.PROTECT, related_name="report_photo")
    use = models.CharField(max_length=6, choices=PhotoUse.choices)
    step = models.ForeignKey(ReportStep, models.CASCADE, null=True, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["use", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(use__in=PhotoUse.values), name="photo_use_known")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.use} {self.position}"


class Contact(models.Model):
    """How to reach a guest, apart from the report so that no public page ever loads it."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="contact")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    wants_mail = models.BooleanField(default=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["email"], name="contact_email")]

    def __str__(self) -> str:
        return f"contact of report {self.report_id}"


class Follow(models.Model):
    """An account that hears of every public step."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.report_id}"


class Note(models.Model):
    """What officers tell each other; never public."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    office = models.CharField(max_length=200)
    text = models.TextField(max_length=4000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Reveal(models.Model):
    """Somebody looked at a reporter's contact, and why; the auditor reads this table."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="reveals")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    office = models.CharField(max_length=200)
    reason = models.TextField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"reveal {self.pk}"
