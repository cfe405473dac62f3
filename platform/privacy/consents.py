"""Keeping what people agreed to, and the text that everybody agrees to who opens an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import consents
from core.consents import Kind
from core.errors import DomainError
from privacy import errors
from privacy.models import Consent

TERMS = "terms"
# Another one whenever the page /privasi/ says something new; everybody is asked again, and can read on meanwhile.
TERMS_VERSION = "2026-11"
SESSION_KEY = "terms"


def register_all() -> None:
    """Fill the registry; called once at start."""
    consents.keep_with(keep)
    consents.register(
        TERMS,
        version=TERMS_VERSION,
        title=_("Your account"),
        text=_("I have read how Rembuk handles my data, and open an account."),
    )


@transaction.atomic
def keep(*, person: Any, kind: str, version: str, agreed: bool, office: str) -> None:
    """Write down what was said, unless the newest row says it already."""
    User.objects.select_for_update().get(pk=person.pk)
    newest = Consent.objects.filter(user_id=person.pk, kind=kind).order_by("-at", "-pk").first()
    if newest is None and not agreed:
        return
    if newest is None or (newest.version, newest.agreed) != (version, agreed):
        Consent.objects.create(
            user_id=person.pk, kind=kind, version=version, agreed=agreed, office=office, at=timezone.now()
        )


def asks_anew(session: Any) -> bool:
    """Whether a session does not know the newest text yet; costs no query."""
    return bool(session.get(SESSION_KEY) != TERMS_VERSION)


def agree_to_terms(*, actor: User, session: Any) -> None:
    """Somebody agrees to the newest text of what everybody agrees to; again is harmless."""
    consents.agree(actor, TERMS)
    session[SESSION_KEY] = TERMS_VERSION


@transaction.atomic
def withdraw(*, actor: User, name: str) -> Kind:
    """Take a yes back; what it began is stopped by its app in the same transaction.

    Raises:
        DomainError: consent_stays, for a kind that only ends with the account, or that nobody knows.
    """
    kind = consents.kinds().get(name)
    if kind is None or kind.withdraw is None:
        raise DomainError(errors.CONSENT_STAYS)
    kind.withdraw(actor)
    consents.withdraw(actor, name)
    return kind


@receiver(user_logged_in)
def _remember_terms(sender: Any, request: Any, user: Any, **details: Any) -> None:
    """The sign-in page says that who opens an account agrees; the session then knows to which version."""
    newest = Consent.objects.filter(user=user, kind=TERMS).order_by("-at", "-pk").first()
    if newest is None:
        consents.agree(user, TERMS)
    if request is not None:
        request.session[SESSION_KEY] = newest.version if newest else TERMS_VERSION
