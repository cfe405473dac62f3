"""The table of actions as a page of the docs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import translation

from accounts.domain.roles import Office, may_give
from accounts.models import AGENCY_ROLES, Role
from core import actions
from core.actions import REPORTERS, Action
from core.reach import Level
from reports.domain.workflow import State

HEAD = """# Who may do what

Written by `manage.py permissions` from the rows that every app registers in `core.actions`. The same rows answer
buttons, services and sockets, and the page /boleh/. `make check` compares this page with them; the tests in
`tests/reports/test_permissions.py` and `tests/config/test_permissions.py` compare them with the rules and the services.
"""
CITIZENS_HEAD = """## Citizens

A refusal says what is missing first: sign in, verify, verified in another region, account closed.
"""
OFFICES_HEAD = """## Offices

How far a role reaches: **unit**, what its own unit has; **below**, also what a unit just below has; **region**, its own
region and all in it; **anywhere**. A report told in confidence stays within the unit that handles it. Offices count
from their first to their last day, and rest when nobody has reviewed them in time.
"""
STATES_HEAD = """## Reports, by state

What can be done while a report stands there, by those whom the tables above name.
"""
APPOINT_HEAD = """## Who fills which office

**own**: in the own unit, or in the own region and below; **-**: not at all. Nobody reaches beyond that, and nobody
fills an office with themselves.
"""
HERE, THERE = "31.73.07.1002", "31.74.09.1001"


def document() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        parts = [
            HEAD,
            CITIZENS_HEAD,
            _table(["action", "reader", "account", "resident there", "resident elsewhere"], _citizens()),
            OFFICES_HEAD,
            _table(["action", *Role.values], _offices()),
            STATES_HEAD,
            _table(["state", "actions"], _states()),
            APPOINT_HEAD,
            _table(["who appoints", *Role.values], _appointing()),
        ]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def _citizens() -> Iterable[list[str]]:
    for action in actions.every():
        if not action.of_office:
            yield [str(action.words), *_by_level(action)]


def _by_level(action: Action) -> list[str]:
    if action.group == REPORTERS:
        return ["own, by the secret link", "own", "own", "own"]
    elsewhere = action.level != Level.RESIDENT or action.region_of is None
    levels = [action.level == Level.READER, action.level != Level.RESIDENT, True, elsewhere]
    return ["yes" if yes else "-" for yes in levels]


def _offices() -> Iterable[list[str]]:
    for action in actions.every():
        if action.of_office:
            yield [str(action.words), *(str(action.roles.get(role, "-")) for role in Role.values)]


def _states() -> Iterable[list[str]]:
    for state in State:
        yield [state.value, "; ".join(str(action.words) for action in actions.every() if state in action.states) or "-"]


def _appointing() -> Iterable[list[str]]:
    for held in Role.values:
        row = [_gives(held, wanted) for wanted in Role.values]
        if set(row) != {"-"}:
            yield [held, *row]


def _gives(held: str, wanted: str) -> str:
    here = may_give(_office(held, 1, HERE), _office(wanted, 1, HERE))
    there = may_give(_office(held, 1, HERE), _office(wanted, 2, THERE))
    return "everywhere" if there else "own" if here else "-"


def _office(role: str, agency: int, region: str) -> Office:
    return Office(role, agency if role in AGENCY_ROLES else None, region)
