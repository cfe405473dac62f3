from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistance.domain import cards, codes
from assistance.domain.cards import PinProblem


@given(st.integers(min_value=0, max_value=10**7 - 1), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_or_two_swapped_ones_are_noticed(body, place, more):
    number = cards.make_number(lambda _below: body)
    assert cards.is_number(number)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not cards.is_number(wrong)
    swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
    assert swapped == number or not cards.is_number(swapped)


@pytest.mark.parametrize("typed", ["", "1234567", "12345678901", "abcdefgh", "１２３４５６７８", "\x00" * 8])
def test_what_is_no_number_is_told_so(typed):
    assert not cards.is_number(cards.tidy(typed))


@pytest.mark.parametrize("pin", ["000000", "123456", "654321", "121212", "123123", "890123", "345678"])
def test_a_pin_that_anybody_would_try_is_refused(pin):
    assert cards.pin_problem(pin) is PinProblem.SIMPLE


def test_a_pin_is_not_part_of_the_number_and_has_six_digits():
    assert cards.pin_problem("905713", "90571349") is PinProblem.SIMPLE
    assert cards.pin_problem("90571") is PinProblem.LENGTH
    assert cards.pin_problem("９０５７１３") is PinProblem.LENGTH
    assert cards.pin_problem("905713", "11111111") is None


def test_made_pins_may_be_used():
    assert all(cards.pin_problem(cards.make_pin(secrets.randbelow)) is None for _ in range(200))


@given(st.integers(min_value=0, max_value=2**80))
def test_every_code_can_be_typed_off(seed):
    code = codes.make(seed)
    assert codes.is_code(codes.tidy(codes.spoken(code).lower()))
    assert codes.tidy(codes.spoken(code)) == code
