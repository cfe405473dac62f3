"""What is held about how people sign in."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, Mend, Row
from security.models import Device, Phone


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "security.Device",
        "user",
        fate=Fate.GOES,
        mend=Mend.SELF,
        what=_("On which kinds of devices you are signed in, and since when"),
    )
    personal.holds(
        "security.Phone", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("Your confirmed phone number, to sign in with")
    )
    personal.holds(
        "mfa.Authenticator",
        "user",
        fate=Fate.GOES,
        mend=Mend.SELF,
        what=_("Your second step: app, passkeys, recovery codes"),
    )
    personal.holds(
        "socialaccount.SocialAccount",
        "user",
        fate=Fate.GOES,
        mend=Mend.SELF,
        what=_("Accounts elsewhere with which you sign in, by their number there"),
    )
    personal.acts(
        "account",
        {"second_step.removed": _("Your second step of signing in was removed")},
        reason="how",
        reasons={"face": _("you were seen face to face"), "unit": _("the head of your unit spoke for you")},
    )
    personal.exports("devices", _("Devices that are signed in"), _devices)
    personal.exports("second-step", _("Second step: kinds and dates, no secrets"), _factors)
    personal.exports("connected", _("Phone number and accounts with which you sign in"), _connected)


def _devices(person: User) -> Iterator[Row]:
    for row in Device.objects.filter(user=person).order_by("first_seen", "pk"):
        yield {"kind": row.kind, "first_seen": row.first_seen, "last_seen": row.last_seen}


def _factors(person: User) -> Iterator[Row]:
    for row in Authenticator.objects.filter(user=person).order_by("created_at", "pk"):
        yield {
            "kind": row.type,
            "name": row.data.get("name", ""),
            "created": row.created_at,
            "last_used": row.last_used_at,
        }


def _connected(person: User) -> Iterator[Row]:
    for phone in Phone.objects.filter(user=person):
        yield {"kind": "phone", "number": phone.number, "since": phone.confirmed}
    for account in SocialAccount.objects.filter(user=person).order_by("pk"):
        yield {"kind": account.provider, "number": account.uid, "since": account.date_joined}
