"""The e-mails of the report tracker: a guest's code, and every public step to reporter and followers.

Keys: "code:<report>:<n>", "step:<step>:guest"; mails to accounts are those of a notice (reports.news). What a
mail says is looked up when it is sent, so that nobody hears of what was hidden in the meantime.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.models import User
from notices.composers import Mail
from reports import services
from reports.domain.deadlines import answer_until
from reports.domain.workflow import State
from reports.models import Contact, Follow, Report, ReportStep
from reports.queries.lifeline import STEP_TITLES, next_of, why
from reports.services.common import digest_of
from reports.services.filing import CODE_MINUTES, code_of

# The reporter heard of it on the page, or learns nothing by it.
NEVER = {"file", "move_pin"}


def compose(key: str) -> Mail | None:
    """The mail of a key; None when there is nothing to send any more.

    Args:
        key: see the module.
    """
    kind, *parts = key.split(":")
    if kind == "code":
        return _code(int(parts[0]), int(parts[1]))
    step = _step(int(parts[0]))
    if step is None:
        return None
    return _to_guest(step)


def stop(key: str) -> str:
    """Stop the mails about a report to one person; the sentence that says so."""
    services.stop_mail(key=key)
    return gettext("You get no more e-mails about this report. Its page stays open to you.")


def _code(report_id: int, which: int) -> Mail | None:
    contact = Contact.objects.select_related("report__category").filter(report_id=report_id).first()
    # Only the newest code counts; the others are not worth a mail.
    if contact is None or not contact.email or contact.report.confirmed or contact.codes_sent != which:
        return None
    report = contact.report
    context = {
        "code": code_of(report, which),
        "name": _name(report),
        "minutes": CODE_MINUTES,
        "report": report,
        "code_url": _absolute(reverse("report_code", args=[report.number])),
    }
    return Mail(contact.email, report.language, "reports/code", context)


def _step(step_id: int) -> ReportStep | None:
    rows = ReportStep.objects.select_related(
        "report__category", "report__region", "report__unit", "report__outside", "report__original", "unit"
    )
    step = rows.filter(pk=step_id).first()
    return None if step is None or step.name in NEVER else step


def _to_guest(step: ReportStep) -> Mail | None:
    contact = Contact.objects.filter(report=step.report, wants_mail=True).exclude(email="").first()
    # An address that nobody has confirmed may be a stranger's: it must not get the reporter's link.
    if contact is None or not step.report.confirmed:
        return None
    return _to_reporter(step, contact.email, step.report.language, unsubscribe=f"{step.report_id}:guest")


def to_account(ref: str, user: User) -> Mail | None:
    """The whole mail of a step for an account; None when there is nothing to tell any more.

    Args:
        ref: number of the step.
        user: the reporter, or who follows.
    """
    step = _step(int(ref))
    if step is None or not user.email:
        return None
    key = f"{step.report_id}:user:{user.pk}"
    if step.report.reporter_id == user.pk:
        return _to_reporter(step, user.email, user.language, unsubscribe=key)
    if not step.report.public or not Follow.objects.filter(report=step.report, user=user).exists():
        return None
    url = _absolute(step.report.get_absolute_url())
    context = _context(step, user.language) | {"url": url, "for_reporter": False}
    return Mail(user.email, user.language, "reports/step", context, unsubscribe=key)


def _to_reporter(step: ReportStep, email: str, language: str, *, unsubscribe: str) -> Mail:
    report = step.report
    token = services.secret_of(report.client_key)
    # Who took it over from a desk has no link but the page, which knows the account.
    own = secrets.compare_digest(digest_of(token), report.secret_digest)
    url = _absolute(reverse("report_secret", args=[report.number, token]) if own else report.get_absolute_url())
    state = State(report.state)
    context = _context(step, language) | {
        "url": url,
        "for_reporter": True,
        # Asked only while the answer still counts: the mail may be sent later than the step.
        "asks_done": step.name in ("declare_done", "accept_proof")
        and state in (State.DECLARED_DONE, State.UNCONFIRMED),
        "asks_answer": step.name == "ask" and state == State.NEEDS_ANSWER,
    }
    return Mail(email, language, "reports/step", context, unsubscribe=unsubscribe)


def _context(step: ReportStep, language: str) -> dict[str, Any]:
    """What everybody may read of a step; nothing of the reporter."""
    report = step.report
    with override(language):
        return {
            "report": report,
            "name": _name(report),
            "step": step,
            "text": "" if report.category.confidential else step.text,
            "title": str(STEP_TITLES[step.name]),
            "office": step.office,
            "why": why(step),
            "unit": step.unit.name if step.unit and step.unit.name != step.office else "",
            "owner": report.outside if step.name == "forward" else None,
            "original": report.original if report.original and report.original.public else None,
            "original_url": _absolute(report.original.get_absolute_url()) if report.original else "",
            "next": next_of(report),
            "answer_by": answer_until(report.paused_on or timezone.localdate()),
            "checked_by_second": report.proof == "in_review",
        }


def _name(report: Report) -> str:
    """What a mail calls a report; whoever sees the phone sees a subject, so what is confidential has just a number."""
    return report.spoken_number if report.category.confidential else report.title


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
