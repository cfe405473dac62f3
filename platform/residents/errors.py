"""What verifying refuses, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register
from residents.domain.nik import NikProblem

NIK_LENGTH = register(NikProblem.LENGTH, 422, _("A NIK has 16 digits. Look at the card again and type it anew."))
NIK_PROVINCE = register(
    NikProblem.PROVINCE, 422, _("The first two digits belong to no province. Look at the card again and type it anew.")
)
NIK_DATE = register(
    NikProblem.DATE,
    422,
    _("Digits 7 to 12 are no possible date of birth (40 is added to the day for women). Look at the card again."),
)
NIK_SERIAL = register(NikProblem.SERIAL, 422, _("A NIK does not end in 0000. Look at the card again."))
CENTURY_UNKNOWN = register(
    "nik_century", 422, _("By the NIK this is a child, or somebody of about a hundred. Say below which of the two.")
)
CODE_UNKNOWN = register(
    "introduction_unknown",
    422,
    _("This code has run out or is mistyped. Ask the person to open “Verified resident” again and to read it out."),
)
NOT_YOURSELF = register(
    "verify_not_yourself", 403, _("Nobody verifies themselves. Ask a colleague, or an officer of your kelurahan.")
)
NOT_YOUR_KELURAHAN = register(
    "verify_not_your_kelurahan",
    403,
    _("Your office does not verify residents of this kelurahan. Send the person to its own desk or facilitator."),
)
VERIFIED_ELSEWHERE = register(
    "verified_elsewhere",
    409,
    _(
        "This identity card already belongs to another account. Ask the person to sign in there. If it is not theirs, "
        "the auditor sees this attempt and can revoke the other verification."
    ),
)
OTHER_CARD = register(
    "verified_with_other_card",
    409,
    _("This account was verified with another identity card. One account is for one person: let each use their own."),
)
ENDED_ALREADY = register("verification_ended", 409, _("This verification has already ended. Nothing was changed."))
REASON_MISSING = register("revocation_reason", 422, _("Write the reason. The person and the auditor will read it."))
WITNESSES_OFF = register(
    "witnesses_off", 403, _("Verification by neighbours is not open in this city. Go to the desk of your kelurahan.")
)
NOT_A_WITNESS = register(
    "not_a_witness",
    403,
    _(
        "Only residents of the same RW who were verified at a desk can speak for this person, and for at most five "
        "people in 30 days. Ask another neighbour, or go to the desk of the kelurahan."
    ),
)
RW_MISSING = register("rw_missing", 422, _("Write the RW as a number, for example 6 or 06."))
