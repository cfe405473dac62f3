"""Who has been seen to live where, and what is kept of it: see docs/methods/residents.md."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from places.models import Region
from residents.domain.terms import End, Method

RW_PATTERN = r"^[0-9]{2,3}$"


class VerificationQuerySet(models.QuerySet["Verification"]):
    def active(self, today: date | None = None) -> VerificationQuerySet:
        """Those that hold on the day (half-open: the day of expiry no longer counts)."""
        return self.filter(ended_on=None, expires__gt=today or timezone.localdate())


class Verification(models.Model):
    """Somebody was seen to live in a kelurahan. The number of the card is not here, nor its picture.

    While it is open, the fingerprint keeps one person to one account; when it ends, the fingerprint goes.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="verifications")
    fingerprint = models.CharField(max_length=64, blank=True)
    pepper_version = models.PositiveSmallIntegerField()
    kelurahan = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    rw = models.CharField(max_length=3)
    over_17 = models.BooleanField()
    method = models.CharField(max_length=10, choices=[(method, method) for method in Method])
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # As the public reads it; empty for witnesses.
    office = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField()
    expires = models.DateField()
    ended_on = models.DateField(null=True)
    end = models.CharField(max_length=10, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(ended_on=None), name="one_account_for_one_person"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(ended_on=None), name="one_home_for_one_account"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end="", fingerprint__regex=r"^[0-9a-f]{64}$")
                | Q(ended_on__isnull=False, end__in=list(End), fingerprint=""),
                name="a_fingerprint_while_it_is_open",
            ),
            models.CheckConstraint(condition=Q(rw__regex=RW_PATTERN), name="verification_rw_is_a_number"),
            models.CheckConstraint(condition=Q(method__in=list(Method)), name="verification_method_known"),
        ]
        indexes = [
            models.Index(fields=["expires"], condition=Q(ended_on=None), name="verification_expires"),
            models.Index(fields=["kelurahan", "-verified_at"], name="verification_kelurahan"),
        ]

    def __str__(self) -> str:
        return f"verification {self.pk}"

    def is_active(self, today: date) -> bool:
        """Whether it holds on the day."""
        return self.ended_on is None and self.expires > today


class Introduction(models.Model):
    """The short-lived code by which somebody who stands at the desk says which account is theirs."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introduction")
    code = models.CharField(max_length=6, unique=True)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class WitnessRequest(models.Model):
    """Somebody asks two neighbours to say that they live there; the number is fingerprinted at once."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="witness_request")
    fingerprint = models.CharField(max_length=64)
    pepper_version = models.PositiveSmallIntegerField()
    kelurahan = models.ForeignKey(Region, models.PROTECT, related_name="+")
    rw = models.CharField(max_length=3)
    over_17 = models.BooleanField()
    expires = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rw__regex=RW_PATTERN), name="witness_request_rw_is_a_number")]

    def __str__(self) -> str:
        return f"witness request {self.pk}"


class Testimony(models.Model):
    """One neighbour's word for another; counted for limits, so it outlives the request."""

    request = models.ForeignKey(WitnessRequest, models.SET_NULL, null=True, related_name="testimonies")
    neighbour = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="testimonies")
    given = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "witness"], condition=Q(request__isnull=False), name="one_word_of_one_witness"
            ),
            models.CheckConstraint(condition=~Q(witness=F("neighbour")), name="nobody_is_their_own_witness"),
        ]

    def __str__(self) -> str:
        return f"testimony {self.pk}"
