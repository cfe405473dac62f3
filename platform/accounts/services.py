"""What people do with accounts and offices; the only place that writes them."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import errors
from accounts.domain import nicknames
from accounts.domain.lookalikes import skeleton
from accounts.domain.roles import KINDS, overlap
from accounts.models import AGENCY_ROLES, Role, RoleAssignment, User
from accounts.queries import forget_offices
from accounts.rules import appointing_office, office_value
from core import retention
from core.actions import require
from core.errors import DomainError
from core.tasks import enqueue_on_commit
from ledger.services import record
from live.services import recheck_on_commit
from places.models import Agency, Region

# Wagtail keeps page rights by group; everything else asks the rules, which know the day.
STAFF_GROUP = "Admin"
UNCONFIRMED = retention.keep(
    "accounts.unconfirmed",
    what=_("Account whose address nobody confirmed"),
    period=timedelta(days=2),
    then=_("after it was begun"),
    job="accounts.remove_unconfirmed",
)


@transaction.atomic
def open_account(*, email: str, language: str) -> User:
    """The account of an address, made on the way if there is none.

    It is worth nothing until the owner of the address has entered a code; what was never confirmed
    is removed again by tick. Two at once end with one account: the database knows one per address.

    Args:
        email: any case.
        language: "id" or "en", for a new account.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first() or _new_account(address, language)
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True, "verified": False})
    return user


def _new_account(address: str, language: str) -> User:
    for _attempt in range(20):
        try:
            with transaction.atomic():
                nickname = nicknames.suggest(secrets.randbits(64))
                return User.objects.create_user(address, nickname=nickname, language=language)
        except IntegrityError:
            # Either the nickname is taken, or somebody opened the same account this moment.
            if found := User.objects.filter(email=address).first():
                return found
    raise DomainError(errors.NICKNAME_TAKEN)


@transaction.atomic
def change_profile(*, actor: User, nickname: str, name: str, language: str) -> User:
    """Change the public nickname, the private name and the language of one's own account.

    Raises:
        DomainError: the nickname breaks a rule (nickname_*) or is taken.
    """
    wanted = nicknames.tidy(nickname)
    user = User.objects.select_for_update().get(pk=actor.pk)
    if wanted != user.nickname and (problem := nicknames.problem(wanted)):
        raise DomainError(problem, field="nickname", **errors.BOUNDS)
    same = Q(nickname__iexact=wanted) | Q(skeleton=skeleton(wanted))
    if User.objects.filter(same).exclude(pk=user.pk).exists():
        raise DomainError(errors.NICKNAME_TAKEN, field="nickname")
    user.nickname, user.name, user.language = wanted, nicknames.tidy(name), language
    try:
        with transaction.atomic():
            user.save(update_fields=["nickname", "name", "language"])
    except IntegrityError:
        raise DomainError(errors.NICKNAME_TAKEN, field="nickname") from None
    return user


@transaction.atomic
def sign_out_elsewhere(*, actor: User) -> User:
    """End every session of the account; the caller keeps its own by `update_session_auth_hash`."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    user.session_round += 1
    user.save(update_fields=["session_round"])
    recheck_on_commit(user.pk)
    return user


@transaction.atomic
def set_password(*, actor: User, password: str) -> User:
    """Give an account a password beside the codes, or another one; ends every other session."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    enqueue_on_commit("security.tell", user.pk, "password_set", "")
    recheck_on_commit(user.pk)
    return user


