"""Following and supporting: asked for as a state, so that a retry is harmless."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions import require
from core.errors import DomainError
from live import topics
from live.services import publish_on_commit
from reports import errors
from reports.domain.workflow import State
from reports.models import Contact, Follow, Report
from support import services as support


@transaction.atomic
def set_support(*, actor: User, report: Report, on: bool) -> int:
    """Support a report, or take the support back; who supports also follows.

    Returns:
        How many people support it now.

    Raises:
        DomainError: not public, or merged with another report.
    """
    require(actor, "report.support", report)
    if report.state == State.DUPLICATE:
        raise DomainError(errors.MERGED_AWAY)
    count = support.set_support(actor=actor, obj=report, on=on)
    if on:
        _follow(actor, report)
    publish_on_commit(topics.report(report.number))
    return count


@transaction.atomic
def set_follow(*, actor: User, report: Report, on: bool) -> None:
    """Hear of every public step, or no longer.

    Raises:
        DomainError: the report is not theirs to see.
    """
    require(actor, "report.follow", report)
    if on:
        _follow(actor, report)
    else:
        Follow.objects.filter(report=report, user=actor).delete()


def _follow(actor: User, report: Report) -> None:
    Follow.objects.bulk_create([Follow(report=report, user=actor)], ignore_conflicts=True)


@transaction.atomic
def stop_mail(*, key: str) -> None:
    """End the mails about one report to one person.

    Args:
        key: "<report>:user:<account>" or "<report>:guest", out of a signed link.
    """
    report_id, kind, *rest = key.split(":")
    if kind == "guest":
        Contact.objects.filter(report_id=int(report_id)).update(wants_mail=False)
    else:
        Follow.objects.filter(report_id=int(report_id), user_id=int(rest[0])).delete()
