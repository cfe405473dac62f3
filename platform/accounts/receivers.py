"""Signals of allauth, each handed on in one line."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_confirmed, user_logged_in
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from accounts import claims, sessions


@receiver(user_logged_in)
def _signed_in(user: Any, **details: Any) -> None:
    claims.collect(user)


@receiver(email_confirmed)
def _address_confirmed(email_address: Any, **details: Any) -> None:
    claims.collect(email_address.user)


@receiver(user_logged_out)
def _signed_out(request: Any, user: Any, **details: Any) -> None:
    sessions.end(request, user)
