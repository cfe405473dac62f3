"""Which roles may take a step, and how far: the table that the rules, the docs and the tests share.

The unit is the one that has the report; `BELOW` are the units whose parent one's own unit is. What was told in
confidence stays with its handler: nobody reaches farther than the own unit then.
"""

from __future__ import annotations

from core.reach import Reach
from reports.domain.workflow import Who

OFFICER, HEAD, AGENCY, DESK = "officer", "section_head", "agency_officer", "province_desk"
DECIDING = {HEAD: Reach.UNIT, AGENCY: Reach.UNIT, DESK: Reach.UNIT}
GRANTS: dict[Who, dict[str, Reach]] = {
    Who.HEAD: DECIDING,
    Who.HANDLER: {OFFICER: Reach.UNIT} | DECIDING,
    Who.DESK: {DESK: Reach.UNIT},
    Who.SECOND: {HEAD: Reach.BELOW, AGENCY: Reach.BELOW, DESK: Reach.ANYWHERE},
    Who.REPORTER: {},
    Who.SYSTEM: {},
}


def grants(who: Who, role: str, relation: Reach, *, confidential: bool) -> bool:
    """Whether a role may take the steps of `who`.

    Args:
        who: of the table of steps.
        role: of an office.
        relation: UNIT when the office is at the unit that has the report, BELOW when it is at the unit above it,
            ANYWHERE when it is elsewhere.
        confidential: whether the report was told in confidence.
    """
    reach = GRANTS[who].get(role)
    if reach is None or (confidential and relation != Reach.UNIT):
        return False
    return relation == Reach.UNIT or reach == Reach.ANYWHERE or relation == reach
