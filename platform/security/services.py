"""What people change about how they sign in; the only place that writes it."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import services as accounts
from accounts.models import Role, User
from accounts.offices import forget_offices, offices_of
from core.errors import NOT_ALLOWED, DomainError
from core.permissions import may
from core.tasks import enqueue_on_commit
from ledger.services import record
from live.services import recheck_on_commit
from security import errors, passkeys, queries, senders
from security.models import Device, Phone

# By what people call them.
PROVIDERS = {"google": "Google", "facebook": "Facebook", "twitter_oauth2": "X"}
Type = Authenticator.Type
# Longer than a code of an app is taken (a period before and after).
_CODE_IS_SPENT_SECONDS = 120


def tell(user: User, event: str, detail: str = "") -> None:
    """Mail the owner what has changed, once it has."""
    enqueue_on_commit("security.tell", user.pk, event, detail)


@transaction.atomic
def add_app(*, actor: User, secret: str, code: str) -> User:
    """Set up an app that shows codes.

    Args:
        actor: the owner.
        secret: what the app was given.
        code: what the app shows now.

    Raises:
        DomainError: app_code_wrong, app_already, address_first.
    """
    user = _lock(actor)
    if Authenticator.objects.filter(user=user, type=Type.TOTP).exists():
        raise DomainError(errors.APP_ALREADY)
    if not validate_totp_code(secret, code):
        raise DomainError(errors.APP_CODE_WRONG, field="code")
    # The code that proved the app is not good for signing in as well.
    _spend(user, code)
    had_one = queries.has_factor(user)
    TOTP.activate(user, secret)
    return _after_adding(actor, user, had_one, "app_added")


@transaction.atomic
def add_passkey(*, actor: User, name: str, raw: str) -> User:
    """Add a passkey.

    Args:
        actor: the owner.
        name: by which the owner knows it again; may be empty.
        raw: the browser's answer.

    Raises:
        DomainError: passkey_refused, passkeys_enough, address_first.
    """
    from allauth.mfa.webauthn.internal.auth import WebAuthn

    user = _lock(actor)
    count = Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).count()
    if count >= passkeys.MOST:
        raise DomainError(errors.PASSKEYS_ENOUGH)
    credential = passkeys.made(raw)
    had_one = queries.has_factor(user)
    WebAuthn.add(user, passkeys.name_for(name, count), credential)
    return _after_adding(actor, user, had_one, "passkey_added")


@transaction.atomic
def remove_factor(*, actor: User, key: int) -> bool:
    """Remove an app or a passkey; recovery codes go with the last one. False when there is no such."""
    user = _lock(actor)
    found = Authenticator.objects.filter(user=user, pk=key).exclude(type=Type.RECOVERY_CODES).first()
    if found is None:
        return False
    found.delete()
    if not queries.has_factor(user):
        Authenticator.objects.filter(user=user).delete()
    forget_offices(actor)
    recheck_on_commit(user.pk)
    tell(user, "app_removed" if found.type == Type.TOTP else "passkey_removed")
    return True


@transaction.atomic
def renew_codes(*, actor: User) -> None:
    """Make new recovery codes; the old ones are worth nothing.

    Raises:
        DomainError: no_factor.
    """
    user = _lock(actor)
    if not queries.has_factor(user):
        raise DomainError(errors.NO_FACTOR)
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    tell(user, "codes_made")


@transaction.atomic
def help_in(*, actor: User, person: User, how: str) -> None:
    """Remove the second steps of somebody who has lost them all; a code from the e-mail opens the account again.

    Args:
        actor: an admin; never the person.
        person: whose account it is; hears of it by e-mail and is signed out everywhere.
        how: how the admin knows that it is the person, one of How.

    Raises:
        DomainError: not_allowed, nothing_to_help.
    """
    if not may(actor, "security.help", person):
        raise DomainError(NOT_ALLOWED)
    user = User.objects.select_for_update().get(pk=person.pk)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise DomainError(errors.NOTHING_TO_HELP, field="person")
    office = next((held.office for held in offices_of(actor) if held.role == Role.ADMIN), "")
    payload = {"user": user.pk, "how": how}
    record(
        actor=actor,
        office=office,
        verb="second_step.removed",
        subject_type="account",
        subject_id=user.pk,
        payload=payload,
    )
    forget_offices(person)
    accounts.sign_out_elsewhere(actor=user)
    tell(user, "helped")


def take_code(*, user: User, code: str) -> Authenticator | None:
    """The app or the recovery codes that a code belongs to; None when it is wrong or was used before."""
    for factor in Authenticator.objects.filter(user=user, type__in=[Type.TOTP, Type.RECOVERY_CODES]).order_by("-type"):
        known = factor.wrap()
        if known.validate_code(code) and (factor.type != Type.TOTP or _spend(user, code)):
            factor.user = user
            if factor.type == Type.RECOVERY_CODES:
                tell(user, "code_used", str(len(known.get_unused_codes())))
            return factor
    return None


@transaction.atomic
def end_session(*, actor: User, device: int) -> bool:
    """Sign out one device of one's own; False when it is not signed in."""
    found = Device.objects.filter(user=actor, pk=device).first()
    if found is None:
        return False
    queries.session_store()(found.session_key).delete()
    found.delete()
    recheck_on_commit(actor.pk)
    return True


