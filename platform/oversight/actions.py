"""What can be done to watch over the city's offices: the rows of the table of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core import actions
from core.actions import STAFF, Action, Denied
from core.reach import Reach
from oversight import errors

OVERSEERS: dict[str, Reach] = {Role.ADMIN: Reach.ANYWHERE, Role.AUDITOR: Reach.ANYWHERE}


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.register(
        Action(
            "account.close",
            _("Close an account and open it again"),
            STAFF,
            permission="oversight.close_account",
            roles={Role.ADMIN: Reach.REGION},
            refusal=lambda person: Denied(errors.CLOSE_NOT_YOURS),
        ),
        Action(
            "office.review",
            _("Review the offices of a year, confirm or end them"),
            STAFF,
            permission="oversight.review_office",
            roles={Role.SECTION_HEAD: Reach.UNIT, Role.ADMIN: Reach.REGION},
        ),
        Action(
            "closures.read",
            _("Read which accounts were closed, and why"),
            STAFF,
            permission="oversight.read_closures",
            roles=OVERSEERS,
        ),
        Action(
            "offices.export",
            _("Take the list of all offices of one's region, with reviews"),
            STAFF,
            permission="oversight.export_offices",
            roles=OVERSEERS,
        ),
        Action(
            "ledger.read",
            _("Read and export the ledger of one's region"),
            STAFF,
            permission="oversight.audit",
            roles=OVERSEERS,
        ),
        Action(
            "ledger.check",
            _("Have the whole ledger recomputed"),
            STAFF,
            permission="oversight.check_ledger",
            roles={Role.AUDITOR: Reach.ANYWHERE},
        ),
    )
