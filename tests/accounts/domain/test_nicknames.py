from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.lookalikes import skeleton
from accounts.domain.nicknames import LONGEST, SHORTEST, NicknameProblem, problem, suggest, tidy


@pytest.mark.parametrize(
    "nickname",
    ["Sari", "Ibu Sari", "Warga Slipi 12", "Tono.", "O'Neil", "Siti-Nur", "José", "さくら花", "Kasim", "Sukarno"],
)
def test_what_people_call_themselves_is_accepted(nickname):
    assert problem(tidy(nickname)) is None


@pytest.mark.parametrize(
    "nickname",
    [
        *("Ibu Asuransi", "Babirusa", "Bajing Loncat", "Perekat Warga", "Kantil", "Kontur"),
        *("Sassy", "Scunthorpe", "Essex", "Dick Doang", "Bass Betot", "Matamua", "Tetekan", "Titik", "Anjani"),
        *("Bunga Memekar", "Analisa", "Cockroft", "Pantai", "Sitit Rahayu", "Lontera", "Warga Melati 455"),
    ],
)
def test_innocent_names_with_a_rude_word_in_them_are_accepted(nickname):
    assert problem(tidy(nickname)) is None


@pytest.mark.parametrize(
    "nickname",
    [
        *("Anjing", "4nj1ng", "A.N.J.I.N.G", "a n j i n g", "Anjiiing", "Si Goblok", "g0bl0k", "Pak B4bi", "Bangsat77"),
        *(
            "Kontol123",
            "k0nt0l",
            "Ng3nt0t",
            "fuckyou",
            "F u c k",
            "sh1t",
            "Ｂａｂｉ",
            "bäbi",
            "motherfucker",
            "si-tolol",
        ),
    ],
)
def test_words_that_hurt_are_refused_however_they_are_written(nickname):
    assert problem(tidy(nickname)) is NicknameProblem.OFFENSIVE


@pytest.mark.parametrize("nickname", ["Вudi", "Ibu Ѕari", "Ρak Budi", "Tonо", "Sаri 12", "Ꭺnna", "Saгi"])
def test_a_letter_of_another_alphabet_is_refused(nickname):
    assert problem(tidy(nickname)) is NicknameProblem.SCRIPTS


@pytest.mark.parametrize("nickname", ["Вера", "Дмитрий Иванов", "Γιώργος", "田中さくら", "김 Budi", "محمد", "Łukasz"])
def test_names_of_one_alphabet_are_accepted(nickname):
    assert problem(tidy(nickname)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            ("Budi", "Вudi"),
            ("Budi", "B.u-d i"),
            ("Iwan", "lwan"),
            ("Vera", "Ѵеrа"),
            ("Bepa", "Вера"),
            ("José", "Jose"),
        ),
        *(("Sari 10", "Sari IO"), ("Tono", "T0no"), ("Ana", "Αna"), ("Łukasz", "lukasz")),
    ],
)
def test_what_looks_the_same_has_one_skeleton(one, other):
    assert skeleton(tidy(one)) == skeleton(tidy(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Arni", "Ami"), ("lia", "ila"), ("Warga Melati 482", "Warga Melati 483"), ("Alia", "Alla"), ("Sari", "Sri")],
)
def test_names_of_different_people_have_different_skeletons(one, other):
    assert skeleton(tidy(one)) != skeleton(tidy(other))


@given(st.text(max_size=60))
def test_every_nickname_has_a_skeleton_that_fits(text):
    nickname = tidy(text)
    assert len(skeleton(nickname)) <= 160
    assert bool(skeleton(nickname)) == bool(nickname)


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
