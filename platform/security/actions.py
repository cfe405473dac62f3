"""What can be done about ways in: the rows of the table of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core import actions
from core.actions import CITIZENS, STAFF, Action
from core.reach import Reach


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.register(
        Action("security.manage", _("Passkeys, a second step, a password, devices of your own account"), CITIZENS),
        Action(
            "security.help",
            _("Let somebody in who has lost every second step"),
            STAFF,
            permission="security.help",
            roles={Role.ADMIN: Reach.REGION},
        ),
    )
