"""What a real city's settings must not be. `manage.py check --deploy` and the server's start run these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks, management
from django.utils.module_loading import import_string

from security.senders import ShownSender


def _problems() -> Iterator[tuple[int, str, str]]:
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10:
        yield 1, "SECRET_KEY is missing or too short", "Set SECRET_KEY to at least 50 random characters."
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield 2, "ALLOWED_HOSTS is empty or open to all", "Set ALLOWED_HOSTS to the site's own host names."
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname or site.hostname in {"localhost", "127.0.0.1"}:
        yield (
            3,
            f"SITE_URL is {settings.SITE_URL!r}",
            "Set SITE_URL to the public https address; links in mails use it.",
        )
    if settings.DEBUG:
        yield 4, "DEBUG is on", "Use config.settings.production, which keeps DEBUG off."
    if settings.EMAIL_BACKEND.rsplit(".", 2)[-2] in {"console", "dummy", "locmem", "filebased"}:
        yield (
            5,
            "EMAIL_URL does not send mail",
            "Set EMAIL_URL, e.g. smtp+tls://user:password@mail.example.id:587",
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield (
            6,
            "DEFAULT_FROM_EMAIL is not a real address",
            "Set DEFAULT_FROM_EMAIL to an address of the city.",
        )
    if settings.DEMO:
        yield (
            7,
            "DEMO is on: sign-in codes would be shown to everybody",
            "Do not start from config.settings.demo.",
        )
    if problem := _pepper_problem():
        yield (
            8,
            f"RESIDENT_PEPPERS {problem}",
            "Set RESIDENT_PEPPERS to 64 random hexadecimal digits (openssl rand -hex 32), kept apart from the "
            "database's backups. Append a new one to change it, never replace one.",
        )
    if problem := _sender_problem():
        yield (
            9,
            f"CODE_SENDER {problem}",
            "Set CODE_SENDER to the dotted path of a class of the city's own that carries codes to phones, or leave it "
            "empty.",
        )


def _pepper_problem() -> str:
    keys = settings.RESIDENT_PEPPERS
    if not keys:
        return "is missing"
    if not all(re.fullmatch(r"[0-9a-fA-F]{64,}", key) and len(key) % 2 == 0 and len(set(key)) > 4 for key in keys):
        return "holds a key that is too short or not hexadecimal"
    return "holds a key twice" if len(set(keys)) < len(keys) else ""


def _sender_problem() -> str:
    if not settings.CODE_SENDER:
        return ""
    try:
        sender = import_string(settings.CODE_SENDER)
    except ImportError:
        return "names nothing that can be imported"
    if sender is ShownSender:
        return "shows codes on a page"
    return "" if callable(getattr(sender, "send", None)) else "names something that cannot send"


@checks.register(checks.Tags.security)
def production_is_safe(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Errors rembuk.E001-E009, only where the production settings are in use."""
    if not getattr(settings, "PRODUCTION", False):
        return []
    return [checks.Error(what, hint=hint, id=f"rembuk.E{number:03d}") for number, what, hint in _problems()]


def refuse_unsafe() -> None:
    """Stop the process when a setting is unsafe.

    Raises:
        SystemCheckError: names each of them with its number and hint.
    """
    if production_is_safe(None):
        management.BaseCommand().check(tags=[checks.Tags.security])
