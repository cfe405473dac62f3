"""Cards of people without an e-mail address, and what offices did for people who stood before them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.domain.acts import PAPERS, PRINTABLE_FOR, What
from assistance.domain.cards import LENGTH, TRIES
from places.models import Region


class Card(models.Model):
    """A number and the hash of a PIN, by which somebody signs in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="card")
    number = models.CharField(max_length=LENGTH, unique=True)
    pin_hash = models.CharField(max_length=200)
    # Wrong PINs since the last right one, from devices that the card does not know.
    tries = models.PositiveSmallIntegerField(default=0)
    # The same form sent twice makes one card.
    client_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The desk as the public reads it.
    desk = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    pin_at = models.DateTimeField()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=rf"^[0-9]{{{LENGTH}}}$"), name="card_number_is_digits"),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="card_tries_end"),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"

    @property
    def is_locked(self) -> bool:
        """Whether only a known device or a desk can open it."""
        return self.tries >= TRIES


class Help(models.Model):
    """One act of an office for a present person; decisions will keep assisted votes here, too."""

    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # In whose name, as in the ledger; and the desk as everybody reads it.
    office = models.CharField(max_length=200)
    desk = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    # Nobody: without an account, until the ticket is claimed.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=[(one, one) for one in What])
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    at = models.DateTimeField()
    # HMAC of the code on the ticket; empty where there is nothing to claim.
    code_digest = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("help at a desk")
        verbose_name_plural = _("help at desks")
        indexes = [models.Index(fields=["helper", "-at"], name="help_helper_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=list(What)), name="help_what_known"),
            models.CheckConstraint(
                condition=Q(helper__isnull=True) | Q(person__isnull=True) | ~Q(helper=F("person")),
                name="nobody_helps_themselves",
            ),
            models.UniqueConstraint(fields=["code_digest"], condition=~Q(code_digest=""), name="one_ticket_for_a_code"),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True) | ~Q(code_digest=""), name="only_a_ticket_is_claimed"
            ),
            models.UniqueConstraint(
                fields=["what", "subject_type", "subject_id"],
                condition=Q(what="report"),
                name="a_report_is_handed_in_once",
            ),
        ]

    def __str__(self) -> str:
        return f"help {self.pk}"

    @property
    def is_printable(self) -> bool:
        """Whether the helper can still open and print its ticket."""
        return self.what in PAPERS and self.claimed_at is None and self.at >= timezone.now() - PRINTABLE_FOR
