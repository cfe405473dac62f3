"""What verifying holds about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, Mend, Row
from residents.models import Testimony, Verification


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "residents.Verification",
        "user",
        fate=Fate.GOES,
        mend=Mend.DESK,
        what=_("That you are a verified resident: fingerprint of the NIK, kelurahan, RW, days, whether 17 or older"),
    )
    personal.holds("residents.Verification", "verified_by", "ended_by", fate=Fate.UNNAMED)
    personal.holds("residents.Introduction", "user", fate=Fate.GOES)
    personal.holds("residents.WitnessRequest", "user", fate=Fate.GOES)
    personal.holds(
        "residents.Testimony", "witness", fate=Fate.GOES, mend=Mend.DESK, what=_("For which neighbours you spoke")
    )
    personal.holds("residents.Testimony", "neighbour", fate=Fate.GOES)
    personal.exports("verifications", _("When and where you were verified as a resident"), _verifications)
    personal.acts(
        "resident",
        {
            "resident.verified": _("You were verified as a resident"),
            "resident.ended": _("Your verification ended"),
            "resident.refused_again": _("Somebody showed your card for another account, and was refused"),
        },
        reason="why",
        reasons={"expired": _("ran out"), "renewed": _("renewed"), "moved": _("moved"), "revoked": _("taken back")},
    )
    personal.exports("testimonies", _("When you spoke for a neighbour"), _testimonies)


def _verifications(person: User) -> Iterator[Row]:
    for one in Verification.objects.filter(user=person).select_related("kelurahan").order_by("verified_at"):
        yield {
            "kelurahan": one.kelurahan.label,
            "rw": one.rw,
            "over_17": one.over_17,
            "method": one.method,
            "office": one.office,
            "verified_at": one.verified_at,
            "expires": one.expires,
            "ended_on": one.ended_on,
            "end": one.end,
            "end_reason": one.end_reason,
        }


def _testimonies(person: User) -> Iterator[Row]:
    for given in Testimony.objects.filter(witness=person).order_by("given").values_list("given", flat=True):
        yield {"given": given}
