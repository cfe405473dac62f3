from datetime import date

import pytest

from residents.domain.terms import End, Home, Method, expires_on, is_due_for_renewal, may_witness, what_ends

SLIPI_6 = Home("31.73.07.1002", "06")


@pytest.mark.parametrize(
    ("verified", "expires"),
    [
        (date(2026, 11, 24), date(2028, 11, 24)),
        (date(2026, 12, 31), date(2028, 12, 31)),
        (date(2028, 2, 29), date(2030, 2, 28)),
        (date(2026, 1, 1), date(2028, 1, 1)),
    ],
)
def test_it_holds_for_two_years(verified, expires):
    assert expires_on(verified) == expires


def test_people_are_asked_to_come_by_again_in_the_last_sixty_days():
    assert not is_due_for_renewal(date(2028, 3, 1), date(2027, 12, 31))
    assert is_due_for_renewal(date(2028, 3, 1), date(2028, 1, 1))


def test_another_home_is_a_move():
    assert what_ends(SLIPI_6, SLIPI_6) == End.RENEWED
    assert what_ends(SLIPI_6, Home("31.73.07.1002", "07")) == End.MOVED


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"method": Method.WITNESSES}, False),
        ({"witness": Home("31.73.07.1002", "07")}, False),
        ({"witness": Home("31.73.07.1001", "06")}, False),
        ({"spoken_lately": 4}, True),
        ({"spoken_lately": 5}, False),
    ],
)
def test_who_may_speak_for_a_neighbour(changes, allowed):
    values = {"method": Method.FACE_TO_FACE, "witness": SLIPI_6, "wanted": SLIPI_6, "spoken_lately": 0}
    assert may_witness(**(values | changes)) is allowed
