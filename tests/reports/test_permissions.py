"""THE table: who may take which step in which state, written out and compared with rules and service."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import actions
from core.errors import SIGN_IN_FIRST, DomainError
from core.permissions import may
from core.reach import Reach
from reports import errors
from reports.domain.grants import GRANTS, grants
from reports.domain.workflow import STEPS, State, Who
from reports.models import Report
from reports.rules import action_of, permission_for
from reports.services import Inputs, take_step
from tests.factories import accounts
from tests.factories.photos import PhotoFactory
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import a_person, agency, category, inserted_at, region

pytestmark = pytest.mark.django_db

KELURAHAN, KECAMATAN, SUDIN, DINAS, DESK = (
    "kelurahan-3173071002",
    "kecamatan-317307",
    "sda-3173",
    "sda",
    "meja-provinsi",
)
HANDLER_OF_SECRETS = "inspektorat"

# What the diagram in docs/ says: the steps that exist in a state, whoever takes them.
POSSIBLE = {
    "received": "validate refuse mark_duplicate forward ask reply escalate move_pin recategorise",
    "validated": "refuse mark_duplicate forward assign pass_to_desk reply escalate move_pin recategorise",
    "assigned": "pass_to_desk hand_over schedule start ask reply escalate move_pin recategorise",
    "at_desk": "forward send_to_agency reply escalate move_pin recategorise",
    "at_agency": "forward pass_to_desk send_to_sub_agency hand_over schedule start ask "
    "reply escalate move_pin recategorise",
    "at_sub_agency": "pass_to_desk hand_over schedule start ask reply escalate move_pin recategorise",
    "scheduled": "hand_over schedule start ask reply escalate move_pin recategorise",
    "in_progress": "ask declare_done reply escalate move_pin recategorise",
    "needs_answer": "answer resume reply escalate move_pin recategorise",
    "declared_done": "accept_proof reject_proof confirm reopen lapse reply escalate",
    "confirmed": "reply",
    "unconfirmed": "confirm reopen reply",
    "reopened": "pass_to_desk hand_over schedule start ask reply escalate move_pin recategorise",
    "refused": "",
    "duplicate": "",
    "forwarded": "",
}
WORK = "hand_over schedule start ask declare_done reply move_pin recategorise"
DECIDE = "validate refuse mark_duplicate forward assign pass_to_desk send_to_sub_agency"
SORT = "send_to_agency"
CHECK = "accept_proof reject_proof"
CITIZEN = "answer confirm reopen"
NOTHING = ""

# Who has the report -> who asks -> what that person may do, in whatever state it is possible.
# Everybody who is not named in a column may do nothing; the clock's own steps belong to nobody.
ALLOWED: dict[str, dict[str, str]] = {
    KELURAHAN: {
        "reporter": CITIZEN,
        "officer": WORK,
        "section head": f"{DECIDE} {WORK} {CHECK}",
        "who validated": f"{DECIDE} {WORK} {CHECK}",
        "who declared it done": f"{DECIDE} {WORK}",
        "kecamatan head": CHECK,
        "province desk": CHECK,
    },
    SUDIN: {
        "reporter": CITIZEN,
        "sub-agency officer": f"{DECIDE} {WORK} {CHECK}",
        "agency officer": CHECK,
        "province desk": CHECK,
    },
    DINAS: {
        "reporter": CITIZEN,
        "agency officer": f"{DECIDE} {WORK} {CHECK}",
        "province desk": CHECK,
    },
    DESK: {
        "reporter": CITIZEN,
        "province desk": f"{DECIDE} {WORK} {CHECK} {SORT}",
    },
    # Told in confidence: its handler alone, not even the unit above.
    HANDLER_OF_SECRETS: {
        "reporter": CITIZEN,
        "confidential handler": f"{DECIDE} {WORK} {CHECK}",
    },
}
HOLDERS = [
    *((state.value, KELURAHAN) for state in State if state.value not in ("at_desk", "at_agency", "at_sub_agency")),
    ("at_desk", DESK),
    ("at_agency", DINAS),
    *((state, SUDIN) for state in ("at_sub_agency", "scheduled", "in_progress", "needs_answer", "declared_done")),
    *((state, HANDLER_OF_SECRETS) for state in ("received", "in_progress", "declared_done")),
]
# Refusals by which a step says "not you" or "not now".
NOT_YOU_OR_NOW = {SIGN_IN_FIRST, errors.STEP_NOT_YOURS, errors.NOT_THE_REPORTER, errors.STEP_IMPOSSIBLE}


def actors() -> dict[str, Any]:
    """One of each kind."""
    return {
        "visitor": AnonymousUser(),
        "reporter": a_person("Ibu Sari"),
        "other citizen": a_person("Tono"),
        "officer": accounts.officer(KELURAHAN),
        "section head": accounts.section_head(KELURAHAN),
        "who validated": accounts.section_head(KELURAHAN),
        "who declared it done": accounts.section_head(KELURAHAN),
        "officer elsewhere": accounts.officer(accounts.PALMERAH),
        "section head elsewhere": accounts.section_head(accounts.PALMERAH),
        "kecamatan head": accounts.section_head(KECAMATAN),
        "sub-agency officer": accounts.office("agency_officer", SUDIN),
        "other sub-agency's officer": accounts.office("agency_officer", "bina-marga-3173"),
        "agency officer": accounts.office("agency_officer", DINAS),
        "province desk": accounts.office("province_desk", DESK),
        "confidential handler": accounts.office("agency_officer", HANDLER_OF_SECRETS),
        "facilitator": accounts.office("facilitator", "31.73"),
        "moderator": accounts.office("moderator", "31.73"),
        "admin": accounts.admin(),
        "auditor": accounts.office("auditor", "31"),
    }


def a_report_at(state: str, holder: str, who: dict[str, Any]) -> Report:
    """A report that stands in a state at a unit, with those who validated it and declared it done."""
    made = AReport(
        reporter=who["reporter"], category=category("pungli" if holder == HANDLER_OF_SECRETS else "saluran-kali")
    )
    declared = {} if state == "received" else {"declared_by": who["who declared it done"]}
    validated = {"validated_by": who["who validated"], "validated_at": timezone.now() - timedelta(days=2)}
    return inserted_at(made, state, holder, **declared, **validated)


def inputs_for(step: str, holder: str) -> Inputs:
    """Whatever the step may ask for, as it should be."""
    units = {"send_to_agency": "sda", "send_to_sub_agency": SUDIN, "assign": KELURAHAN, "hand_over": "bina-marga-3173"}
    return Inputs(
        text="Kami sudah memeriksa tempatnya hari ini.",
        reason="seen" if step == "validate" else "not_found",
        unit=agency(units[step]) if step in units else None,
        outside=agency("pln"),
        original=AReport(public=True) if step == "mark_duplicate" else None,
        day=timezone.localdate() + timedelta(days=1),
        photos=[PhotoFactory()] if step == "declare_done" else [],
        region=region(),
        category=category("kekerasan-perempuan-anak" if holder == HANDLER_OF_SECRETS else "sampah"),
    )


def outcome(actor: Any, report: Report, step: str, inputs: Inputs) -> str:
    """The code of the refusal, or "taken"; whatever was done is taken back."""
    person = actor if isinstance(actor, User) else None
    try:
        with transaction.atomic():
            # Nobody at all is the clock; a visitor is somebody with a wrong link.
            take_step(actor=person, report=report, name=step, inputs=inputs, secret="" if person else "salah")
            raise LookupError
    except DomainError as error:
        return error.code
    except LookupError:
        return "taken"


@pytest.mark.parametrize("state", [state.value for state in State])
def test_the_steps_of_a_state_are_those_of_the_diagram(state: str) -> None:
    assert {name for name, step in STEPS.items() if State(state) in step.sources} == set(POSSIBLE[state].split())


UNIT_OF = {
    "officer": (KELURAHAN, "officer"),
    "section head": (KELURAHAN, "section_head"),
    "kecamatan head": (KECAMATAN, "section_head"),
    "sub-agency officer": (SUDIN, "agency_officer"),
    "other sub-agency's officer": ("bina-marga-3173", "agency_officer"),
    "agency officer": (DINAS, "agency_officer"),
    "province desk": (DESK, "province_desk"),
    "confidential handler": (HANDLER_OF_SECRETS, "agency_officer"),
    "officer elsewhere": (accounts.PALMERAH, "officer"),
    "section head elsewhere": (accounts.PALMERAH, "section_head"),
}
ABOVE = {KELURAHAN: KECAMATAN, SUDIN: DINAS}


@pytest.mark.parametrize("holder", ALLOWED)
@pytest.mark.parametrize("actor", UNIT_OF)
def test_the_table_of_the_docs_says_the_same(holder: str, actor: str) -> None:
    unit, role = UNIT_OF[actor]
    relation = Reach.UNIT if unit == holder else Reach.BELOW if unit == ABOVE.get(holder) else Reach.ANYWHERE
    secret = holder == HANDLER_OF_SECRETS
    granted = {name for name, step in STEPS.items() if grants(step.who, role, relation, confidential=secret)}
    assert granted == set(ALLOWED[holder].get(actor, NOTHING).split())
    for name, step in STEPS.items():
        if step.who != Who.SYSTEM:
            row = actions.action(action_of(name))
            assert (row.roles, set(row.states)) == (GRANTS[step.who], {state.value for state in step.sources})


@pytest.mark.parametrize(("state", "holder"), HOLDERS)
def test_who_may_do_what(state: str, holder: str) -> None:
    who = actors()
    report = a_report_at(state, holder, who)
    given = {step: inputs_for(step, holder) for step in STEPS}
    if state == "received":
        # Nobody has declared anything yet.
        del who["who declared it done"]
    for name, actor in who.items():
        allowed = set(ALLOWED[holder].get(name, NOTHING).split())
        assert {step for step in STEPS if may(actor, permission_for(step), report)} == allowed, name
        for step in STEPS:
            if name == "reporter" and state == "confirmed" and step == "confirm":
                # Clicked twice in the mail: harmless, the first one stands (test_steps.py).
                continue
            found = outcome(actor, report, step, given[step])
            if step not in allowed or step not in POSSIBLE[state].split():
                assert found in NOT_YOU_OR_NOW | {errors.SAME_PERSON}, f"{name}, {step}: {found}"
            elif name == "who validated" and step == "declare_done":
                assert found == errors.SAME_PERSON
            else:
                assert found == "taken", f"{name}, {step}: {found}"
    report.refresh_from_db()
    assert (report.state, report.steps.count()) == (state, 0)
