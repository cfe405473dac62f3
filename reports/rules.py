"""Who may do what with a report: predicates, one permission a step of the table.

Predicates read the offices that a person holds today (accounts.queries.offices_of, one query a
request). The table actor x step x state in tests/reports/test_permissions.py is the other half.
"""

from __future__ import annotations

from typing import Any

import rules

from accounts.models import Role, RoleAssignment
from accounts.queries import offices_of
from accounts.rules import is_admin
from reports.domain.routing import within
from reports.domain.workflow import TABLE, State, Who
from reports.models import Report

HANDLING = {Role.OFFICER, Role.SECTION_HEAD, Role.AGENCY_OFFICER, Role.PROVINCE_DESK}
AGENCY_KINDS = {"dinas", "suku_dinas"}
DESK_KIND = "province_desk"


def offices_at_unit(user: Any, report: Report) -> list[RoleAssignment]:
    """The offices that the person holds today at the unit that has the report."""
    return [office for office in offices_of(user) if office.agency_id == report.unit_id and office.role in HANDLING]


def heads_unit(office: RoleAssignment) -> bool:
    """Whether an office decides for its unit: section heads; at agencies and at the desk every officer."""
    kind = office.agency.kind if office.agency else ""
    return (
        office.role == Role.SECTION_HEAD
        or (office.role == Role.AGENCY_OFFICER and kind in AGENCY_KINDS)
        or (office.role == Role.PROVINCE_DESK and kind == DESK_KIND)
    )


@rules.predicate
def is_handler(user: Any, report: Report | None) -> bool:
    return report is not None and bool(offices_at_unit(user, report))


@rules.predicate
def is_head(user: Any, report: Report | None) -> bool:
    return report is not None and any(heads_unit(office) for office in offices_at_unit(user, report))


@rules.predicate
def is_desk(user: Any, report: Report | None) -> bool:
    return report is not None and any(office.role == Role.PROVINCE_DESK for office in offices_at_unit(user, report))


@rules.predicate
def is_second(user: Any, report: Report | None) -> bool:
    """Somebody who decides at the unit, above it or at the desk, and did not declare it done."""
    if report is None or report.declared_by_id == getattr(user, "pk", None):
        return False
    if report.category.confidential:
        return any(heads_unit(office) for office in offices_at_unit(user, report))
    units = {report.unit_id, report.unit.parent_id}
    return any(
        heads_unit(office) and (office.agency_id in units or office.role == Role.PROVINCE_DESK)
        for office in offices_of(user)
    )


@rules.predicate
def is_reporter(user: Any, report: Report | None) -> bool:
    return report is not None and report.reporter_id is not None and report.reporter_id == getattr(user, "pk", None)


@rules.predicate
def is_public(user: Any, report: Report | None) -> bool:
    return report is not None and report.public


@rules.predicate
def oversees(user: Any, report: Report | None) -> bool:
    """Units it was escalated to, the kelurahan where it is, the desk and auditors; never for confidential ones."""
    if report is None or report.category.confidential:
        return False
    return any(
        (
            office.agency_id is not None
            and (
                office.agency_id == report.escalated_to_id
                or office.role == Role.PROVINCE_DESK
                or (office.agency is not None and office.agency.region_id == report.region_id)
            )
        )
        or _audits(office, report)
        for office in offices_of(user)
    )


def _audits(office: RoleAssignment, report: Report) -> bool:
    """Whether an auditor's region holds the report."""
    return office.role == Role.AUDITOR and office.region is not None and within(report.region.code, office.region.code)


@rules.predicate
def checks_proof(user: Any, report: Report | None) -> bool:
    """A second person, while a proof waits for one."""
    return (
        report is not None
        and report.state == State.DECLARED_DONE
        and report.proof == "in_review"
        and bool(is_second(user, report))
    )


@rules.predicate
def is_auditor(user: Any, report: Report | None = None) -> bool:
    return any(office.role == Role.AUDITOR for office in offices_of(user))


@rules.predicate
def has_desk(user: Any, report: Report | None = None) -> bool:
    return any(office.role in HANDLING for office in offices_of(user))


@rules.predicate
def nobody(user: Any, report: Report | None = None) -> bool:
    """The steps of the clock: no person may take them."""
    return False


PREDICATES = {
    Who.HEAD: is_head,
    Who.HANDLER: is_handler,
    Who.DESK: is_desk,
    Who.SECOND: is_second,
    Who.REPORTER: is_reporter,
    Who.SYSTEM: nobody,
}


def permission_for(step: str) -> str:
    """The permission of a step: "reports.step_validate"."""
    return f"reports.step_{step}"


def action_of(step: str) -> str:
    """A step's row in the table of actions: "report.step_validate"."""
    return f"report.step_{step}"


for _step in TABLE:
    rules.add_perm(permission_for(_step.name), PREDICATES[_step.who])
rules.add_perm("reports.view", is_public | is_reporter | is_handler | oversees)
rules.add_perm("reports.work_on", is_handler)
rules.add_perm("reports.read_notes", is_handler | oversees | checks_proof)
rules.add_perm("reports.reveal_contact", is_handler)
rules.add_perm("reports.read_reveals", is_auditor)
rules.add_perm("reports.use_desk", has_desk)
rules.add_perm("reports.support", is_public)
rules.add_perm("reports.open_at_desk", is_handler | oversees | checks_proof)
rules.add_perm("reports.read_routing", has_desk | is_admin | is_auditor)
# Names that Wagtail asks for.
for _table in ("category", "categorygroup", "routingrule", "replytemplate"):
    for _verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"reports.{_verb}_{_table}", is_admin)
