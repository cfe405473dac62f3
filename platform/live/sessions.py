"""Who a session stands for at this moment: a socket lives longer than what it was opened with."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.utils.crypto import constant_time_compare


def person_of(key: str | None) -> Any:
    """The account of a session; None when it has ended, or the account is closed or gone. Writes nothing.

    Django's own `get_user` would give the session another key after a change of SECRET_KEY, and a socket
    has no cookie to tell the browser of it.
    """
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    backend = session.get(BACKEND_SESSION_KEY, "")
    if backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    person: Any = load_backend(backend).get_user(session[SESSION_KEY])
    if person is None:
        return None
    signed = session.get(HASH_SESSION_KEY, "")
    valid = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return person if any(constant_time_compare(signed, one) for one in valid) else None
