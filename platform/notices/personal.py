"""What notices hold about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, Mend, Row
from notices.models import Notice, Preference, PushDevice

ROWS_AT_ONCE = 200


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds("notices.Notice", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("News in your inbox, for a year"))
    personal.holds("notices.Preference", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("How you want your news"))
    personal.holds(
        "notices.PushDevice", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("Browsers that take push messages for you")
    )
    personal.exports("news", _("News in your inbox"), _news)
    personal.exports("news_settings", _("How you want your news"), _settings)
    personal.exports("push_devices", _("Browsers that take push messages for you"), _devices)


def _news(person: User) -> Iterator[Row]:
    rows = Notice.objects.filter(user=person).select_related("event").order_by("created", "pk")
    for notice in rows.iterator(chunk_size=ROWS_AT_ONCE):
        event = notice.event
        yield {
            "kind": event.kind,
            "subject": f"{event.subject_type} {event.subject_key}",
            "at": notice.created,
            "read": notice.read,
        }


def _settings(person: User) -> Iterator[Row]:
    for row in Preference.objects.filter(user=person).order_by("kind"):
        yield {"kind": row.kind, "mail": row.mail, "push": row.push}


def _devices(person: User) -> Iterator[Row]:
    for device in PushDevice.objects.filter(user=person).order_by("created"):
        yield {"endpoint": device.endpoint, "since": device.created}
