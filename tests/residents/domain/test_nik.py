from datetime import date

import pytest

from residents.domain.nik import NikProblem, NotANik, read

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "born", "adult"),
    [
        ("3173071708900001", date(1990, 8, 17), True),
        ("3173 0717 0890 0001", date(1990, 8, 17), True),
        ("31.73.07.17-08-90-0001", date(1990, 8, 17), True),
        ("3173075708900001", date(1990, 8, 17), True),  # a woman
        ("3173072902000001", date(2000, 2, 29), True),
        ("3173072411090001", date(2009, 11, 24), True),  # seventeen today
        ("3173072511090001", date(2009, 11, 25), False),  # tomorrow
        ("9103010101700002", date(1970, 1, 1), True),
        ("3173073112261234", date(1926, 12, 31), True),  # not born yet in the other century
    ],
)
def test_a_number_says_when_its_holder_was_born(typed, born, adult):
    nik = read(typed, today=TODAY)
    assert nik.born[0] == born
    assert nik.is_adult(TODAY) is adult


def test_a_year_that_fits_two_centuries_is_left_to_whoever_sees_the_person():
    nik = read("3173070101200001", today=TODAY)
    assert nik.century_unknown
    assert (nik.is_adult(TODAY), nik.is_adult(TODAY, of_a_hundred=True)) == (False, True)
    assert not read("3173071708900001", today=TODAY).century_unknown


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NikProblem.LENGTH),
        ("317307170890000", NikProblem.LENGTH),
        ("31730717089000011", NikProblem.LENGTH),
        ("317307170890000a", NikProblem.LENGTH),
        ("٣١٧٣٠٧١٧٠٨٩٠٠٠٠١", NikProblem.LENGTH),
        ("3173071708900001\x00", NikProblem.LENGTH),
        ("0173071708900001", NikProblem.PROVINCE),
        ("9973071708900001", NikProblem.PROVINCE),
        ("3173070008900001", NikProblem.DATE),
        ("3173073208900001", NikProblem.DATE),
        ("3173074008900001", NikProblem.DATE),
        ("3173077208900001", NikProblem.DATE),
        ("3173071713900001", NikProblem.DATE),
        ("3173072902010001", NikProblem.DATE),
        ("3173071708900000", NikProblem.SERIAL),
    ],
)
def test_what_cannot_be_one_is_refused_without_being_repeated(typed, problem):
    with pytest.raises(NotANik) as refused:
        read(typed, today=TODAY)
    assert refused.value.problem == problem
    assert not typed or typed not in str(refused.value)


def test_a_number_is_not_printed():
    assert "1708" not in repr(read("3173071708900001", today=TODAY))
