"""What signing in and the second step refuse, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

BACK = (_("Security of the account"), "security")

CODE_WRONG = register("code_wrong", 422, _("This code is not right. Look at the newest message and type it again."))
CODE_OLD = register("code_old", 422, _("This code is too old, or was tried too often. Ask for a new one."))
APP_CODE_WRONG = register(
    "app_code_wrong",
    422,
    _("This code is not right. Type the six digits that the app shows now; your phone's clock must be right."),
)
STEP_WRONG = register(
    "step_wrong",
    422,
    _("This code is not right, or was used before. Wait for the next one in the app, or type a recovery code."),
)
STEP_TOO_OFTEN = register(
    "step_too_often", 429, _("Too many wrong codes. Wait five minutes, then type the code that the app shows.")
)
APP_ALREADY = register(
    "app_already", 409, _("An app is set up already. Remove it first, then you can set up another one."), way=BACK
)
NO_FACTOR = register("no_factor", 409, _("Set up an app or a passkey first. Recovery codes come with it."), way=BACK)
PASSKEY_REFUSED = register(
    "passkey_refused",
    422,
    _("The passkey was not accepted. Try again; you can always sign in with a code."),
)
PASSKEYS_ENOUGH = register(
    "passkeys_enough",
    409,
    _("You have ten passkeys. Remove one that you no longer use, then add the new one."),
    way=BACK,
)
ADDRESS_FIRST = register(
    "address_first", 409, _("Confirm your e-mail address first. Then a second step can be set up.")
)
PROVE_FIRST = register(
    "prove_first", 403, _("Too much time has passed. Confirm that it is you, then press the button again.")
)
NO_WAY_TO_PROVE = register(
    "no_way_to_prove",
    403,
    _(
        "Your account has no e-mail address to which we could send a code. Sign out, sign in again with your card, "
        "and come back within 15 minutes. Without a card, ask at the desk of your kelurahan."
    ),
)
PHONE_WRONG = register(
    "phone_wrong", 422, _("This is not a mobile number of Indonesia. It looks like this: 0812 3456 7890.")
)
PHONE_TAKEN = register(
    "phone_taken",
    409,
    _("Another account has confirmed this number. Sign in there with a code, or take another number."),
    way=BACK,
)
PHONE_NOT_SENT = register(
    "phone_not_sent", 422, _("The message could not be sent just now. Wait a minute, then try again.")
)
SOCIAL_TAKEN = register(
    "social_taken", 409, _("This account is connected with another account of Rembuk. Sign in with it there."), way=BACK
)
LAST_WAY_IN = register(
    "last_way_in",
    409,
    _("This is your only way to sign in. Confirm an e-mail address first, then remove it."),
    way=BACK,
)
NOTHING_TO_HELP = register(
    "nothing_to_help", 409, _("This account has no second step. A code from the e-mail is all that it takes.")
)
