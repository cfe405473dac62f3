"""What can be done with accounts and offices: the rows of the table of actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import errors
from accounts.models import Role
from accounts.offices import offices_of
from core import actions
from core.actions import CITIZENS, STAFF, Action, Denied, Held
from core.reach import Reach


def held(person: Any) -> Iterator[Held]:
    """The offices of today, for the table."""
    return (Held(office.role, office.scope_code) for office in offices_of(person))


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.offices_from(held)
    actions.register(
        Action("account.change", _("Change your nickname and how you sign in"), CITIZENS),
        Action(
            "account.appoint",
            _("Fill an office and end it"),
            STAFF,
            permission="accounts.change_roleassignment",
            roles={Role.SECTION_HEAD: Reach.UNIT, Role.ADMIN: Reach.REGION},
            refusal=lambda office: Denied(errors.APPOINT_NOT_ALLOWED),
        ),
    )
