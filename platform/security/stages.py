"""What allauth asks between the first step of signing in and the open door."""

from __future__ import annotations

from allauth.account.stages import EmailVerificationStage, LoginStage
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import redirect

from security.proof import came_by_passkey

KEY = "second_step"


class AddressStage(EmailVerificationStage):
    """A confirmed address, of who has one."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Ask for the confirmation, unless the account has no address at all."""
        user = self.login.user
        if user is not None and not user.email:
            return None, True
        asked: tuple[HttpResponse | None, bool] = super().handle()
        return asked


class SecondStepStage(LoginStage):
    """Asks for the second step where one is set up. (allauth's own would load all of fido2 at every sign-in.)"""

    key = KEY
    urlname = "security_second_step"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Stop here unless the person has no second step, or came by a passkey, which is both steps in one."""
        user = self.login.user
        if user is None or came_by_passkey(self.request, user):
            return None, True
        factors = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return (redirect(self.urlname), True) if factors.exists() else (None, True)
