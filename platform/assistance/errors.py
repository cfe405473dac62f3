"""What helping at a desk refuses, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assistance.domain.cards import PinProblem
from core.errors import register

CARD_REFUSED = register(
    "card_refused",
    422,
    _(
        "Card number and PIN do not fit, or the card is locked after five wrong tries. Look at the card again. "
        "The desk of your kelurahan gives you a new PIN."
    ),
)
CARD_NUMBER = register(
    "card_number", 422, _("This is not a whole card number. It has eight digits; look at the card again.")
)
NO_SUCH_CARD = register("no_such_card", 422, _("There is no card with this number. Look at the card again."))
PIN_LENGTH = register(PinProblem.LENGTH, 422, _("A PIN has six digits."))
PIN_SIMPLE = register(
    PinProblem.SIMPLE,
    422,
    _("This PIN is easy to guess. Take six digits without an order, and not from the card number."),
)
PIN_WRONG = register("pin_wrong", 422, _("This is not your PIN now. Look at the card again."))
CARD_HAS_EMAIL = register(
    "card_has_email",
    409,
    _("This account has an e-mail address. The person signs in with a code from there and changes the PIN alone."),
)
CARD_ELSEWHERE = register(
    "card_elsewhere",
    403,
    _("This card was made elsewhere. Send the person to the desk that stands on the card, or to its facilitator."),
)
CARD_OF_RESIDENT = register(
    "card_of_resident",
    422,
    _("This account is a verified resident. Type the NIK from the identity card with which it was verified."),
)
CARD_MADE_ALREADY = register(
    "card_made_already",
    409,
    _("This card was made a moment ago; its PIN is shown once. Was it not printed? Make a new PIN for the card."),
)
CARD_LAST_WAY = register(
    "card_last_way", 409, _("The card is your only way in. Add an e-mail address first, then you can end the card.")
)
PAPER_TOO_LATE = register(
    "paper_too_late",
    410,
    _("This paper can no longer be printed: its codes are shown once. Make a new PIN for the card."),
)
NOT_FOR_YOURSELF = register(
    "help_not_yourself",
    403,
    _("Nobody helps themselves. Sign out of the desk and use your own account as everybody does."),
)
NOT_YOUR_REGION = register(
    "help_not_your_region",
    403,
    _("Your office helps people in its own area only. Send the person to the desk of that kelurahan."),
)
NOBODY_PRESENT = register(
    "nobody_present", 409, _("Say first who stands before you. After half an hour it is asked again.")
)
NEEDS_ACCOUNT = register(
    "help_needs_account",
    403,
    _("One person, one voice: this needs an account. Make a card for the person, it takes a minute."),
)
CODE_REFUSED = register(
    "claim_refused",
    422,
    _("This code is not right or was used already. Type the twelve letters and digits on the ticket once more."),
)
