"""Cards: made at a desk for people without an e-mail address. A PIN lives in these calls and on paper alone."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.domain import nicknames
from accounts.models import RoleAssignment, User
from assistance import errors
from assistance.domain import cards
from assistance.domain.acts import What
from assistance.models import Card
from assistance.rules import area_of, name_of, renewing_office
from assistance.services.acts import Helping, remember
from core import consents
from core.errors import NOT_ALLOWED, DomainError
from ledger.services import record
from live.services import recheck_on_commit
from places.models import Region
from residents.queries import residency_of
from residents.rules import verifying_offices
from residents.services import read_card

ATTEMPTS = 20


@sensitive_variables("pin")
@transaction.atomic
def open_with_card(*, actor: User, language: str, client_key: uuid.UUID) -> tuple[Card, str]:
    """Open an account without an e-mail address for somebody who is present.

    Args:
        actor: an officer of a kelurahan's desk, or a facilitator.
        language: "id" or "en", of pages and of the card.
        client_key: of the form; the same form sent twice makes one card.

    Returns:
        The card, and the PIN in clear, which is kept nowhere.

    Raises:
        DomainError: not_allowed, card_made_already.
    """
    offices = verifying_offices(actor)
    if not offices:
        raise DomainError(NOT_ALLOWED)
    office, region = offices[0], _region_of(offices[0])
    if Card.objects.filter(client_key=client_key).exists():
        raise DomainError(errors.CARD_MADE_ALREADY)
    user, pin, now = _new_account(language), cards.make_pin(secrets.randbelow), timezone.now()
    card = _insert(
        user=user,
        pin_hash=make_password(pin),
        client_key=client_key,
        made_by=actor,
        desk=name_of(office),
        region=region,
        made_at=now,
        pin_at=now,
    )
    consents.agree(user, "terms", office=name_of(office))
    _remember(actor, office, user, What.CARD, region)
    return card, pin


def _new_account(language: str) -> User:
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                nickname = nicknames.suggest(secrets.randbits(64))
                return User.objects.create_user(None, nickname=nickname, language=language)
        except IntegrityError:
            continue
    raise RuntimeError("no free nickname found")


def _insert(**fields: Any) -> Card:
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return Card.objects.create(number=cards.make_number(secrets.randbelow), **fields)
        except IntegrityError:
            if Card.objects.filter(client_key=fields["client_key"]).exists():
                raise DomainError(errors.CARD_MADE_ALREADY) from None
    raise RuntimeError("no free card number found")


@sensitive_variables("nik", "pin")
@transaction.atomic
def new_pin(*, actor: User, card: Card, nik: str = "") -> str:
    """A new PIN for somebody who lost theirs: the old one and every open session end.

    Args:
        actor: an officer or facilitator where the card was made.
        card: whose number the person shows.
        nik: of a verified resident, who must be the same person as then.

    Returns:
        The PIN in clear, which is kept nowhere.

    Raises:
        DomainError: card_elsewhere, card_has_email, card_of_resident, nik_*, help_not_yourself, not_allowed.
    """
    user = User.objects.select_for_update().get(pk=card.user_id)
    if user.pk == actor.pk:
        raise DomainError(errors.NOT_FOR_YOURSELF)
    office = renewing_office(actor, card.region)
    if office is None:
        raise DomainError(errors.CARD_ELSEWHERE if verifying_offices(actor) else NOT_ALLOWED, field="nomor")
    if user.email:
        raise DomainError(errors.CARD_HAS_EMAIL, field="nomor")
    held = residency_of(user)
    if held is not None and held.fingerprint not in (
        read_card(nik=nik, of_a_hundred=False).fingerprints if nik else ()
    ):
        raise DomainError(errors.CARD_OF_RESIDENT, field="nik")
    pin = cards.make_pin(secrets.randbelow)
    _set_pin(card, user, pin)
    _remember(actor, office, user, What.PIN, card.region)
    return pin


@sensitive_variables("current", "wanted")
@transaction.atomic
def change_pin(*, actor: User, current: str, wanted: str) -> User:
    """Choose one's own PIN; every other session ends.

    Raises:
        DomainError: no_such_card, pin_wrong, pin_length, pin_simple.
    """
    user = User.objects.select_for_update().get(pk=actor.pk)
    card = Card.objects.filter(user=user).first()
    if card is None:
        raise DomainError(errors.NO_SUCH_CARD)
    if not check_password(current, card.pin_hash):
        raise DomainError(errors.PIN_WRONG, field="current")
    if problem := cards.pin_problem(wanted, card.number):
        raise DomainError(problem, field="wanted")
    _set_pin(card, user, wanted)
    record(actor=actor, verb="account.pin_changed", subject_type="account", subject_id=user.pk)
    return user


@transaction.atomic
def end_card(*, actor: User) -> None:
    """End one's own card; its number never signs in again.

    Raises:
        DomainError: card_last_way without an e-mail address.
    """
    user = User.objects.select_for_update().get(pk=actor.pk)
    if not user.email:
        raise DomainError(errors.CARD_LAST_WAY)
    if Card.objects.filter(user=user).delete()[0]:
        record(actor=actor, verb="account.card_ended", subject_type="account", subject_id=user.pk)
        recheck_on_commit(user.pk)


@sensitive_variables("pin")
def owner_of(*, number: str, pin: str, known_device: bool = False) -> User:
    """Whose card it is.

    The answer and the work are the same for numbers that do not exist, wrong PINs, locked cards and closed
    accounts. Not one transaction: a try counts before it is judged, so that many at once are counted right.

    Args:
        number: of the card, tidied.
        pin: tidied.
        known_device: has signed in with this card before; limited by the caller and not locked out by strangers.

    Raises:
        DomainError: card_refused.
    """
    card = Card.objects.filter(number=number).select_related("user").first()
    counted = known_device
    if card and not known_device:
        counted = bool(Card.objects.filter(pk=card.pk, tries__lt=cards.TRIES).update(tries=F("tries") + 1))
    right = check_password(pin, card.pin_hash) if card else not make_password(pin)
    if not (card and right and counted and card.user.is_active):
        raise DomainError(errors.CARD_REFUSED, field="pin")
    Card.objects.filter(pk=card.pk, tries__gt=0).update(tries=0)
    return card.user


@sensitive_variables("pin")
def is_pin(card: Card, pin: str) -> bool:
    """Whether this is the card's PIN now; for printing what was just made."""
    return check_password(pin, card.pin_hash)


def _set_pin(card: Card, user: User, pin: str) -> None:
    Card.objects.filter(pk=card.pk).update(pin_hash=make_password(pin), tries=0, pin_at=timezone.now())
    user.session_round += 1
    user.save(update_fields=["session_round"])
    recheck_on_commit(user.pk)


def _region_of(office: RoleAssignment) -> Region:
    return Region.objects.get(code=area_of(office))


def _remember(actor: User, office: RoleAssignment, user: User, what: What, region: Region) -> None:
    remember(by=Helping(actor, office, user), what=what, region=region, subject_type="account", subject_id=str(user.pk))
