"""What residents hear of their verification. References: "verified:<verification>", "ended:<verification>"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notices import kinds
from notices.composers import Mail
from notices.kinds import Kind, Words
from residents.domain.terms import End
from residents.models import Verification

# The new verification tells of these.
QUIET = {End.RENEWED, End.MOVED}


def register_all() -> None:
    """Fill the registry; called once at start."""
    kinds.register(
        Kind(
            "resident",
            _("Your verification as a resident"),
            _("You were verified, or your verification was taken back or has run out."),
            audience=_person,
            compose=_words,
            mail=_mail,
            because=_("They tell you at once when somebody changes what you may decide."),
        )
    )


def _person(ref: str) -> Iterable[int]:
    return Verification.objects.filter(pk=_number(ref)).values_list("user_id", flat=True)


def _words(refs: Sequence[str], reader: User) -> dict[str, Words]:
    mine = Verification.objects.filter(user=reader).select_related("kelurahan").in_bulk([_number(ref) for ref in refs])
    found = {ref: mine[_number(ref)] for ref in refs if _number(ref) in mine}
    title, link = gettext("Verified resident"), reverse("residents")
    return {ref: Words(title, _sentence(ref, one), link) for ref, one in found.items()}


def _sentence(ref: str, verification: Verification) -> str:
    place = {"place": verification.kelurahan.label, "rw": verification.rw}
    if ref.startswith("verified"):
        return gettext("You are now a verified resident of %(place)s, RW %(rw)s") % place
    if verification.end == End.REVOKED:
        return gettext("Your verification was taken back")
    return gettext("Your verification has run out")


def _mail(ref: str, user: User) -> Mail | None:
    """The whole mail; None for what a newer mail tells."""
    found = Verification.objects.select_related("kelurahan").filter(pk=_number(ref), user=user).first()
    kind = ref.split(":")[0]
    if found is None or found.end in QUIET or (kind == "verified" and found.ended_on is not None):
        return None
    context = {"verification": found, "url": f"{settings.SITE_URL}{reverse('residents')}", "revoked": End.REVOKED}
    return Mail(user.email or "", user.language, f"residents/{kind}", context)


def _number(ref: str) -> int:
    return int(ref.split(":")[1])
