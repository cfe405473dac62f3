from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.nicknames import LONGEST, SHORTEST, NicknameProblem, problem, suggest, tidy


@pytest.mark.parametrize(
    "nickname",
    ["Sari", "Ibu Sari", "Warga Slipi 12", "Tono.", "O'Neil", "Siti-Nur", "José", "さくら花", "Kasim", "Sukarno"],
)
def test_what_people_call_themselves_is_accepted(nickname):
    assert problem(tidy(nickname)) is None


@pytest.mark.parametrize(
    ("nickname", "expected"),
    [
        ("ab", NicknameProblem.SHORT),
        ("a" * 41, NicknameProblem.LONG),
        ("<b>Sari</b>", NicknameProblem.CHARACTERS),
        ("sari@example.com", NicknameProblem.CHARACTERS),
        ("...", NicknameProblem.CHARACTERS),
        ("🙂", NicknameProblem.CHARACTERS),
        ("a🙂", NicknameProblem.CHARACTERS),
        ("", NicknameProblem.SHORT),
        ("Kasi Ekbang", NicknameProblem.OFFICIAL),
        ("KELURAHAN Slipi", NicknameProblem.OFFICIAL),
        ("Admin", NicknameProblem.OFFICIAL),
        ("admin2", NicknameProblem.OFFICIAL),
        ("4dm1n", NicknameProblem.OFFICIAL),
        ("Ｐｅｍｐｒｏｖ DKI", NicknameProblem.OFFICIAL),
        ("K.a.s.i", NicknameProblem.OFFICIAL),
        ("Lurah-Slipi", NicknameProblem.OFFICIAL),
        ("Wali Kota", NicknameProblem.OFFICIAL),
        ("Pak RT", NicknameProblem.OFFICIAL),
        ("Rembuk", NicknameProblem.OFFICIAL),
    ],
)
def test_what_could_mislead_or_break_is_refused(nickname, expected):
    assert problem(tidy(nickname)) is expected


def test_invisible_characters_cannot_make_a_second_ibu_sari():
    assert tidy("Ibu\u200b\u00a0 Sari\x00\u202e") == "Ibu Sari"


@given(st.text(max_size=60))
def test_whatever_is_accepted_is_plain_and_stays_the_same_when_tidied_again(text):
    nickname = tidy(text)
    assert tidy(nickname) == nickname
    if problem(nickname) is None:
        assert SHORTEST <= len(nickname) <= LONGEST
        assert not set(nickname) & set('<>&"/\\{}@\n\t\x00')


@given(st.integers(min_value=0, max_value=2**64))
def test_every_suggestion_may_be_used(seed):
    assert problem(suggest(seed)) is None
    assert suggest(seed) == suggest(seed)
