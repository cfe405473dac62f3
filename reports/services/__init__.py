"""What people do with reports; the only code that writes them."""

from __future__ import annotations

from reports.services.clock import escalate_overdue, lapse_silent, resume_unanswered
from reports.services.desk import add_note, reveal_contact
from reports.services.filing import Filing, claim, confirm_by_code, file_report, secret_of, send_code, take_over
from reports.services.following import set_follow, set_support, stop_mail
from reports.services.leaving import withdraw_reports
from reports.services.needs import Inputs
from reports.services.steps import take_step

__all__ = [
    "Filing",
    "Inputs",
    "add_note",
    "claim",
    "confirm_by_code",
    "escalate_overdue",
    "file_report",
    "lapse_silent",
    "resume_unanswered",
    "reveal_contact",
    "secret_of",
    "send_code",
    "set_follow",
    "set_support",
    "stop_mail",
    "take_over",
    "take_step",
    "withdraw_reports",
]
