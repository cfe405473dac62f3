"""Who someone is and which offices they hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin import display
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.domain.lookalikes import skeleton
from places.models import Agency, AgencyKind, Region


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address may be missing."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        """Make an account.

        Args:
            email: compared without case; None for people without one.
            password: None for sign-in by code only.
        """
        user = self.model(email=(email or "").strip().lower() or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account that may do everything in the staff area."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail, whatever its case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account. In public only the nickname is shown; the e-mail address may be missing."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    nickname = models.CharField(_("public nickname"), max_length=40, unique=True)
    # What look-alikes of the nickname share (domain.lookalikes), so that "Budi" and "Вudi" cannot both be.
    skeleton = models.CharField(max_length=160, unique=True, editable=False)
    name = models.CharField(_("name (not public)"), max_length=120, blank=True)
    language = models.CharField(max_length=5, default="id", choices=[("id", "Bahasa Indonesia"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined = models.DateTimeField(default=timezone.now)
    # Part of what a session is signed with: one more, and every session that is open elsewhere ends.
    session_round = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nickname"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.UniqueConstraint(Lower("nickname"), name="one_account_per_nickname"),
        ]

    def __str__(self) -> str:
        return self.nickname

    def save(self, **options: Any) -> None:
        """Keep the skeleton with the nickname."""
        fields = options.get("update_fields")
        if fields is None or "nickname" in fields:
            self.skeleton = skeleton(self.nickname)
            options |= {"update_fields": {*fields, "skeleton"}} if fields is not None else {}
        super().save(**options)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's hook under get_session_auth_hash(); theirs knows the password alone.
        key = "accounts.models.User.session"
        value = f"{self.password}|{self.session_round}"
        return salted_hmac(key, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The public name."""
        return self.nickname

    def get_short_name(self) -> str:
        """The public name."""
        return self.nickname


class Role(models.TextChoices):
    OFFICER = "officer", _("Officer")
    SECTION_HEAD = "section_head", _("Section head")
    AGENCY_OFFICER = "agency_officer", _("Agency officer")
    PROVINCE_DESK = "province_desk", _("Province desk")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    ADMIN = "admin", _("Admin")
    AUDITOR = "auditor", _("Auditor")


AGENCY_ROLES = (Role.OFFICER, Role.SECTION_HEAD, Role.AGENCY_OFFICER, Role.PROVINCE_DESK)
REGION_ROLES = (Role.FACILITATOR, Role.MODERATOR, Role.ADMIN, Role.AUDITOR)


def rests_after() -> timedelta:
    """How long an office counts without a review."""
    return timedelta(days=settings.OFFICE_REVIEW_DAYS + settings.OFFICE_REVIEW_GRACE_DAYS)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def active(self, today: date | None = None) -> RoleAssignmentQuerySet:
        """Those that hold on the day (half-open: the end day no longer counts) and do not rest."""
        day = today or timezone.localdate()
        return self.not_ended(day).filter(starts__lte=day, reviewed__gt=day - rests_after())

    def not_ended(self, today: date | None = None) -> RoleAssignmentQuerySet:
        """Those that hold, rest, or begin later."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=today or timezone.localdate()))


class RoleAssignment(models.Model):
    """An office held by a person: a role, its unit or region, a title for the public, from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="role_assignments", verbose_name=_("unit")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="role_assignments", verbose_name=_("region")
    )
    title = models.CharField(_("title in public"), max_length=80)
    starts = models.DateField(_("first day"), default=timezone.localdate)
    ends = models.DateField(_("no longer from"), null=True, blank=True)
    appointed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Appointing is the first review.
    reviewed = models.DateField(_("last reviewed"), default=timezone.localdate, editable=False)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        indexes = [
            models.Index(fields=["ends"], name="role_assignment_ends"),
            models.Index(fields=["reviewed"], name="role_assignment_reviewed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=AGENCY_ROLES, agency__isnull=False, region__isnull=True)
                | Q(role__in=REGION_ROLES, region__isnull=False, agency__isnull=True),
                name="role_has_the_scope_it_needs",
            ),
            # Equal days are an office that never ran: an appointment taken back on its first day.
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="role_does_not_end_before_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency", "starts"],
                condition=Q(agency__isnull=False),
                name="agency_role_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region", "starts"],
                condition=Q(region__isnull=False),
                name="region_role_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.office

    def is_active(self, day: date) -> bool:
        """Whether it holds on the day (half-open: the end day no longer counts) and does not rest."""
        return self.starts <= day < self.rests_from and (self.ends is None or self.ends > day)

    @property
    def review_due(self) -> date:
        """Until when somebody has to say that it goes on."""
        return self.reviewed + timedelta(days=settings.OFFICE_REVIEW_DAYS)

    @property
    def rests_from(self) -> date:
        """First day on which it no longer counts when nobody has reviewed it."""
        return self.reviewed + rests_after()

    @property
    def rests(self) -> bool:
        """Whether it does not count today because nobody has reviewed it."""
        return self.rests_from <= timezone.localdate()

    @property
    def scope_code(self) -> str:
        """Official code of the region that it concerns; "" for a unit that has none."""
        if self.region:
            return self.region.code
        return self.agency.region.code if self.agency and self.agency.region else ""

    @property
    @display(description=_("office"))
    def office(self) -> str:
        """How the public reads it: "Kasi Ekbang, Kelurahan Slipi"."""
        if self.agency is None:
            unit = self.region.label if self.region else ""
        elif self.agency.region and self.agency.kind in (AgencyKind.KELURAHAN_OFFICE, AgencyKind.KECAMATAN_OFFICE):
            # "Kantor Kelurahan Slipi" is the building; people sign with the kelurahan.
            unit = self.agency.region.label
        else:
            unit = self.agency.name_id
        return f"{self.title}, {unit}"
