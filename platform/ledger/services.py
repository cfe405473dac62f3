"""Writing into the ledger: one act, one entry, inside the transaction of the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from ledger.domain.chain import GENESIS, Link, actor_seal, new_salt, seal
from ledger.models import Chain, Entry


class Actor(Protocol):
    """Anybody with an account; None stands for the system and for guests."""

    pk: Any


@transaction.atomic
def record(
    *,
    actor: Actor | None,
    office: str = "",
    verb: str,
    subject_type: str,
    subject_id: str | int,
    payload: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Add an act to the chain of its subject, inside the caller's transaction.

    Args:
        actor: whose account acted; None for the system and for guests.
        office: in whose name, as the public reads it.
        verb: what happened, e.g. "report.validated".
        subject_type: e.g. "report".
        subject_id: its public number or key.
        payload: ids, codes and hashes; never people's text, so that erasure and append-only do not fight.
        at: when; now by default.

    Returns:
        The entry with its hash.
    """
    subject = {"subject_type": subject_type, "subject_id": str(subject_id)}
    Chain.objects.get_or_create(**subject, defaults={"head": GENESIS})
    chain = Chain.objects.select_for_update().get(**subject)
    actor_id, salt = actor.pk if actor else None, new_salt()
    link = Link(
        **subject,
        seq=chain.length + 1,
        at=at or timezone.now(),
        actor=actor_seal(actor_id, salt),
        office=office,
        verb=verb,
        payload=payload or {},
    )
    digest = seal(link, chain.head)
    entry = Entry.objects.create(
        **subject,
        seq=link.seq,
        at=link.at,
        actor_id=actor_id,
        actor_salt=salt,
        office=office,
        verb=verb,
        payload=link.payload,
        previous=chain.head,
        digest=digest,
    )
    chain.length, chain.head = link.seq, digest
    chain.save(update_fields=["length", "head"])
    return entry


@dataclass(frozen=True)
class Act:
    """What `record` takes, as a value; for writing the past of many subjects at once."""

    actor: Actor | None
    office: str
    verb: str
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def record_many(*, subject_type: str, acts: dict[str, Sequence[Act]]) -> None:
    """Write whole chains of subjects that have none yet, in two statements (imports and the demo).

    Args:
        subject_type: e.g. "report".
        acts: by the subject's public number or key, in the order of time.

    Raises:
        IntegrityError: a subject has a chain already; nothing is written.
    """
    chains, entries = [], []
    for subject_id, its in acts.items():
        subject = {"subject_type": subject_type, "subject_id": subject_id}
        head = GENESIS
        for seq, act in enumerate(its, start=1):
            entry = Entry(
                **subject,
                seq=seq,
                at=act.at,
                actor_id=act.actor.pk if act.actor else None,
                actor_salt=new_salt(),
                office=act.office,
                verb=act.verb,
                payload=act.payload,
                previous=head,
            )
            head = entry.digest = seal(entry.sealed().link, head)
            entries.append(entry)
        chains.append(Chain(**subject, length=len(its), head=head))
    Chain.objects.bulk_create(chains)
    Entry.objects.bulk_create(entries)
