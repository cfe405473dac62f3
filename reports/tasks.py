"""Machine work of the report tracker, by id, safe to run twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.tasks import task
from core.ticks import every_tick
from notices import services as notices
from reports import mails, news, services
from reports.domain.workflow import STEPS, Who
from reports.models import Contact, Report, ReportStep
from reports.services import retention
from reports.services.proofs import check_proof

BATCH = 500
LOST_AFTER = timedelta(minutes=5)


@task("reports.announce")
def announce(step_id: int) -> None:
    """Tell of a step: the accounts that it concerns, and by e-mail the guest; whoever acted knows already."""
    step = ReportStep.objects.select_related("report").get(pk=step_id)
    if step.name not in mails.NEVER:
        for kind in news.kinds_of(step):
            notices.tell(kind=kind, ref=str(step.pk), subject=("report", step.report.number), at=step.at)
    by_guest = step.actor_id is None and STEPS[step.name].who == Who.REPORTER if step.name in STEPS else False
    guest = Contact.objects.filter(report=step.report, wants_mail=True).exclude(email="")
    if not by_guest and guest.exists():
        notices.queue(scope="report", key=f"step:{step.pk}:guest")
    ReportStep.objects.filter(pk=step_id).update(announced=True)


@every_tick("reports.announce_lost", minutes=5)
def announce_lost(now: datetime) -> int:
    """Steps whose task was lost: the process died between the commit and the queue."""
    lost = ReportStep.objects.filter(announced=False, at__lt=now - LOST_AFTER).order_by("at")
    keys = list(lost.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        announce.call(key)
    return len(keys)


@task("reports.check_proof")
def check_proof_of(report_id: int) -> None:
    """Check the photos of a completion; what is not hashed yet is left to tick."""
    check_proof(report=Report(pk=report_id))


@every_tick("reports.check_proofs")
def check_waiting_proofs(now: datetime) -> int:
    """Completions whose photos were not ready when they were declared."""
    waiting = Report.objects.filter(proof="checking")
    return sum(check_proof(report=report) is not None for report in list(waiting[:BATCH]))


@every_tick("reports.lapse")
def lapse(now: datetime) -> int:
    """Silent reporters."""
    return services.lapse_silent()


@every_tick("reports.resume")
def resume(now: datetime) -> int:
    """Unanswered questions."""
    return services.resume_unanswered()


@every_tick("reports.escalate", minutes=15)
def escalate(now: datetime) -> int:
    """Overdue reports."""
    return services.escalate_overdue()


@every_tick("reports.forget_contacts", minutes=60)
def forget_contacts(now: datetime) -> int:
    """Addresses and telephone numbers of guests go after two years."""
    return retention.forget_contacts(now=now)
