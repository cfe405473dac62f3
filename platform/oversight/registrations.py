"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from core import panels
from core.actions import allowed
from core.panels import Panel
from ledger import scopes
from notices import composers
from oversight import actions, mails, news, personal
from residents.models import Verification


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    actions.register_all()
    news.register_all()
    composers.register("closure", mails.compose)
    scopes.register("role", _("Office"), within=offices_in, of_offices=True)
    scopes.register("resident", _("Verified resident"), within=residents_in)
    # Citizens act here, too: on their PIN, their card, the copy of their data.
    scopes.register("account", _("Account"))
    scopes.register("ledger", _("Ledger"), of_offices=True)
    scopes.register("agency", _("Agencies"))
    scopes.register("boundaries", _("Boundaries"))
    scopes.register("holiday", _("Holidays"))
    panels.register("account", oversight_panel)


def offices_in(code: str) -> Any:
    """Keys of the offices of a region, as the ledger has them."""
    inside = Q()
    for path in ("region__code", "agency__region__code"):
        inside |= Q(**{path: code}) | Q(**{f"{path}__startswith": f"{code}."})
    return RoleAssignment.objects.filter(inside).annotate(key=Cast("pk", TextField())).values("key")


def residents_in(code: str) -> Any:
    """Keys of the accounts that were verified in a region, as the ledger has them."""
    inside = Q(kelurahan__code=code) | Q(kelurahan__code__startswith=f"{code}.")
    return Verification.objects.filter(inside).annotate(key=Cast("user_id", TextField())).values("key")


def oversight_panel(account: Any, viewer: Any) -> Panel | None:
    """On the account's page: the ways to offices, closed accounts and the ledger."""
    asked = {"offices": "account.appoint", "closures": "closures.read", "ledger": "ledger.read"}
    ways = {name: allowed(viewer, code) for name, code in asked.items()}
    return Panel("oversight/account.html", ways, order=20) if any(ways.values()) else None
