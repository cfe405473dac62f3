"""What oversight refuses, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

CLOSE_NOT_YOURS = register(
    "close_not_yours",
    403,
    _(
        "You may not close this account: it is outside your region, or holds an office that yours does not stand over. "
        "Ask the admin above."
    ),
)
CLOSE_YOURSELF = register(
    "close_yourself", 403, _("Nobody closes their own account here. To leave, erase your account under “My data”.")
)
CLOSED_ALREADY = register("closed_already", 409, _("This account is closed already. Nothing was changed."))
OPEN_ALREADY = register("open_already", 409, _("This account is open already. Nothing was changed."))
CLOSE_WORDS = register(
    "close_words", 422, _("Write a sentence of at least ten letters that says why. The person will read it.")
)
CLOSE_UNTIL = register("close_until", 422, _("Choose a day after today, or leave it empty: until it is opened again."))
CHECK_RUNS = register("check_runs", 409, _("The ledger is being checked already. Wait until that check is done."))
