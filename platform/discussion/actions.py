"""What can be done in discussions: the rows of the table of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import actions
from core.actions import CITIZENS, STAFF, Action
from core.reach import Reach
from discussion.rules import MODERATING


def register_all() -> None:
    """Fill the table; called once at start."""
    actions.register(
        Action("discussion.write", _("Write and reply under a report"), CITIZENS),
        Action("discussion.helpful", _("Say that a comment helps"), CITIZENS),
        Action("discussion.flag", _("Flag a comment to the moderators"), CITIZENS),
        Action("discussion.appeal", _("Appeal when your comment was hidden"), CITIZENS),
        Action(
            "discussion.moderate",
            _("Decide about comments, with a reason"),
            STAFF,
            permission="discussion.moderate",
            roles=dict.fromkeys(MODERATING, Reach.REGION),
        ),
    )
