"""What is kept so that people can see and end their own sign-ins. Second factors lie in allauth's own tables."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class DeviceQuerySet(models.QuerySet["Device"]):
    def signed_in(self) -> DeviceQuerySet:
        """Those whose session has not ended."""
        alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
        return self.filter(Exists(alive))


class Device(models.Model):
    """A browser that is signed in: its kind in words and two days. No address, no place, no version."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    # What the session is signed with; another one, and it has been ended from elsewhere.
    mark = models.CharField(max_length=16)
    kind = models.CharField(max_length=40, blank=True)
    first_seen = models.DateField(default=timezone.localdate)
    last_seen = models.DateField(default=timezone.localdate)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return self.kind


class Phone(models.Model):
    """A phone number that its owner has confirmed by a code."""

    user = models.OneToOneField(User, models.CASCADE, related_name="phone")
    number = models.CharField(max_length=16, unique=True)
    confirmed = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("phone number")
        verbose_name_plural = _("phone numbers")
        constraints = [
            models.CheckConstraint(condition=models.Q(number__startswith="+"), name="phone_number_is_e164"),
        ]

    def __str__(self) -> str:
        return self.number
