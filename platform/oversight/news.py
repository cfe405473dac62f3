"""What people hear of offices that are to be reviewed. References: "<office>:<day of the last review>"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from core.formats import long_date
from notices import kinds
from notices import services as notices
from notices.kinds import Kind, Words
from oversight import queries

KIND = "office_review"


def register_all() -> None:
    """Fill the registry; called once at start."""
    kinds.register(
        Kind(
            KIND,
            _("Offices to be reviewed"),
            _("Once a year every office is confirmed or ended; what nobody reviews rests."),
            audience=_people,
            compose=_words,
            because=_("They keep offices that you answer for from lapsing unnoticed."),
        )
    )


def tell_due(*, now: datetime) -> int:
    """Tell of the offices that have come onto the list; for tick, safe to repeat. Returns how many are on it."""
    today = timezone.localtime(now).date()
    rows = RoleAssignment.objects.filter(queries.still_held(today), reviewed__lte=queries.reviewed_before(today))
    due = list(rows.order_by("reviewed", "pk").values_list("pk", "reviewed")[:2_000])
    for pk, reviewed in due:
        notices.tell(kind=KIND, ref=f"{pk}:{reviewed.isoformat()}", subject=("role", str(pk)))
    return len(due)


def _found(ref: str) -> RoleAssignment | None:
    rows = RoleAssignment.objects.select_related("agency__region", "region", "user")
    return rows.filter(pk=int(ref.split(":")[0])).first()


def _people(ref: str) -> Iterable[int]:
    held = _found(ref)
    return queries.appointing(held) if held else ()


def _words(refs: Sequence[str], reader: User) -> dict[str, Words]:
    rows = RoleAssignment.objects.select_related("agency__region", "region", "user")
    found = rows.in_bulk([int(ref.split(":")[0]) for ref in refs])
    words = {}
    for ref in refs:
        pk, reviewed = ref.split(":")
        held = found.get(int(pk))
        # Reviewed meanwhile: there is nothing left to do.
        if held and held.reviewed.isoformat() == reviewed:
            words[ref] = Words(held.office, _sentence(held, reader), reverse("offices"))
    return words


def _sentence(held: RoleAssignment, reader: User) -> str:
    day = {"day": long_date(held.rests_from), "who": held.user.nickname}
    if held.user_id == reader.pk:
        return gettext("Your office is to be reviewed. If nobody confirms it, it rests from %(day)s on.") % day
    return gettext("Does %(who)s still hold this office? If nobody confirms it, it rests from %(day)s on.") % day
