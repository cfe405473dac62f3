"""Acting for a present person: in whose name, remembered once, claimed once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import RoleAssignment, User
from assistance import errors, matters
from assistance.domain import codes
from assistance.domain.acts import What
from assistance.models import Help
from assistance.rules import helping_office, name_of
from core import consents
from core.errors import NOT_ALLOWED, DomainError
from ledger.services import record
from places.models import Region
from residents.rules import verifying_offices

_CODE, _DIGEST = "assistance.code", "assistance.digest"


@dataclass(frozen=True)
class Helping:
    """A helper in an office, and who is helped.

    Args:
        helper: whose account it is.
        office: the office held, in whose name it is done.
        person: the account of the present person; None without one.
    """

    helper: User
    office: RoleAssignment
    person: User | None

    @property
    def desk(self) -> str:
        """As everybody reads it: "Kelurahan Slipi"."""
        return name_of(self.office)


def helping(*, actor: User, person: User | None, region: Region, field: str | None = None) -> Helping:
    """Whether the helper may act for the person in a matter of the region, and in whose name.

    Raises:
        DomainError: help_not_yourself, help_not_your_region, not_allowed.
    """
    if person is not None and person.pk == actor.pk:
        raise DomainError(errors.NOT_FOR_YOURSELF)
    office = helping_office(actor, region)
    if office is None:
        raise DomainError(errors.NOT_YOUR_REGION if verifying_offices(actor) else NOT_ALLOWED, field=field)
    return Helping(actor, office, person)


@transaction.atomic
def remember(
    *, by: Helping, what: What, region: Region, subject_type: str, subject_id: str, client_key: uuid.UUID | None = None
) -> Help:
    """Keep that an office acted for somebody, in the transaction of the act.

    Args:
        by: who, in whose name, for whom.
        what: the act.
        region: where the matter lies.
        subject_type: of the matter, as in the ledger.
        subject_id: its number or key.
        client_key: of the filing; gives the ticket of somebody without an account its code.
    """
    claimable = by.person is None and client_key is not None
    made = Help.objects.create(
        helper=by.helper,
        office=by.office.office,
        desk=by.desk,
        region=region,
        person=by.person,
        what=what,
        subject_type=subject_type,
        subject_id=subject_id,
        at=timezone.now(),
        code_digest=_digest(code_of(client_key)) if claimable and client_key else "",
    )
    # For whom and in what matter stays out of the ledger: its readers would learn who reported what.
    _record(by.helper, by.office.office, "assist.helped", made, {"what": str(what), "region": region.code})
    if by.person:
        consents.agree(by.person, "assisted", office=by.desk)
    return made


def code_of(client_key: uuid.UUID) -> str:
    """The code on a ticket; it follows from the filing, so that what is sent again gets the same paper."""
    digest = salted_hmac(_CODE, str(client_key), algorithm="sha256").digest()
    return codes.make(int.from_bytes(digest[:10], "big"))


@transaction.atomic
def claim(*, actor: User, code: str) -> Help:
    """Take over what was handed in for oneself without an account; once.

    Args:
        actor: who holds the ticket; not who wrote it.
        code: tidied.

    Raises:
        DomainError: claim_refused, the same for a code that never was and one that was used; help_not_yourself.
    """
    rows = Help.objects.select_for_update(of=("self",)).filter(code_digest=_digest(code))
    found = rows.first() if codes.is_code(code) else None
    if found is None or found.claimed_at is not None:
        raise DomainError(errors.CODE_REFUSED, field="kode")
    if found.helper_id == actor.pk:
        raise DomainError(errors.NOT_FOR_YOURSELF, field="kode")
    way = matters.way_of(found.subject_type)
    if way is None:
        raise DomainError(errors.CODE_REFUSED, field="kode")
    found.person, found.claimed_at = actor, timezone.now()
    found.save(update_fields=["person", "claimed_at"])
    way.claim(found.subject_id, actor)
    _record(actor, "", "assist.claimed", found, {"what": found.what})
    consents.agree(actor, "assisted", office=found.desk)
    return found


def _digest(code: str) -> str:
    return salted_hmac(_DIGEST, code, algorithm="sha256").hexdigest()


def _record(actor: User, office: str, verb: str, row: Help, payload: dict[str, object]) -> None:
    record(actor=actor, office=office, verb=verb, subject_type="assist", subject_id=row.pk, payload=dict(payload))
