"""Sign-in as Rembuk wants it: the hooks that allauth offers."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import devices
from accounts.errors import SECOND_STEP_NEEDED
from accounts.offices import staff_standing
from core import formats, mail
from core.errors import TOO_MANY, DomainError, explanations
from core.tasks import enqueue_on_commit

log = logging.getLogger("rembuk.accounts")


class AccountAdapter(DefaultAccountAdapter):
    """Nicknames instead of user names, our mails, our sentences, limits by account and device."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _(
            "E-mail address and password do not fit. Try again, or sign in with a code instead."
        ),
        "email_taken": _("Another account uses this address. Sign in there with a code, or take another address."),
        "incorrect_code": _("This code is not right. Look at the newest e-mail and type it again."),
        "rate_limited": explanations()[TOO_MANY].sentence,
        "too_many_login_attempts": _("Too many wrong tries. Ask for a new code, or wait five minutes."),
        "same_as_current": _("This is already the address of your account."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our mails; one that does not get out is told to the person and costs no error page."""
        name = template_prefix.removeprefix("account/email/")
        message = self.render_mail(f"accounts/{name}", email, context)
        try:
            message.send()
        except (SMTPException, OSError):
            # Without the exception's text: it may hold the address.
            log.error("sign-in mail not sent")
            messages.error(
                self.request, _("The e-mail could not be sent just now. Wait a minute, then ask for a new code.")
            )

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Build a mail from templates/emails/ in the language of the page."""
        language = get_language() or settings.LANGUAGE_CODE
        kept = {name: value for name, value in context.items() if name not in {"request", "user"}}
        return mail.build(template_prefix, to=email, language=language, context=kept, headers=headers)

    def get_login_stages(self) -> list[str]:
        """A code or a password, a confirmed address, and the second step where one is set up."""
        return [
            "allauth.account.stages.LoginByCodeStage",
            "security.stages.AddressStage",
            "security.stages.SecondStepStage",
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never by allauth: our pages ask `accounts.recent` themselves."""
        return False

    def generate_phone_verification_code(self, *, user: Any, phone: str) -> str:
        """Six digits, as in our e-mails."""
        return str(self.generate_login_code())

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **details: Any) -> None:
        """Have the code carried to a confirmed number, after the answer."""
        language = get_language() or settings.LANGUAGE_CODE
        enqueue_on_commit("security.send_code", user.phone.pk, code, language)

    def send_unknown_account_sms(self, phone: str, **details: Any) -> None:
        """Nothing goes out; what happens before the answer is the same, so that it takes as long."""
        enqueue_on_commit("security.send_code", 0, self.generate_login_code(), get_language() or settings.LANGUAGE_CODE)

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Numbers are confirmed before they are kept."""

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Remember the device, and the language of the account where the device knows none."""
        response: HttpResponse = super().post_login(request, user, **details)
        if remind_of_second_step(request, user):
            response = redirect("security")
        devices.remember(response, user)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            set_language(response, user.language)
        return response

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Confirm an address; False when another account has taken it meanwhile."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            messages.error(request, self.error_messages["email_taken"])
            return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return devices.bucket(request, credentials.get("email", ""))


def remind_of_second_step(request: HttpRequest, user: Any) -> bool:
    """Tell somebody in office that a second step is missing and by when; whether the office rests already."""
    standing = staff_standing(user)
    if standing.rests:
        messages.warning(request, DomainError(SECOND_STEP_NEEDED).sentence)
    elif standing.until:
        day = formats.long_date(standing.until)
        messages.info(request, _("Set up a second step of signing in before %(day)s.") % {"day": day})
    return standing.rests


def set_language(response: HttpResponse, language: str) -> None:
    """Let the device read the site in a language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )
