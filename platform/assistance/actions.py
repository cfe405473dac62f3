"""What can be done at a desk for people without a phone: the rows of the table of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core import actions
from core.actions import CITIZENS, UNITS, Action
from core.reach import Level, Reach

HELPERS: dict[str, Reach] = dict.fromkeys([Role.OFFICER, Role.SECTION_HEAD, Role.FACILITATOR], Reach.REGION)


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.register(
        Action("card.enter", _("Sign in with a card and PIN from a desk"), CITIZENS, Level.READER),
        Action("ticket.claim", _("Take a report over with the code of its ticket"), CITIZENS),
        Action(
            "assistance.help",
            _("File, support and make cards for somebody who is present"),
            UNITS,
            permission="assistance.help",
            roles=HELPERS,
        ),
    )