def send_code(*, number: str, code: str, language: str) -> None:
    """Carry a code to a phone now.

    Raises:
        DomainError: phone_not_sent.
    """
    carrier = senders.sender()
    with translation.override(language):
        text = _("%(code)s is your code for Rembuk. It is valid for 15 minutes. Tell it to nobody.") % {"code": code}
    try:
        if carrier is None:
            raise senders.NotSentError
        carrier.send(number=number, text=text, code=code, language=language)
    except senders.NotSentError:
        raise DomainError(errors.PHONE_NOT_SENT, field="number") from None


@transaction.atomic
def confirm_phone(*, actor: User, number: str) -> None:
    """Keep a number whose code was right; it replaces an older one.

    Raises:
        DomainError: phone_taken.
    """
    try:
        with transaction.atomic():
            Phone.objects.update_or_create(user=actor, defaults={"number": number, "confirmed": timezone.now()})
    except IntegrityError:
        raise DomainError(errors.PHONE_TAKEN) from None
    tell(actor, "phone_confirmed")


@transaction.atomic
def remove_phone(*, actor: User) -> None:
    """Forget the number.

    Raises:
        DomainError: last_way_in, for accounts without a confirmed address.
    """
    user = User.objects.select_for_update().get(pk=actor.pk)
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        raise DomainError(errors.LAST_WAY_IN)
    if Phone.objects.filter(user=user).delete()[0]:
        tell(user, "phone_removed")


@transaction.atomic
def connect(*, actor: User, provider: str, uid: str) -> None:
    """Connect an account elsewhere, with which its owner then signs in; again is harmless.

    Raises:
        DomainError: social_taken, when it belongs to somebody else here.
    """
    try:
        with transaction.atomic():
            found, made = SocialAccount.objects.get_or_create(provider=provider, uid=uid, defaults={"user": actor})
    except IntegrityError:
        raise DomainError(errors.SOCIAL_TAKEN) from None
    if found.user_id != actor.pk:
        raise DomainError(errors.SOCIAL_TAKEN)
    if made:
        tell(actor, "connected", PROVIDERS[provider])


@transaction.atomic
def disconnect(*, actor: User, key: int) -> bool:
    """Let go of a connected account; False when there is no such.

    Raises:
        DomainError: last_way_in, for accounts that no code reaches.
    """
    user = User.objects.select_for_update().get(pk=actor.pk)
    found = SocialAccount.objects.filter(user=user, pk=key).first()
    if found is None:
        return False
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        raise DomainError(errors.LAST_WAY_IN)
    found.delete()
    tell(user, "disconnected", PROVIDERS[found.provider])
    return True


def forget_ended(*, now: datetime) -> int:
    """Devices whose session has ended; for tick. Returns how many went."""
    alive = Device.objects.signed_in().values("pk")
    keys = list(Device.objects.exclude(pk__in=alive).values_list("pk", flat=True)[:1000])
    Device.objects.filter(pk__in=keys).delete()
    return len(keys)


def _lock(actor: User) -> User:
    user = User.objects.select_for_update().get(pk=actor.pk)
    if EmailAddress.objects.filter(user=user, email=user.email, verified=False).exists():
        # Else a stranger could lock the owner of an address out of it for ever.
        raise DomainError(errors.ADDRESS_FIRST)
    return user


def _after_adding(actor: User, user: User, had_one: bool, event: str) -> User:
    RecoveryCodes.activate(user)
    forget_offices(actor)
    tell(user, event)
    # Sessions from before the first second step have not passed one.
    return user if had_one else accounts.sign_out_elsewhere(actor=user)


def _spend(user: User, code: str) -> bool:
    digits = "".join(filter(str.isdigit, code))
    return cache.add(f"security.code:{user.pk}:{digits}", 1, timeout=_CODE_IS_SPENT_SECONDS)
