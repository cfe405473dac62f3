"""Routing, proofs, deadlines, numbers, intake, privacy: rules without a database."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain.geo import distance_m
from reports.domain import deadlines, intake, numbers, privacy
from reports.domain.deadlines import DayDoubt
from reports.domain.proof import Doubt, Proof, doubts
from reports.domain.routing import Case, Destination, Rule, Size, covers, matches, never_match, route

CATEGORIES = ["got", "jalan", "lampu"]
REGIONS = ["31", "31.73", "31.73.07", "31.73.07.1002", "31.71.06.1003"]
KELURAHAN = ["31.73.07.1002", "31.71.06.1003"]


def a_rule(pk: int, category=None, region=None, size=None) -> Rule:
    return Rule(pk, pk * 10, category, region, size, Destination.DESK)


some_rules = st.lists(
    st.tuples(
        st.sampled_from([None, *CATEGORIES]),
        st.sampled_from([None, *REGIONS]),
        st.sampled_from([None, *Size]),
    ),
    max_size=12,
).map(lambda rows: [a_rule(pk, *row) for pk, row in enumerate(rows, 1)])
some_case = st.builds(
    Case, category=st.sampled_from(CATEGORIES), region=st.sampled_from(KELURAHAN), size=st.sampled_from(list(Size))
)


def test_the_first_rule_that_matches_decides() -> None:
    rules = [a_rule(2, "got"), a_rule(1, "got", "31.73"), a_rule(3)]
    assert route(rules, Case("got", "31.73.07.1002", Size.SMALL)).pk == 1
    assert route(rules, Case("got", "31.71.06.1003", Size.SMALL)).pk == 2
    assert route(rules, Case("lampu", "31.71.06.1003", Size.SMALL)).pk == 3
    assert route(rules[:2], Case("lampu", "31.71.06.1003", Size.SMALL)) is None


def test_an_unusual_day_for_the_work_has_its_reasons() -> None:
    monday, saturday = date(2026, 11, 23), date(2026, 11, 28)
    christmas, due = date(2026, 12, 25), date(2026, 11, 27)
    against = partial(deadlines.doubts_about, today=monday, holidays=frozenset({christmas}))
    assert against(due, due) == []
    assert against(saturday, saturday) == [DayDoubt.WEEKEND]
    assert against(saturday, due) == [DayDoubt.WEEKEND, DayDoubt.AFTER_DUE]
    assert against(christmas, due) == [DayDoubt.HOLIDAY, DayDoubt.AFTER_DUE]
    # What is late already cannot be planned in time.
    assert against(due, date(2026, 11, 20)) == []


def test_a_region_code_is_not_taken_for_the_beginning_of_another() -> None:
    assert not matches(a_rule(1, None, "31.7"), Case("got", "31.73.07.1002", Size.SMALL))


@given(some_rules, some_case)
def test_a_rule_that_never_matches_decides_no_case(rules, case) -> None:
    found = route(rules, case)
    assert found is None or found.pk not in never_match(rules)


@given(some_rules, some_case)
def test_whoever_covers_a_rule_matches_all_its_cases(rules, case) -> None:
    for wide in rules:
        for narrow in rules:
            if covers(wide, narrow) and matches(narrow, case):
                assert matches(wide, case)


def test_the_rule_that_takes_all_cases_is_named() -> None:
    assert never_match([a_rule(1, "got"), a_rule(2, "got", "31.73"), a_rule(3, "lampu")]) == {2: 1}


NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
GOOD = Proof(seen_elsewhere=False, like_before=False, metres_away=20.0, taken=NOON)


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ({"seen_elsewhere": True}, Doubt.SEEN_BEFORE),
        ({"like_before": True}, Doubt.LIKE_BEFORE_PHOTO),
        ({"metres_away": 100.1}, Doubt.FAR_AWAY),
        ({"taken": datetime(2026, 11, 20, tzinfo=UTC)}, Doubt.TOO_EARLY),
        ({"readable": False}, Doubt.UNREADABLE),
    ],
)
def test_one_doubtful_photo_is_enough(change, doubt) -> None:
    validated = datetime(2026, 11, 22, tzinfo=UTC)
    assert doubts([GOOD], validated) == ()
    assert doubts([GOOD, Proof(**(vars(GOOD) | change))], validated) == (doubt,)


def test_a_photo_that_tells_neither_place_nor_time_is_not_doubted_for_it() -> None:
    assert doubts([Proof(False, False, None, None)], NOON) == ()
    assert doubts([Proof(False, False, 100.0, None)], NOON) == ()


def test_the_first_answer_is_due_on_the_third_working_day() -> None:
    # Monday 23 November 2026; a holiday on the Wednesday moves Thursday to Friday.
    assert deadlines.first_answer_due(date(2026, 11, 23), 3, frozenset()) == date(2026, 11, 26)
    assert deadlines.first_answer_due(date(2026, 11, 23), 3, frozenset({date(2026, 11, 25)})) == date(2026, 11, 27)
    assert deadlines.first_answer_due(date(2026, 11, 20), 3, frozenset()) == date(2026, 11, 25)


def test_an_emergency_is_done_within_two_working_days() -> None:
    assert deadlines.completion_due(date(2026, 11, 23), 0, frozenset()) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("today", "paused", "looks"),
    [
        (date(2026, 11, 20), False, "ahead"),
        (date(2026, 11, 23), False, "soon"),
        (date(2026, 11, 24), False, "soon"),
        (date(2026, 11, 25), False, "overdue"),
        (date(2026, 11, 25), True, "paused"),
    ],
)
def test_how_a_due_date_looks(today, paused, looks) -> None:
    assert deadlines.timeliness(date(2026, 11, 24), today, paused=paused) == looks


@given(st.randoms(use_true_random=False))
def test_a_number_is_valid_and_one_wrong_letter_is_noticed(chance: random.Random) -> None:
    number = numbers.make(chance.choice)
    assert numbers.is_valid(number)
    assert numbers.tidy(numbers.spoken(number).lower()) == number
    place = chance.randrange(numbers.LENGTH)
    other = chance.choice([letter for letter in numbers.ALPHABET if letter != number[place]])
    assert not numbers.is_valid(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "AAAAAAAA", "12345678", "K7M29QX", "K7M29QXDD", "ＫＫＫＫＫＫＫＫ", "K7M2\n9QX"])
def test_what_is_no_number(text) -> None:
    assert not numbers.is_valid(text)


@pytest.mark.parametrize(
    ("text", "rt", "rw"),
    [
        ("jln rusak dpn warung RT 004/06", "004", "06"),
        ("got mampet rt.4 rw 6", "004", "06"),
        ("RT 010/RW 02 lampu mati", "010", "02"),
        ("di rt10", "010", ""),
        ("balai RW 03 bocor", "", "03"),
        ("artis dari RTV lewat", "", ""),
    ],
)
def test_rt_and_rw_are_read_from_a_text(text, rt, rw) -> None:
    understood = intake.understand(text, {})
    assert (understood.rt, understood.rw) == (rt, rw)


KEYWORDS = {"saluran-kali": ["mampet", "got", "selokan"], "lampu-jalan": ["lampu mati", "pju"], "sampah": ["sampah"]}


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Got mampet di depan rumah", "saluran-kali"),
        ("tiga LAMPU MATI berderet", "lampu-jalan"),
        ("smph numpuk", "sampah"),
        ("sélokan bau", "saluran-kali"),
    ],
)
def test_everyday_words_find_the_category(text, best) -> None:
    assert intake.guess(text, KEYWORDS)[0] == best


def test_one_long_phrase_does_not_outweigh_two_words() -> None:
    keywords = {"banjir-genangan": ["banjir", "air masuk rumah"], **KEYWORDS}
    text = "Got di ujung gang mampet, air masuk rumah."
    assert intake.guess(text, keywords) == ("saluran-kali", "banjir-genangan")
    assert intake.guess("Air masuk rumah sejak pagi", keywords) == ("banjir-genangan",)


def test_nothing_is_guessed_from_nothing() -> None:
    assert intake.guess("mohon bantuannya", KEYWORDS) == ()
    assert intake.guess("", KEYWORDS) == ()


@given(st.text(max_size=400))
def test_any_text_gives_a_title_of_at_most_eighty_characters(text) -> None:
    understood = intake.understand(text, KEYWORDS)
    assert len(understood.title) <= intake.TITLE_LENGTH
    assert "\n" not in understood.title


positions = st.tuples(st.floats(-6.4, -5.4), st.floats(106.5, 107.0))


@given(positions)
def test_a_rounded_position_is_near_but_not_the_same_for_neighbours(position) -> None:
    lat, lng = position
    near = privacy.rounded(lat, lng)
    assert distance_m(lat, lng, *near) <= 22.0
    assert privacy.rounded(*near) == near
