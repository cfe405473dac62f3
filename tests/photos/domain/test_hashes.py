from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photos.domain import hashes

bits64 = st.integers(min_value=0, max_value=2**64 - 1)


def test_a_hash_says_where_it_gets_brighter() -> None:
    rising = bytes(range(9)) * 8
    assert hashes.difference_hash(rising) == 2**64 - 1
    assert hashes.mirrored_hash(rising) == 0
    assert hashes.to_hex(hashes.difference_hash(rising)) == "f" * 16


def test_a_grid_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        hashes.difference_hash(bytes(81))


@given(bits64)
def test_text_and_bands_keep_every_bit(value: int) -> None:
    assert hashes.from_hex(hashes.to_hex(value)) == value
    assert sum(band.bit_count() for band in hashes.bands(value)) == value.bit_count()
    assert all(0 <= band < 2**16 for band in hashes.bands(value))


@given(bits64, st.sets(st.integers(0, 63), max_size=hashes.ALMOST_EQUAL))
def test_no_almost_equal_hash_is_missed_by_the_probes(value: int, turned: set[int]) -> None:
    near = value
    for bit in turned:
        near ^= 1 << bit
    assert hashes.almost_equal(value, near)
    probes = hashes.probes([value])
    assert any(band in probes[index] for index, band in enumerate(hashes.bands(near)))


def test_eight_bits_apart_is_another_picture() -> None:
    assert not hashes.almost_equal(0, 0xFF)
    assert len(hashes.probes([0])[0]) == 17