@transaction.atomic
def remove_password(*, actor: User) -> User:
    """Take the password away; codes and passkeys still open the account. Ends every other session."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    if user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        enqueue_on_commit("security.tell", user.pk, "password_removed", "")
        recheck_on_commit(user.pk)
    return user


@transaction.atomic
def appoint(
    *,
    actor: User,
    user: User,
    role: str,
    title: str,
    agency: Agency | None = None,
    region: Region | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> RoleAssignment:
    """Give an office to a person.

    Args:
        actor: an admin of the region (or of a larger one), a section head of the unit, a superuser.
        user: who gets it; never the actor, unless a superuser.
        role: one of Role.
        title: what the public reads, e.g. "Kasi Ekbang".
        agency: the unit, for roles of a unit.
        region: the region, for the others.
        starts: first day; today by default.
        ends: first day on which it no longer holds; None for open end.

    Raises:
        DomainError: appoint_not_allowed, appoint_yourself, role_* ; nothing has changed then.
    """
    # The row of the person is the lock: two appointments to the same office meet here.
    person = User.objects.select_for_update().get(pk=user.pk)
    first = starts or timezone.localdate()
    assignment = RoleAssignment(
        user=person, role=role, agency=agency, region=region, title=title.strip(), starts=first, ends=ends
    )
    _check_scope(assignment)
    office = _authority(actor, assignment)
    if person.pk == actor.pk and not actor.is_superuser:
        raise DomainError(errors.APPOINT_YOURSELF, field="user")
    _check_span(assignment)
    assignment.appointed_by = actor
    assignment.reviewed = max(first, timezone.localdate())
    assignment.save()
    _record(actor, office, "role.appointed", assignment)
    _after_change(person, user)
    return assignment


@transaction.atomic
def end_role(*, actor: User, assignment: RoleAssignment, on: date | None = None) -> RoleAssignment:
    """Let an office end.

    Args:
        actor: whoever could have appointed to it.
        assignment: the office; one that ends on that day already stays as it is.
        on: first day on which it no longer holds; today by default, i.e. at once.

    Raises:
        DomainError: appoint_not_allowed, role_ended_already, role_ends_too_early.
    """
    row = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user", "agency__region", "region")
    held = row.get(pk=assignment.pk)
    office = _authority(actor, held)
    today = timezone.localdate()
    last = on or max(today, held.starts)
    if held.ends == last:
        return held
    if held.ends is not None and held.ends <= today:
        raise DomainError(errors.ROLE_ENDED_ALREADY)
    if last < max(today, held.starts):
        raise DomainError(errors.ROLE_ENDS_TOO_EARLY, field="on")
    held.ends = last
    held.save(update_fields=["ends"])
    _record(actor, office, "role.ended", held)
    _after_change(held.user, assignment.user)
    return held


@transaction.atomic
def confirm_role(*, actor: User, assignment: RoleAssignment) -> RoleAssignment:
    """Say after a year that an office goes on; one that rests counts again.

    Args:
        actor: whoever could appoint to it, but not who holds it.
        assignment: the office; reviewed today already, it stays as it is.

    Raises:
        DomainError: appoint_not_allowed, appoint_yourself, role_ended_already.
    """
    row = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user", "agency__region", "region")
    held = row.get(pk=assignment.pk)
    office = _authority(actor, held)
    today = timezone.localdate()
    if held.user_id == actor.pk and not actor.is_superuser:
        raise DomainError(errors.APPOINT_YOURSELF)
    if held.ends is not None and held.ends <= today:
        raise DomainError(errors.ROLE_ENDED_ALREADY)
    if held.reviewed < today:
        held.reviewed = today
        held.save(update_fields=["reviewed"])
        _record(actor, office, "role.reviewed", held)
        _after_change(held.user, assignment.user)
    return held


def sync_staff_groups(*, now: datetime) -> int:
    """Page rights follow the offices of the day; for tick. Returns how many people changed."""
    today = timezone.localtime(now).date()
    group, _made = Group.objects.get_or_create(name=STAFF_GROUP)
    admins = RoleAssignment.objects.active(today).filter(role=Role.ADMIN)
    wanted = set(admins.values_list("user_id", flat=True))
    members = set(User.objects.filter(groups=group).values_list("pk", flat=True))
    for person in User.objects.filter(pk__in=wanted ^ members):
        (person.groups.add if person.pk in wanted else person.groups.remove)(group)
    return len(wanted ^ members)


@transaction.atomic
def remove_unconfirmed(*, now: datetime) -> int:
    """Accounts whose address nobody confirmed and that nobody has used; for tick. Returns how many went."""
    # Locked: whoever confirms this moment keeps the account, or begins anew.
    stale = User.objects.select_for_update(of=("self",), skip_locked=True).filter(
        joined__lt=UNCONFIRMED.before(now), last_login=None, is_staff=False, role_assignments=None
    )
    stale = stale.exclude(email=None).exclude(emailaddress__verified=True)
    keys = list(stale.values_list("pk", flat=True)[:500])
    User.objects.filter(pk__in=keys).delete()
    return len(keys)


def _check_scope(wanted: RoleAssignment) -> None:
    of_unit = wanted.role in AGENCY_ROLES
    if of_unit and (wanted.agency is None or wanted.region is not None):
        raise DomainError(errors.ROLE_NEEDS_UNIT, field="agency")
    if not of_unit and (wanted.region is None or wanted.agency is not None):
        raise DomainError(errors.ROLE_NEEDS_REGION, field="region")
    if wanted.agency and wanted.agency.kind not in KINDS[wanted.role]:
        raise DomainError(errors.ROLE_NOT_AT_UNIT, field="role")
    if not wanted.title:
        raise DomainError(errors.ROLE_TITLE_MISSING, field="title")


def _check_span(wanted: RoleAssignment) -> None:
    if wanted.ends and (wanted.ends <= wanted.starts or wanted.ends <= timezone.localdate()):
        raise DomainError(errors.ROLE_ENDS_TOO_EARLY, field="ends")
    same = RoleAssignment.objects.filter(user=wanted.user, role=wanted.role, agency=wanted.agency, region=wanted.region)
    # Equal starts meet in the database's constraint too, even where the older one never ran.
    if any(
        held.starts == wanted.starts or overlap(held.starts, held.ends, wanted.starts, wanted.ends) for held in same
    ):
        raise DomainError(errors.ROLE_HELD_ALREADY, field="starts")


def _authority(actor: User, wanted: RoleAssignment) -> str:
    require(actor, "account.appoint", wanted)
    held = appointing_office(actor, office_value(wanted))
    return held.office if held else ""


def _record(actor: User, office: str, verb: str, assignment: RoleAssignment) -> None:
    payload = {
        "user": assignment.user_id,
        "role": str(assignment.role),
        "agency": assignment.agency.code if assignment.agency else "",
        "region": assignment.region.code if assignment.region else "",
        "starts": assignment.starts.isoformat(),
        "ends": assignment.ends.isoformat() if assignment.ends else "",
    }
    record(actor=actor, office=office, verb=verb, subject_type="role", subject_id=assignment.pk, payload=payload)


def _after_change(*people: User) -> None:
    for person in people:
        forget_offices(person)
    recheck_on_commit(people[0].pk)
    sync_staff_groups(now=timezone.now())
