"""The chain of hashes as mathematics: whatever is changed, left out or moved, it shows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.chain import GENESIS, Link, Sealed, actor_seal, first_break, new_salt, seal

texts = st.text(max_size=12)
payloads = st.dictionaries(texts, st.one_of(texts, st.integers(-9, 9), st.booleans(), st.none()), max_size=3)


@st.composite
def chains(draw: Any) -> list[Sealed]:
    found: list[Sealed] = []
    previous = GENESIS
    for seq in range(1, draw(st.integers(1, 6)) + 1):
        moment = draw(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  the strategy wants it naive
        link = Link("report", "K7M2", seq, moment, draw(texts), draw(texts), draw(texts), draw(payloads))
        found.append(Sealed(link, previous, seal(link, previous)))
        previous = found[-1].digest
    return found


@given(chains())
def test_what_was_sealed_holds(entries: list[Sealed]) -> None:
    assert first_break(entries, len(entries), entries[-1].digest) is None


@given(chains(), st.data())
def test_every_change_shows_at_its_place(entries: list[Sealed], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    link = entries[at].link
    changed = data.draw(
        st.sampled_from(
            [
                replace(link, office=link.office + "x"),
                replace(link, verb=link.verb + "x"),
                replace(link, actor=link.actor + "x"),
                replace(link, subject_id="other"),
                replace(link, payload=link.payload | {"more": 1}),
                replace(link, at=link.at.replace(year=link.at.year + 1, day=1)),
            ]
        )
    )
    tampered = [*entries[:at], replace(entries[at], link=changed), *entries[at + 1 :]]
    broken = first_break(tampered, len(entries), entries[-1].digest)
    assert broken is not None
    assert broken.seq == at + 1


@given(chains(), st.data())
def test_what_is_left_out_or_swapped_shows(entries: list[Sealed], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    without = entries[:at] + entries[at + 1 :]
    assert first_break(without, len(entries), entries[-1].digest) is not None
    if len(entries) > 1:
        turned = entries[::-1]
        assert first_break(turned, len(entries), turned[-1].digest) is not None


def test_the_seal_of_a_link_worked_out_by_hand() -> None:
    link = Link(
        "report", "K7M2", 1, datetime(2026, 11, 24, tzinfo=UTC), "", "Kasi Ékbang", "report.file", {"b": 1, "a": 2}
    )
    body = (
        '["' + "0" * 64 + '","report","K7M2",1,"2026-11-24T00:00:00.000000+00:00","","Kasi Ékbang",'
        '"report.file",{"a":2,"b":1}]'
    )
    assert seal(link, GENESIS) == hashlib.sha256(body.encode()).hexdigest()


def test_the_same_account_looks_different_in_every_entry() -> None:
    assert actor_seal(7, new_salt()) != actor_seal(7, new_salt())
    assert actor_seal(7, "ab") == actor_seal(7, "ab") != actor_seal(None, "ab")
