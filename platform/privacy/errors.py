"""What the pages about one's own data refuse, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

COPY_NOT_READY = register(
    "copy_not_ready", 409, _("This copy is not ready, or was removed after seven days. Ask for a new one.")
)
LEAVE_NEEDS_CODE = register(
    "leave_needs_code",
    403,
    _("Confirm first that it is you. Then you can erase your account within 15 minutes."),
    way=(_("Confirm that it is you"), "security_prove"),
)
HOLDS_OFFICE = register(
    "leave_holds_office",
    409,
    _("You still hold an office. Ask whoever appointed you to end it; then you can erase your account."),
)
NICKNAME_DIFFERS = register(
    "leave_nickname_differs",
    422,
    _("This is not your nickname. Type it as it stands above, so that nothing is erased by mistake."),
)
CONSENT_STAYS = register(
    "consent_stays", 409, _("This ends with your account, or has ended by itself. Below you can erase your account.")
)
