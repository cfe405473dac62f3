"""The e-mail that tells the owner of an account what has changed about signing in."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import mail
from core.errors import Sentence

EVENTS: dict[str, Sentence] = {
    "app_added": _("An app that shows codes was set up as the second step of signing in."),
    "app_removed": _("The app that shows codes was removed."),
    "passkey_added": _("A passkey was added. It opens your account without a code from an e-mail."),
    "passkey_removed": _("A passkey was removed."),
    "codes_made": _("New recovery codes were made. The old ones are no longer valid."),
    "code_used": _("A recovery code was used to sign in. Codes left: %(detail)s."),
    "helped": _("An admin has removed your second steps because you had lost them. Set up new ones after signing in."),
    "password_set": _("A password was set. All other devices were signed out."),
    "password_removed": _("The password was removed. All other devices were signed out."),
    "phone_confirmed": _("A phone number was confirmed. It can be used to sign in."),
    "phone_removed": _("The phone number was removed."),
    "connected": _("%(detail)s was connected. It can be used to sign in."),
    "disconnected": _("%(detail)s is no longer connected."),
}


def about(user: User, event: str, detail: str = "") -> EmailMultiAlternatives:
    """Build the mail about an event."""
    context = {"event": event, "detail": detail, "url": f"{settings.SITE_URL}{reverse('security')}"}
    return mail.build("security/changed", to=str(user.email), language=user.language, context=context)


def sentence(event: str, detail: str) -> str:
    """What happened, in the language that is active."""
    return str(EVENTS[event]) % {"detail": detail}
