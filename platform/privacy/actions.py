"""What can be done with one's own data: the rows of the table of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import actions
from core.actions import CITIZENS, Action


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.register(
        Action("data.copy", _("Take a copy of everything about you"), CITIZENS),
        Action("data.erase", _("Erase your account"), CITIZENS),
    )
