"""Verifying residents; the only place that writes verifications. A typed NIK lives in these calls alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from core import consents, retention
from core.actions import require
from core.errors import DomainError
from core.retention import Months
from ledger.services import record
from live.services import recheck_on_commit
from notices import services as notices
from places.models import Region
from residents import errors
from residents.domain import terms
from residents.domain.fingerprint import fingerprints, wrap
from residents.domain.nik import Nik, NotANik, read
from residents.domain.terms import End, Home, Method
from residents.models import Introduction, Testimony, Verification, WitnessRequest
from residents.queries import forget_residency
from residents.rules import revoking_office, verifying_office

INTRODUCTION_LIVES = timedelta(minutes=15)
_JOB = "residents.expire"
retention.keep(
    "residents.introduction",
    what=_("Code by which you say at a desk which account is yours"),
    period=INTRODUCTION_LIVES,
    then=_("or as soon as it was used"),
    job=_JOB,
)
retention.keep(
    "residents.request",
    what=_("Request to neighbours to speak for you"),
    period=terms.REQUEST_LIVES,
    then=_("or as soon as two have spoken"),
    job=_JOB,
)
retention.keep(
    "residents.fingerprint",
    what=_("Fingerprint of your NIK"),
    period=Months(terms.VALID_MONTHS),
    then=_("after the verification or as soon as that ends"),
    job=_JOB,
)
# A code with less than this left is replaced: it would end while it is being read out.
TOO_SHORT = timedelta(minutes=3)
BATCH = 1_000


@dataclass(frozen=True)
class Card:
    """What is taken from an identity card.

    Args:
        fingerprints: under every version of the key, oldest first.
        over_17: whether the holder may vote.
    """

    fingerprints: tuple[str, ...]
    over_17: bool


@transaction.atomic
def introduce(*, actor: User) -> Introduction:
    """The code that somebody shows at the desk to say which account is theirs; valid for 15 minutes."""
    now = timezone.now()
    User.objects.select_for_update().get(pk=actor.pk)
    held = Introduction.objects.filter(user=actor).first()
    if held and held.expires > now + TOO_SHORT:
        return held
    Introduction.objects.filter(expires__lte=now).delete()
    for _attempt in range(20):
        try:
            with transaction.atomic():
                values = {"code": f"{secrets.randbelow(10**6):06d}", "expires": now + INTRODUCTION_LIVES}
                return Introduction.objects.update_or_create(user=actor, defaults=values)[0]
        except IntegrityError:
            continue
    raise DomainError(errors.CODE_UNKNOWN)


def introduced(*, actor: User, code: str) -> User:
    """Whose code it is, for somebody who verifies or speaks as a witness.

    Raises:
        DomainError: introduction_unknown, verify_not_yourself.
    """
    found = Introduction.objects.filter(code=code, expires__gt=timezone.now()).select_related("user").first()
    if found is None or not found.user.is_active:
        raise DomainError(errors.CODE_UNKNOWN, field="kode")
    if found.user_id == actor.pk:
        raise DomainError(errors.NOT_YOURSELF, field="kode")
    return found.user


@sensitive_variables("nik")
def verify(
    *, actor: User, user: User, nik: str, kelurahan: Region, rw: str, of_a_hundred: bool | None = None
) -> Verification:
    """Somebody stood at the desk with an identity card.

    Asking twice with the same card renews; another home is a move. The number is fingerprinted and forgotten.

    Args:
        actor: an officer of the kelurahan's desk, or a facilitator of the region.
        user: the account of the person at the desk.
        nik: as typed from the card.
        kelurahan: where the person lives.
        rw: two or three digits.
        of_a_hundred: asked when the year of birth fits two centuries: whether the person is about a hundred.

    Raises:
        DomainError: verify_not_yourself, verify_not_your_kelurahan, nik_*, rw_missing, verified_elsewhere
            (which the ledger remembers), verified_with_other_card; nothing else has changed then.
    """
    office = verifying_office(actor, kelurahan)
    if actor.pk == user.pk:
        raise DomainError(errors.NOT_YOURSELF)
    require(actor, "resident.verify")
    if office is None:
        raise DomainError(errors.NOT_YOUR_KELURAHAN, field="kelurahan")
    card = read_card(nik=nik, of_a_hundred=of_a_hundred)
    home = Home(kelurahan.code, _checked(rw))
    try:
        return _verify(actor, office.office, user, card, kelurahan, home)
    except DomainError as refused:
        if refused.code == errors.VERIFIED_ELSEWHERE:
            _remember_refusal(actor, office.office, card, kelurahan)
        raise


@sensitive_variables("nik", "number")
def read_card(*, nik: str, of_a_hundred: bool | None = None) -> Card:
    """Fingerprint a number.

    Raises:
        DomainError: nik_*; nik_century when the age cannot be told and nobody has said.
    """
    today = timezone.localdate()
    try:
        number: Nik = read(nik, today=today)
    except NotANik as flaw:
        raise DomainError(flaw.problem, field="nik") from None
    if number.century_unknown and of_a_hundred is None:
        raise DomainError(errors.CENTURY_UNKNOWN, field="nik")
    return Card(
        fingerprints=fingerprints(number.digits, peppers()),
        over_17=number.is_adult(today, of_a_hundred=bool(of_a_hundred)),
    )


def peppers() -> tuple[bytes, ...]:
    """The keys from the environment, oldest first; the last one is what new fingerprints are stored under."""
    return tuple(bytes.fromhex(key) for key in settings.RESIDENT_PEPPERS)


@transaction.atomic
def _verify(actor: User | None, office: str, user: User, card: Card, kelurahan: Region, home: Home) -> Verification:
    # The row of the person is the lock; the same card for another account meets the database's constraint.
    person = User.objects.select_for_update().get(pk=user.pk)
    open_ones = Verification.objects.select_for_update(of=("self",)).select_related("kelurahan").filter(ended_on=None)
    same_card = open_ones.filter(fingerprint__in=card.fingerprints).first()
    today = timezone.localdate()
    if same_card and same_card.user_id != person.pk:
        if same_card.is_active(today):
            raise DomainError(errors.VERIFIED_ELSEWHERE, field="nik")
        _end(same_card, End.EXPIRED, actor=None)
    before = open_ones.filter(user=person).first()
    if before and not before.is_active(today):
        _end(before, End.EXPIRED, actor=None)
    elif before and before != same_card:
        raise DomainError(errors.OTHER_CARD, field="nik")
    elif before:
        _end(before, terms.what_ends(Home(before.kelurahan.code, before.rw), home), actor=actor)
    try:
        with transaction.atomic():
            made = Verification.objects.create(
                user=person,
                fingerprint=card.fingerprints[-1],
                pepper_version=len(card.fingerprints),
                kelurahan=kelurahan,
                rw=home.rw,
                over_17=card.over_17,
                method=Method.FACE_TO_FACE if office else Method.WITNESSES,
                verified_by=actor,
                office=office,
                verified_at=timezone.now(),
                expires=terms.expires_on(today),
            )
    except IntegrityError:
        raise DomainError(errors.VERIFIED_ELSEWHERE, field="nik") from None
    Introduction.objects.filter(user=person).delete()
    WitnessRequest.objects.filter(user=person).delete()
    _record(actor, office, "resident.verified", made, method=str(made.method))
    # At the desk it is said aloud, by showing the code; who asked neighbours has said it with the request.
    if office:
        consents.agree(person, "verification", office=office)
    # Whoever stands at the desk in the evening is told there and then.
    _tell("verified", made, prompt=True)
    forget_residency(user)
    return made


@transaction.atomic
def revoke(*, actor: User, verification: Verification, reason: str) -> Verification:
    """Take a verification back, e.g. because the card was somebody else's.

    Raises:
        DomainError: not_allowed, revocation_reason, verification_ended.
    """
    held = Verification.objects.select_for_update(of=("self",)).select_related("kelurahan", "user")
    row = held.get(pk=verification.pk)
    require(actor, "resident.revoke", row.kelurahan)
    if row.user_id == actor.pk:
        raise DomainError(errors.NOT_YOURSELF)
    held_by = revoking_office(actor, row.kelurahan)
    if not reason.strip():
        raise DomainError(errors.REASON_MISSING, field="reason")
    if row.ended_on is not None:
        raise DomainError(errors.ENDED_ALREADY)
    row.end_reason = reason.strip()
    _end(row, End.REVOKED, actor=actor, office=held_by.office if held_by else "")
    _tell("ended", row)
    forget_residency(verification.user)
    return row


@sensitive_variables("nik")
@transaction.atomic
def ask_neighbours(
    *, actor: User, nik: str, kelurahan: Region, rw: str, of_a_hundred: bool | None = None
) -> WitnessRequest:
    """Ask two neighbours of the same RW to speak for oneself; a new request replaces an older one.

    Raises:
        DomainError: witnesses_off, nik_*, rw_missing, verified_elsewhere.
    """
    if not settings.RESIDENT_WITNESSES:
        raise DomainError(errors.WITNESSES_OFF)
    card = read_card(nik=nik, of_a_hundred=of_a_hundred)
    taken = Verification.objects.active().filter(fingerprint__in=card.fingerprints).exclude(user=actor)
    if taken.exists():
        raise DomainError(errors.VERIFIED_ELSEWHERE, field="nik")
    User.objects.select_for_update().get(pk=actor.pk)
    WitnessRequest.objects.filter(user=actor).delete()
    consents.agree(actor, "verification")
    return WitnessRequest.objects.create(
        user=actor,
        fingerprint=card.fingerprints[-1],
        pepper_version=len(card.fingerprints),
        kelurahan=kelurahan,
        rw=_checked(rw),
        over_17=card.over_17,
        expires=timezone.now() + terms.REQUEST_LIVES,
    )


@transaction.atomic
def testify(*, actor: User, neighbour: User) -> Verification | None:
    """Say of a neighbour who asked for it that they live in one's own RW.

    Args:
        actor: a resident verified at a desk, of the same RW.
        neighbour: whose request it is.

    Returns:
        The verification, when this was the second word; None when another one is needed.

    Raises:
        DomainError: witnesses_off, verify_not_yourself, not_a_witness, verified_elsewhere.
    """
    if not settings.RESIDENT_WITNESSES:
        raise DomainError(errors.WITNESSES_OFF)
    if actor.pk == neighbour.pk:
        raise DomainError(errors.NOT_YOURSELF)
    now = timezone.now()
    # Both rows, always in this order: the limit is the witness's, and two neighbours may speak for each other.
    list(User.objects.select_for_update().filter(pk__in=[actor.pk, neighbour.pk]).order_by("pk"))
    requests = WitnessRequest.objects.select_for_update(of=("self",)).select_related("kelurahan", "user")
    request = requests.filter(user=neighbour, expires__gt=now).first()
    if request is None:
        raise DomainError(errors.NOT_A_WITNESS)
    require(actor, "resident.witness", request)
    wanted = Home(request.kelurahan.code, request.rw)
    _said, new = Testimony.objects.get_or_create(request=request, witness=actor, defaults={"neighbour": neighbour})
    if new:
        payload = {"kelurahan": wanted.kelurahan}
        record(
            actor=actor, verb="resident.witnessed", subject_type="resident", subject_id=neighbour.pk, payload=payload
        )
    if request.testimonies.count() < terms.WITNESSES:
        return None
    current = _as_of_now(request)
    card = Card(fingerprints=current, over_17=request.over_17)
    return _verify(None, "", neighbour, card, request.kelurahan, wanted)


def _as_of_now(request: WitnessRequest) -> tuple[str, ...]:
    """The fingerprint of a request under the versions from its own to the newest."""
    versions = [request.fingerprint]
    for pepper in peppers()[request.pepper_version :]:
        versions.append(wrap(versions[-1], pepper))
    return tuple(versions)


@transaction.atomic
def expire(*, now: datetime) -> int:
    """End what has run out, and forget requests nobody answered; for tick. Returns how many ended."""
    today = timezone.localtime(now).date()
    due = Verification.objects.select_for_update(skip_locked=True, of=("self",)).select_related("kelurahan")
    ended = list(due.filter(ended_on=None, expires__lte=today).order_by("pk")[:BATCH])
    for verification in ended:
        _end(verification, End.EXPIRED, actor=None)
        _tell("ended", verification)
    WitnessRequest.objects.filter(expires__lte=now).delete()
    Introduction.objects.filter(expires__lte=now).delete()
    return len(ended)


@transaction.atomic
def rewrap(*, limit: int = BATCH) -> int:
    """Bring fingerprints that are stored under an older key under the newest one; for the command.

    Returns:
        How many were brought; 0 when none is left.
    """
    keys = peppers()
    old = Verification.objects.select_for_update().filter(ended_on=None, pepper_version__lt=len(keys))
    rows = list(old.order_by("pk")[:limit])
    for row in rows:
        for pepper in keys[row.pepper_version :]:
            row.fingerprint = wrap(row.fingerprint, pepper)
        row.pepper_version = len(keys)
    Verification.objects.bulk_update(rows, ["fingerprint", "pepper_version"])
    return len(rows)


def _checked(rw: str) -> str:
    number = rw.strip()
    if not (number.isascii() and number.isdigit()) or not 0 < int(number) < 1000:
        raise DomainError(errors.RW_MISSING, field="rw")
    return number.lstrip("0").zfill(2)


def _end(row: Verification, why: End, *, actor: User | None, office: str = "") -> None:
    row.ended_on, row.end, row.ended_by, row.fingerprint = timezone.localdate(), why, actor, ""
    row.save(update_fields=["ended_on", "end", "end_reason", "ended_by", "fingerprint"])
    recheck_on_commit(row.user_id)
    _record(actor, office, "resident.ended", row, why=str(why))


def _record(actor: User | None, office: str, verb: str, row: Verification, **more: str) -> None:
    payload = {"verification": row.pk, "kelurahan": row.kelurahan.code} | more
    record(actor=actor, office=office, verb=verb, subject_type="resident", subject_id=row.user_id, payload=payload)


def _tell(what: str, verification: Verification, *, prompt: bool = False) -> None:
    subject = ("resident", str(verification.user_id))
    notices.tell(kind="resident", ref=f"{what}:{verification.pk}", subject=subject, prompt=prompt)


@transaction.atomic
def _remember_refusal(actor: User, office: str, card: Card, kelurahan: Region) -> None:
    other = Verification.objects.filter(ended_on=None, fingerprint__in=card.fingerprints).first()
    if other is not None:
        payload = {"verification": other.pk, "kelurahan": kelurahan.code}
        record(
            actor=actor,
            office=office,
            verb="resident.refused_again",
            subject_type="resident",
            subject_id=other.user_id,
            payload=payload,
        )
