"""The list of devices follows the sessions: one row for each, brought up to date once a day."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from security.domain import agents
from security.models import Device
from security.queries import MARK

# In the session: key of the row, session key, mark and day, as they stand in the row.
_NAME = "security_device"


def note(request: HttpRequest, user: Any) -> None:
    """Bring the row of this session up to date; costs a query only where something has changed."""
    session = request.session
    if session.session_key is None:
        session.save()
    now = [session.session_key, str(session.get(HASH_SESSION_KEY, ""))[:MARK], timezone.localdate().isoformat()]
    kept = session.get(_NAME)
    if kept and kept[1:] == now and kept[0]:
        return
    values = {"user": user, "session_key": now[0], "mark": now[1], "last_seen": now[2]}
    if not (kept and Device.objects.filter(pk=kept[0], user=user).update(**values)):
        kept = [_new(values, request.headers.get("User-Agent", ""))]
    session[_NAME] = [kept[0], *now]


def _new(values: dict[str, Any], user_agent: str) -> int | None:
    try:
        with transaction.atomic():
            return Device.objects.create(**values, kind=agents.describe(user_agent)).pk
    except IntegrityError:
        # Two requests of one session at once: the other one has written the row.
        return Device.objects.filter(session_key=values["session_key"]).values_list("pk", flat=True).first()
