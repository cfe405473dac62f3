"""What the pages of oversight read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.domain.roles import may_give
from accounts.models import Role, RoleAssignment, User
from accounts.offices import Person
from accounts.queries import assignments_visible_to
from accounts.rules import may_manage, office_value
from core.paging import Slice, page
from ledger import scopes
from ledger.models import Entry
from oversight.models import Closure, LedgerCheck
from oversight.rules import HIGH, regions_overseen

PAGE = 30
FOUND = 20


# --- Accounts -----------------------------------------------------------------------------------
def accounts_named(text: str) -> list[User]:
    """Accounts whose nickname holds the text; no addresses."""
    typed = text.strip()[:40]
    if not typed or "\0" in typed:
        return []
    return list(User.objects.filter(nickname__icontains=typed).order_by("nickname")[:FOUND])


def closures(*, after: str) -> Slice[Closure]:
    """Closed accounts, newest first; one query."""
    return page(Closure.objects.select_related("user"), by="closed_at", after=after, size=PAGE)


def open_closure_of(person: User) -> Closure | None:
    """Why an account is closed now; None when it is open."""
    return Closure.objects.filter(user=person, reopened_at=None).first()


# --- Offices ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Managed:
    """One office on the list of whoever appoints.

    Args:
        held: the office.
        due: whether it is to be reviewed now.
        mine: whether the viewer may confirm and end it.
    """

    held: RoleAssignment
    due: bool
    mine: bool


def reviewed_before(today: date) -> date:
    """The last day of review from which an office is on the list to be reviewed."""
    return today - timedelta(days=settings.OFFICE_REVIEW_DAYS - settings.OFFICE_REVIEW_NOTICE_DAYS)


def still_held(today: date) -> Q:
    """Offices that have not ended, resting ones among them."""
    return Q(ends__isnull=True) | Q(ends__gt=today)


def to_review(viewer: User) -> list[Managed]:
    """What is due, oldest review first: one query, and the offices of the viewer."""
    today = timezone.localdate()
    rows = assignments_visible_to(viewer).filter(still_held(today), reviewed__lte=reviewed_before(today))
    return [one for one in _managed(rows.order_by("reviewed", "pk")[: 10 * PAGE], viewer, due=True) if one.mine]


def offices_held(viewer: User, *, after: int) -> tuple[list[Managed], int]:
    """The offices that the viewer sees and that have not ended, newest first; and the cursor of the next page."""
    rows = assignments_visible_to(viewer).filter(still_held(timezone.localdate()))
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return _managed(found[:PAGE], viewer, due=False), found[PAGE - 1].pk if len(found) > PAGE else 0


def _managed(rows: Iterable[RoleAssignment], viewer: User, *, due: bool) -> list[Managed]:
    return [Managed(row, due, row.user_id != viewer.pk and may_manage(viewer, office_value(row))) for row in rows]


def office_to_manage(pk: int, viewer: User) -> RoleAssignment | None:
    """An office that the viewer may see; None when there is none."""
    return assignments_visible_to(viewer).filter(pk=pk).first()


OFFICE_HEAD = (
    *("nickname", "office", "role", "unit", "region", "starts", "ends"),
    *("appointed_by", "last_reviewed", "rests_from", "last_sign_in"),
)


def offices_for_review(viewer: User) -> Iterator[tuple[Any, ...]]:
    """Every office that the viewer oversees, for the access review; memory stays flat."""
    appointing = Entry.objects.filter(
        subject_type="role", verb="role.appointed", subject_id=Cast(OuterRef("pk"), TextField())
    )
    rows = assignments_visible_to(viewer).annotate(by=Subquery(appointing.order_by("seq").values("office")[:1]))
    for held in rows.order_by("pk").iterator(chunk_size=500):
        signed_in = held.user.last_login
        yield (
            held.user.nickname,
            held.office,
            held.role,
            held.agency.code if held.agency else "",
            held.scope_code,
            held.starts.isoformat(),
            held.ends.isoformat() if held.ends else "",
            held.by or "",
            held.reviewed.isoformat(),
            held.rests_from.isoformat(),
            timezone.localdate(signed_in).isoformat() if signed_in else "",
        )


# --- The ledger ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Wanted:
    """What of the ledger is asked for; empty means all.

    Args:
        kind: of the subject.
        key: of the subject.
        actor: number of an account.
        office: exactly as it stands in the ledger.
        verb: exactly.
        first: first day.
        last: last day.
    """

    kind: str = ""
    key: str = ""
    actor: int | None = None
    office: str = ""
    verb: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """One entry as the viewer shows it: who acted in an office, by the public nickname; citizens stay unnamed."""

    entry: Entry
    actor: str

    @property
    def kind(self) -> str:
        """What it is about, as people call it."""
        return scopes.label_of(self.entry.subject_type)


def entries(viewer: User, wanted: Wanted) -> QuerySet[Entry]:
    """The entries that the viewer may see and asks for, unordered.

    Whoever is asked for by name is asked for as an officer: what somebody does as a citizen, such as filing a
    report, is told to no viewer.
    """
    rows = Entry.objects.filter(_shown(viewer))
    exact = {
        "subject_type": wanted.kind,
        "subject_id": wanted.key,
        "actor_id": wanted.actor,
        "office": wanted.office,
        "verb": wanted.verb,
        "at__gte": _midnight(wanted.first),
        "at__lt": _midnight(wanted.last + timedelta(days=1)) if wanted.last else None,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return rows.exclude(~Q(subject_type__in=scopes.of_offices_alone()), office="") if wanted.actor else rows


def _shown(viewer: Person) -> Q:
    return scopes.shown_to(scopes.WHOLE_CITY if viewer.is_superuser else regions_overseen(viewer, *HIGH))


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def entries_page(viewer: User, wanted: Wanted, *, after: str) -> Slice[Entry]:
    """A page of the ledger, newest first; one query, and the offices of the viewer."""
    return page(entries(viewer, wanted), by="at", after=after, size=PAGE)


def lines(rows: Iterable[Entry]) -> list[Line]:
    """Entries with the nicknames of who acted; one query."""
    shown = list(rows)
    staff = scopes.of_offices_alone()
    named = {
        entry.pk: entry.actor_id for entry in shown if entry.actor_id and (entry.office or entry.subject_type in staff)
    }
    names = dict(User.objects.filter(pk__in=set(named.values())).values_list("pk", "nickname")) if named else {}
    told = {pk: names.get(actor, f"#{actor}") for pk, actor in named.items()}
    return [Line(entry, told.get(entry.pk, "")) for entry in shown]


def export_lines(viewer: User, wanted: Wanted) -> Iterator[Line]:
    """All of a filter, newest first, in memory that stays flat: by keyset, so that no transaction stays open."""
    after = ""
    while True:
        part = page(entries(viewer, wanted), by="at", after=after, size=1_000)
        yield from lines(part.rows)
        if not part.next_cursor:
            return
        after = part.next_cursor


def latest_check() -> LedgerCheck | None:
    """The check that was asked for last."""
    return LedgerCheck.objects.order_by("-pk").first()


# --- Who is told of a review ----------------------------------------------------------------------
def appointing(held: RoleAssignment) -> list[int]:
    """Accounts of those who may confirm an office, and of who holds it."""
    offices = RoleAssignment.objects.active().filter(role__in=[Role.ADMIN, Role.SECTION_HEAD], user__is_active=True)
    if held.agency_id and held.role != Role.SECTION_HEAD:
        offices = offices.filter(Q(role=Role.ADMIN) | Q(agency_id=held.agency_id))
    else:
        offices = offices.filter(role=Role.ADMIN)
    rows = offices.exclude(user_id=held.user_id).select_related("agency__region", "region", "user")
    wanted = office_value(held)
    return [held.user_id, *(row.user_id for row in rows if may_give(office_value(row), wanted))]
