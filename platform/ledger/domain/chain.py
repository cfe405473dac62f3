"""The chain of hashes: each entry of a subject seals all entries before it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """What is sealed of an entry.

    Args:
        seq: 1, 2, 3 ... within the subject.
        at: when, with time zone.
        actor: the sealed account that acted, from `actor_seal`.
        office: in whose name, e.g. "Kasi Ekbang, Kelurahan Slipi"; empty for citizens.
        verb: what happened, e.g. "report.validated".
        payload: ids, codes and hashes; never people's text.
    """

    subject_type: str
    subject_id: str
    seq: int
    at: datetime
    actor: str
    office: str
    verb: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Sealed:
    """A link with the two hashes that were stored beside it."""

    link: Link
    previous: str
    digest: str


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold, and why."""

    seq: int
    why: str


def new_salt() -> str:
    """A fresh salt for one entry, 32 hex digits."""
    return secrets.token_hex(16)


def actor_seal(actor_id: int | None, salt: str) -> str:
    """What stands for an account in the sealed and public part of an entry.

    SHA-256 over the entry's own salt and the account. Whoever knows both can check who acted;
    whoever does not can neither find the account nor see that two entries are of the same one.

    Args:
        actor_id: None for the system and for guests.
        salt: of this entry, never public.
    """
    return hashlib.sha256(f"{salt}:{'' if actor_id is None else actor_id}".encode()).hexdigest()


def content(link: Link, previous: str) -> list[Any]:
    """What the hash of an entry is made of, in this order; also what the public may recompute it from."""
    return [
        previous,
        link.subject_type,
        link.subject_id,
        link.seq,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.actor,
        link.office,
        link.verb,
        link.payload,
    ]


def seal(link: Link, previous: str) -> str:
    """The hash of an entry: SHA-256 over its content as canonical JSON in UTF-8, in hex.

    Canonical: no spaces, keys in order, letters beyond ASCII as they are.
    """
    body = json.dumps(content(link, previous), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def first_break(entries: Iterable[Sealed], length: int, head: str) -> Break | None:
    """The first place where a subject's chain does not hold.

    Args:
        entries: in order of seq.
        length: how many entries the chain is known to have.
        head: the hash it is known to end with.

    Returns:
        None when it holds from the first entry to the head.
    """
    previous, seq = GENESIS, 0
    for entry in entries:
        seq += 1
        if entry.link.seq != seq:
            return Break(seq, "an entry is missing")
        if entry.previous != previous:
            return Break(seq, "it does not follow the entry before it")
        if seal(entry.link, previous) != entry.digest:
            return Break(seq, "its content was changed")
        previous = entry.digest
    if seq != length or previous != head:
        return Break(seq + 1, "the end of the chain is missing")
    return None
