"""The reporter's own link: once opened, the session keeps the token, the address no longer shows it."""

from __future__ import annotations

import secrets

from django.contrib.sessions.backends.base import SessionBase

from core.requests import HttpRequest
from reports.models import Report
from reports.services.common import digest_of

SESSION_KEY = "report_secrets"
KEPT = 30


def keep(request: HttpRequest, report: Report, token: str) -> bool:
    """Remember the token of a report in the session.

    Returns:
        Whether the token is the report's.
    """
    if not secrets.compare_digest(digest_of(token), report.secret_digest):
        return False
    held = dict(request.session.get(SESSION_KEY, {}))
    held.pop(report.number, None)
    held[report.number] = token
    request.session[SESSION_KEY] = dict(list(held.items())[-KEPT:])
    return True


def held(session: SessionBase, report: Report) -> str:
    """The token of this report that the session keeps; empty when it keeps none that is right."""
    token = session.get(SESSION_KEY, {}).get(report.number, "")
    return token if token and secrets.compare_digest(digest_of(token), report.secret_digest) else ""
