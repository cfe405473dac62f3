"""What accounts hold about people."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from core import personal
from core.personal import Fate, Mend, Row


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "account.EmailAddress",
        "user",
        fate=Fate.GOES,
        mend=Mend.SELF,
        what=_("Your e-mail address, to send codes and news"),
    )
    personal.holds("accounts.RoleAssignment", "user", fate=Fate.GOES, what=_("Offices that you held, with their dates"))
    personal.holds("accounts.RoleAssignment", "appointed_by", fate=Fate.UNNAMED)
    personal.exports("account", _("Your account: address, nickname, name, language"), _account)
    personal.exports("offices", _("Offices that you held"), _offices)


def _account(person: User) -> Iterator[Row]:
    yield {
        "nickname": person.nickname,
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "joined": person.joined,
        "last_login": person.last_login,
    }
    for address in EmailAddress.objects.filter(user=person):
        yield {"email": address.email, "verified": address.verified}


def _offices(person: User) -> Iterator[Row]:
    for held in (
        RoleAssignment.objects.filter(user=person).select_related("agency__region", "region").order_by("starts")
    ):
        yield {
            "office": held.office,
            "role": held.role,
            "starts": held.starts,
            "ends": held.ends,
            "reviewed": held.reviewed,
        }
