"""What accounts refuse, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.domain.nicknames import LONGEST, SHORTEST, NicknameProblem
from core.errors import register

NICKNAME_SHORT = register(
    NicknameProblem.SHORT, 422, _("This nickname is too short. Use at least %(shortest)s characters.")
)
NICKNAME_LONG = register(NicknameProblem.LONG, 422, _("This nickname is too long. Use at most %(longest)s characters."))
NICKNAME_CHARACTERS = register(
    NicknameProblem.CHARACTERS,
    422,
    _("Use letters and digits only, with single spaces, dots or hyphens between them."),
)
NICKNAME_OFFICIAL = register(
    NicknameProblem.OFFICIAL,
    422,
    _("This nickname sounds like an office or an official. Choose one that nobody can mistake for an office."),
)
NICKNAME_SCRIPTS = register(
    NicknameProblem.SCRIPTS,
    422,
    _("This nickname mixes letters of two alphabets that look alike. Write the whole name in one of them."),
)
NICKNAME_OFFENSIVE = register(
    NicknameProblem.OFFENSIVE,
    422,
    _("This word hurts people who read it. Choose a name that you would tell a neighbour."),
)
NICKNAME_TAKEN = register(
    "nickname_taken",
    409,
    _("Somebody already uses this nickname, or one that looks the same. Choose another one."),
)
BOUNDS = {"shortest": SHORTEST, "longest": LONGEST}

APPOINT_NOT_ALLOWED = register(
    "appoint_not_allowed",
    403,
    _("You may not fill this office. Ask the admin of the region, or the section head of the unit."),
)
APPOINT_YOURSELF = register(
    "appoint_yourself", 403, _("Nobody fills an office with themselves. Ask another admin to do it.")
)
ROLE_NEEDS_UNIT = register(
    "role_needs_unit", 422, _("This role belongs to a unit. Choose a unit, and leave the region empty.")
)
ROLE_NEEDS_REGION = register(
    "role_needs_region", 422, _("This role belongs to a region. Choose a region, and leave the unit empty.")
)
ROLE_NOT_AT_UNIT = register(
    "role_not_at_unit", 422, _("This kind of unit does not have this role. Choose another role or another unit.")
)
ROLE_TITLE_MISSING = register("role_title_missing", 422, _("Write the title that the public reads, e.g. Kasi Ekbang."))
ROLE_ENDS_TOO_EARLY = register(
    "role_ends_too_early", 422, _("The end must lie after the first day, and not in the past. Choose a later day.")
)
ROLE_HELD_ALREADY = register(
    "role_held_already",
    409,
    _("This person already holds this office in that time. End it first, or choose other days."),
)
ROLE_ENDED_ALREADY = register("role_ended_already", 409, _("This office has already ended. Nothing was changed."))
PASSWORD_NEEDS_CODE = register(
    "password_needs_code",
    403,
    _("Too much time has passed. Confirm that it is you, then press the button again."),
)
SECOND_STEP_NEEDED = register(
    "second_step_needed",
    403,
    _("Your office rests until you set up a second step of signing in: an app or a passkey. It takes two minutes."),
    way=(_("Set up the second step"), "security"),
)
DEMO_NO_SUCH_PERSON = register(
    "demo_no_such_person", 404, _("This person is not in the demo. Choose one from the list.")
)
