"""Following and supporting: asked for as a state, so that a retry is harmless."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from assistance import services as assistance
from assistance.domain.acts import What
from core.actions import require
from core.errors import DomainError
from live import topics
from live.services import publish_on_commit
from reports import errors
from reports.domain.workflow import State
from reports.models import Contact, Follow, Report
from support import services as support
from support.queries import supported_by


@transaction.atomic
def set_support(*, actor: User, report: Report, on: bool, helper: User | None = None) -> int:
    """Support a report, or take the support back; who supports also follows.

    Args:
        actor: whose support it is.
        report: a public one.
        on: whether to support it.
        helper: who presses the button at a desk for the present actor.

    Returns:
        How many people support it now.

    Raises:
        DomainError: not public, or merged with another report; help_* when the helper may not.
    """
    if helper:
        _remember_help(helper, actor, report)
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


def _remember_help(helper: User, person: User, report: Report) -> None:
    by = assistance.helping(actor=helper, person=person, region=report.region, field="nomor")
    # The row of the person is the lock: pressed twice, it is one act.
    User.objects.select_for_update().get(pk=person.pk)
    if report.pk not in supported_by(person, [report]):
        region = report.region
        assistance.remember(by=by, what=What.SUPPORT, region=region, subject_type="report", subject_id=report.number)
