"""What can be done with reports: the rows of the table of actions."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core import actions
from core.actions import CITIZENS, REPORTERS, STAFF, UNITS, Action, Denied
from core.reach import Level, Reach
from reports import errors
from reports.domain.grants import GRANTS
from reports.domain.workflow import TABLE, Who
from reports.queries.desk_report import STEP_VERBS
from reports.rules import action_of, permission_for

OF_REPORTERS: dict[str, str | Promise] = {
    "answer": _("Answer the office's question about your report"),
    "confirm": _("Say that your report is done"),
    "reopen": _("Say that your report is not done yet"),
}
HANDLERS = GRANTS[Who.HANDLER]


def _of_its_unit(report: Any) -> Denied:
    return Denied(errors.STEP_NOT_YOURS, {"unit": report.unit.name})


def _of_its_reporter(report: Any) -> Denied:
    return Denied(errors.NOT_THE_REPORTER)


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.register(
        Action("report.read", _("Read reports, map and figures"), CITIZENS, Level.READER, "reports.view"),
        Action("report.file", _("Report something (without an account, too)"), CITIZENS, Level.READER),
        Action("report.support", _("Support a report"), CITIZENS, permission="reports.support"),
        Action("report.follow", _("Follow a report by e-mail"), CITIZENS, permission="reports.view"),
        *(
            Action(
                action_of(one.name),
                OF_REPORTERS[one.name] if one.who == Who.REPORTER else STEP_VERBS[one.name],
                REPORTERS if one.who == Who.REPORTER else UNITS,
                # Whoever holds the secret link needs no account.
                Level.READER if one.who == Who.REPORTER else Level.ACCOUNT,
                permission_for(one.name),
                GRANTS[one.who],
                refusal=_of_its_reporter if one.who == Who.REPORTER else _of_its_unit,
                states=tuple(sorted(one.sources)),
            )
            for one in TABLE
            if one.who != Who.SYSTEM
        ),
        Action("desk.use", _("Work the queue of a unit"), UNITS, permission="reports.use_desk", roles=HANDLERS),
        Action(
            "report.note",
            _("Write notes for colleagues"),
            UNITS,
            permission="reports.work_on",
            roles=HANDLERS,
            refusal=_of_its_unit,
        ),
        Action(
            "report.reveal_contact",
            _("Look up how to reach a reporter, with a reason"),
            UNITS,
            permission="reports.reveal_contact",
            roles=HANDLERS,
            refusal=_of_its_unit,
        ),
        Action(
            "routing.read",
            _("Read the routing table"),
            STAFF,
            permission="reports.read_routing",
            roles=dict.fromkeys([*HANDLERS, Role.ADMIN, Role.AUDITOR], Reach.ANYWHERE),
        ),
        Action(
            "tables.edit",
            _("Edit categories, routing and reply templates"),
            STAFF,
            permission="reports.change_category",
            roles={Role.ADMIN: Reach.ANYWHERE},
        ),
        Action(
            "reveals.read",
            _("Read who looked up a reporter, and why"),
            STAFF,
            permission="reports.read_reveals",
            roles={Role.AUDITOR: Reach.ANYWHERE},
        ),
    )
