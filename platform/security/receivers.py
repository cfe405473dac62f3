"""Signals of Django, each handed on in one line."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from security import sessions, social


@receiver(user_logged_in)
def _signed_in(request: Any, user: Any, **details: Any) -> None:
    if request is not None:
        sessions.note(request, user)
        social.connect_who_waited(request, user)
