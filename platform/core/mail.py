"""E-mails out of templates: text and HTML that say the same, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import translation


def build(
    template: str, *, to: str, language: str, context: dict[str, Any], headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """Make a mail, ready to send.

    Args:
        template: the common part of three files below templates/emails/: "accounts/login_code" for
            login_code.subject.txt, login_code.txt and login_code.html. Text files are rendered
            without escaping, because nobody reads entities in a text mail.
        to: the one address.
        language: "id" or "en".
        context: what the templates read; `site_url` and `language` come with it.
        headers: further headers.
    """
    with translation.override(language):
        values = {"site_url": settings.SITE_URL, "language": language, **context}
        subject = " ".join(_text(f"emails/{template}.subject.txt", values).split())
        message = EmailMultiAlternatives(
            subject[:200].rstrip(),
            _text(f"emails/{template}.txt", {**values, "subject": subject}).strip() + "\n",
            settings.DEFAULT_FROM_EMAIL,
            [to],
            headers=headers,
        )
        html = render_to_string(f"emails/{template}.html", {**values, "subject": subject})
    message.attach_alternative(html, "text/html")
    return message


def _text(name: str, values: dict[str, Any]) -> str:
    engine: Any = engines["django"]
    rendered: str = engine.engine.get_template(name).render(Context(values, autoescape=False))
    return rendered
