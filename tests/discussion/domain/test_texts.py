from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.domain import texts
from discussion.domain.kinds import LONGEST, Kind
from discussion.domain.texts import Problem
from discussion.domain.words import HARSH


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kapan   dikuras? \r\n\r\n\r\n\r\nKami bantu.  ", "Kapan   dikuras?\n\nKami bantu."),
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("👩\u200d🔧 datang", "👩\u200d🔧 datang"),
        ("satu\u2028dua\tt", "satu\ndua t"),
    ],
)
def test_what_looks_the_same_is_kept_the_same(typed: str, kept: str) -> None:
    assert texts.tidy(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing(typed: str) -> None:
    once = texts.tidy(typed)
    assert texts.tidy(once) == once


@pytest.mark.parametrize(
    ("text", "kind", "problem"),
    [
        ("", Kind.INFORMATION, Problem.EMPTY),
        ("\u0301", Kind.THANKS, Problem.EMPTY),
        ("x", Kind.QUESTION, Problem.EMPTY),
        ("a" * (LONGEST + 1), Kind.INFORMATION, Problem.LONG),
        ("Tidak setuju", Kind.OBJECTION, Problem.OBJECTION_SHORT),
        ("Tidak setuju, jalannya jadi sempit", Kind.OBJECTION, None),
        ("KAPAN INI DIKERJAKAN PAK LURAH", Kind.QUESTION, Problem.CAPITALS),
        ("PLN dan RT 004", Kind.INFORMATION, None),
        ("👍", Kind.SUPPORT, Problem.EMPTY),
        ("👍👍", Kind.SUPPORT, None),
    ],
)
def test_what_cannot_be_taken(text: str, kind: Kind, problem: Problem | None) -> None:
    assert texts.problem(text, kind) == problem


@pytest.mark.parametrize("text", ["lihat https://contoh.id/a", "www.contoh.id", "beli di murah.shop ya"])
def test_links_are_seen(text: str) -> None:
    assert texts.has_link(text)


@pytest.mark.parametrize("text", ["jam 07.30 di pos.", "RT.004/RW.06", "dll.kalau bisa"])
def test_dots_are_not_links(text: str) -> None:
    assert not texts.has_link(text)


@pytest.mark.parametrize("text", ["Dasar GOBLOK!", "g o b l o k", "gobloook", "g0bl0k kamu"])
def test_harsh_words_are_heard(text: str) -> None:
    assert texts.contains(text, HARSH)


@pytest.mark.parametrize(
    "text", ["Pohon tumbang", "babinsa datang", "Anjungan air", "membunuhnya waktu", "begonia di taman"]
)
def test_harmless_words_are_left_alone(text: str) -> None:
    assert not texts.contains(text, HARSH)


def test_the_same_said_otherwise_has_the_same_mark() -> None:
    assert texts.mark("Kapan dikuras??") == texts.mark("kapan  DIKURAS")
    assert texts.mark("Kapan dikuras") != texts.mark("Kapan diperbaiki")


def test_mentions_are_few_and_each_once() -> None:
    text = "@Ibu Sari dan @Tono, juga @Tono; tulis ke rt04@contoh.id " + " ".join(f"@w{n}." for n in range(9))
    found = texts.mentions(text)
    assert found[0].startswith("Ibu Sari")
    assert "contoh" not in " ".join(found)
    assert len(found) == texts.MENTIONS
