"""What this app tells the apps below it, and what packages that know nothing of us hold about people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import panels, personal, retention
from core.panels import Panel
from core.personal import Fate, Mend, Row
from privacy import actions, consents
from privacy.models import Consent
from privacy.uses import uses_of


def register_all() -> None:
    """Fill the registries; called once at start."""
    consents.register_all()
    personal.holds("privacy.Consent", "user", fate=Fate.GOES, what=_("What you agreed to, and when"))
    personal.exports("consents", _("What you agreed to, and when"), _consents)
    personal.exports("uses", _("Who worked with your data, and when"), _uses)
    personal.acts("account", {"data.copied": _("A copy of your data was made")})
    actions.register_all()
    personal.holds(
        "privacy.DataCopy", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("Copies of your data, for seven days")
    )
    personal.holds("photos.Photo", "uploader", fate=Fate.UNNAMED, what=_("Photos that you uploaded, without metadata"))
    personal.holds("voting.Vote", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("What you support"))
    panels.register("page", how_long_panel)
    panels.register("account", lambda subject, viewer: Panel("privacy/account.html", order=90))


def how_long_panel(page: Any, viewer: Any) -> Panel | None:
    """On the public page about data: what is kept how long."""
    if page.slug != "privasi":
        return None
    return Panel("privacy/how_long.html", {"rules": retention.rules().values()})


def _consents(person: User) -> Iterator[Row]:
    for row in Consent.objects.filter(user=person).order_by("at", "pk"):
        yield {"kind": row.kind, "version": row.version, "agreed": row.agreed, "office": row.office, "at": row.at}


def _uses(person: User) -> Iterator[Row]:
    for use in reversed(uses_of(person)):
        yield {
            "at": use.at,
            "what": str(use.what),
            "office": use.office,
            "why": str(use.why),
            "about": use.about,
            "by_yourself": use.oneself,
        }
