"""Names as people write them, against all 267 kelurahan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import facts
from places.domain import names

KELURAHAN = [fact for fact in facts.regions() if fact.level == "kelurahan"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Kel. SLIPI", "slipi"),
        ("Kelurahan  Slípi,", "slipi"),
        ("RT 004/06 Jati Pulo", "jati pulo"),
        ("kel", "kel"),
        ("Kec.", "kec"),
        ("…!?", ""),
    ],
)
def test_folding(typed: str, text: str) -> None:
    assert names.folded(typed) == text


def test_the_key_holds_the_whole_name_its_words_and_what_lies_around() -> None:
    key = names.search_key("Pulau Pari", ["Kepulauan Seribu Selatan", "Jakarta Barat"])
    whole, words, around = key.split("|")
    assert whole.split() == ["pulaupari", "pulopari"]
    assert words.split() == ["pulau", "pari", "pulo", "pari"]
    assert {"seribu", "jakbar"} <= set(around.split())


@pytest.mark.parametrize("fact", KELURAHAN, ids=lambda fact: fact.code)
def test_every_kelurahan_is_found_however_its_name_is_run_together(fact: facts.RegionFact) -> None:
    for typed in (fact.short_name, fact.short_name.upper(), f"Kel. {names.joined(names.plain(fact.short_name))}"):
        texts = names.readings(typed)
        assert names.closeness(fact.search_key, texts) == 0


@given(st.text())
def test_folding_takes_any_text_and_folding_twice_changes_nothing(text: str) -> None:
    for reading in names.readings(text):
        assert names.plain(reading) == reading


@given(st.sampled_from(KELURAHAN), st.data())
def test_one_wrong_letter_is_forgiven(fact: facts.RegionFact, data: st.DataObject) -> None:
    letters = names.joined(names.common(names.plain(fact.short_name)))
    place = data.draw(st.integers(0, len(letters) - 1))
    missing = letters[:place] + letters[place + 1 :]
    if len(missing) >= 4 and names.common(missing) == missing:
        assert names.one_slip_away(fact.short_name, missing)


def test_two_wrong_letters_and_short_texts_are_not() -> None:
    assert not names.one_slip_away("Kemanggisan", "komangisen")
    assert not names.one_slip_away("Slipi", "sli")
    assert names.one_slip_away("Slipi", "silpi")
