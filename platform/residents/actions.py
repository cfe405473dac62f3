"""What can be done about residency: the rows of the table of actions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core import actions
from core.actions import CITIZENS, RESIDENTS, STAFF, UNITS, Action, Denied, Residency
from core.reach import Level, Reach
from residents import errors
from residents.domain.terms import Home, Method, may_witness
from residents.models import WitnessRequest
from residents.queries import residency_of, spoken_lately


def residency(person: Any) -> Residency | None:
    """Where somebody is a verified resident, for the table."""
    found = residency_of(person)
    if found is None:
        return None
    place = found.kelurahan
    return Residency(place.code, place.label, found.rw, found.method == Method.FACE_TO_FACE)


def _neighbours_off(person: Any, home: Residency | None, subject: Any) -> Denied | None:
    return None if settings.RESIDENT_WITNESSES else Denied(errors.WITNESSES_OFF)


def _no_witness(person: Any, home: Residency | None, request: WitnessRequest | None) -> Denied | None:
    if not settings.RESIDENT_WITNESSES:
        return Denied(errors.WITNESSES_OFF)
    if home is None or not home.face_to_face:
        return Denied(errors.NOT_A_WITNESS)
    witness = Home(home.region, home.rw)
    wanted = Home(request.kelurahan.code, request.rw) if request else witness
    known = may_witness(method=Method.FACE_TO_FACE, witness=witness, wanted=wanted, spoken_lately=spoken_lately(person))
    return None if known else Denied(errors.NOT_A_WITNESS)


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.residency_from(residency)
    actions.register(
        Action("resident.become", _("Become a verified resident at a desk"), CITIZENS),
        Action("resident.ask", _("Ask two neighbours to speak for you"), CITIZENS, also=_neighbours_off),
        Action(
            "resident.witness",
            _("Speak for a neighbour of your RW (if you were verified at a desk)"),
            RESIDENTS,
            Level.RESIDENT,
            region_of=lambda request: request.kelurahan,
            also=_no_witness,
        ),
        Action(
            "resident.verify",
            _("Verify residents at a desk"),
            UNITS,
            permission="residents.verify",
            roles=dict.fromkeys([Role.OFFICER, Role.SECTION_HEAD, Role.FACILITATOR], Reach.REGION),
            refusal=lambda kelurahan: Denied(errors.NOT_YOUR_KELURAHAN if kelurahan else actions.NOT_YOUR_OFFICE),
        ),
        Action(
            "resident.revoke",
            _("Take a verification back, with a reason"),
            STAFF,
            permission="residents.revoke",
            roles=dict.fromkeys([Role.SECTION_HEAD, Role.ADMIN], Reach.REGION),
        ),
    )
