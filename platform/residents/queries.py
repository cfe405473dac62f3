"""What pages and rules read about residents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.roles import covers
from accounts.models import User
from accounts.offices import Person, offices_of
from core.paging import Slice, page
from places.models import Level, Region
from residents.domain.terms import WITNESS_DAYS, is_due_for_renewal
from residents.models import Introduction, Testimony, Verification, WitnessRequest
from residents.rules import revokes, verifying_offices

PAGE = 30
_KEPT = "_residency_of_the_day"


def residency_of(user: Person) -> Verification | None:
    """The verification that holds today, with its kelurahan; one query for each user object."""
    if not isinstance(user, User):
        return None
    today = timezone.localdate()
    kept: tuple[date, Verification | None] | None = getattr(user, _KEPT, None)
    if kept is None or kept[0] != today:
        found = Verification.objects.active(today).filter(user=user).select_related("kelurahan__parent__parent")
        kept = (today, found.first())
        setattr(user, _KEPT, kept)
    return kept[1]


def forget_residency(user: Person) -> None:
    """Read it anew the next time it is asked for."""
    user.__dict__.pop(_KEPT, None)


def lives_in(user: Person, region: Region | str) -> bool:
    """Whether the person is a verified resident of a region today (a kelurahan, or a larger one around it)."""
    held = residency_of(user)
    return held is not None and covers(region.code if isinstance(region, Region) else region, held.kelurahan.code)


def spoken_lately(user: Person) -> int:
    """For how many neighbours the person has spoken within the days that count."""
    since = timezone.now() - timedelta(days=WITNESS_DAYS)
    return Testimony.objects.filter(witness_id=user.pk, given__gt=since).count()


@dataclass(frozen=True)
class Standing:
    """What somebody's own page says about being a verified resident.

    Args:
        held: the verification that holds today.
        due: whether to come by again soon.
        introduction: the code to show at the desk, while it is valid.
        request: the open request for neighbours' words.
        past: what ended, newest first.
    """

    held: Verification | None
    due: bool
    introduction: Introduction | None
    request: WitnessRequest | None
    past: list[Verification]


def standing(user: User) -> Standing:
    """For the page of one's own standing: four queries."""
    now = timezone.now()
    held = residency_of(user)
    requests = WitnessRequest.objects.filter(user=user, expires__gt=now).select_related("kelurahan")
    return Standing(
        held=held,
        due=held is not None and is_due_for_renewal(held.expires, timezone.localdate()),
        introduction=Introduction.objects.filter(user=user, expires__gt=now).first(),
        request=requests.prefetch_related("testimonies").first(),
        past=list(
            Verification.objects.filter(user=user)
            .exclude(ended_on=None)
            .select_related("kelurahan")
            .order_by("-ended_on", "-pk")[:10]
        ),
    )


def kelurahan_to_verify_in(user: Person) -> QuerySet[Region]:
    """The kelurahan whose residents the person may verify today, by kota, kecamatan and name."""
    rows = Region.objects.filter(level=Level.KELURAHAN).select_related("parent__parent").order_by("code")
    codes = {office.scope_code for office in verifying_offices(user)}
    mine = rows.none()
    for code in codes:
        mine = mine | rows.filter(code=code) | rows.filter(code__startswith=f"{code}.")
    return mine


def verified_lately(user: Person, limit: int = 10) -> list[Verification]:
    """What a verifier did today, newest first; no numbers, no names but the public ones."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Verification.objects.filter(verified_by_id=user.pk, verified_at__gte=since)
    return list(rows.select_related("user", "kelurahan").order_by("-verified_at", "-pk")[:limit])


def all_kelurahan() -> QuerySet[Region]:
    """Every kelurahan of the city."""
    return Region.objects.filter(level=Level.KELURAHAN).select_related("parent").order_by("code")


def residents_of(user: Person, text: str, *, after: str) -> Slice[Verification]:
    """The verified residents in the kelurahan of the person's offices, newest first; two queries.

    Args:
        user: whoever holds an office there.
        text: part of a public nickname; empty for all.
        after: cursor.
    """
    mine = Q(pk__in=())
    for office in offices_of(user):
        if revokes(office):
            mine |= Q(kelurahan__code=office.scope_code) | Q(kelurahan__code__startswith=f"{office.scope_code}.")
    rows = Verification.objects.active().filter(mine).select_related("user", "kelurahan")
    if text.strip():
        rows = rows.filter(user__nickname__icontains=text.strip()[:40])
    return page(rows, by="verified_at", after=after, size=PAGE)


def verification(pk: int) -> Verification | None:
    """One verification with what the rules ask of it."""
    return Verification.objects.select_related("kelurahan", "user").filter(pk=pk).first()


def revokes_somewhere(user: Person) -> bool:
    """Whether the person holds an office that takes verifications back."""
    return any(revokes(office) for office in offices_of(user))
