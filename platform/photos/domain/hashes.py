"""Difference hashes: pictures that look alike have hashes that differ in few bits.

A picture is brought to 9 x 8 grey values; each bit says whether a value is brighter than its left
neighbour. Shrinking, another JPEG quality and another brightness change few bits. The hash is kept in
four bands of 16 bits, which makes near hashes findable by an index (see `probes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

ROWS, COLUMNS = 8, 9
BITS = 64
BANDS = 4
BAND_BITS = BITS // BANDS
ALMOST_EQUAL = 7
_PROBES = tuple([0] + [1 << bit for bit in range(BAND_BITS)])


def difference_hash(grey: bytes) -> int:
    """The hash of a picture.

    Args:
        grey: 8 rows of 9 grey values (0-255), from the picture's top left.

    Returns:
        64 bits; the first comparison of the first row is the highest bit.
    """
    return _hash(_rows(grey))


def mirrored_hash(grey: bytes) -> int:
    """The hash that the same picture would have when mirrored left to right."""
    return _hash([row[::-1] for row in _rows(grey)])


def _rows(grey: bytes) -> list[bytes]:
    if len(grey) != ROWS * COLUMNS:
        raise ValueError(f"expected {ROWS * COLUMNS} values, got {len(grey)}")
    return [grey[start : start + COLUMNS] for start in range(0, len(grey), COLUMNS)]


def _hash(rows: list[bytes]) -> int:
    value = 0
    for row in rows:
        for left, right in pairwise(row):
            value = value << 1 | (right > left)
    return value


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes differ."""
    return (one ^ other).bit_count()


def almost_equal(one: int, other: int) -> bool:
    """Whether two pictures are taken for the same one (at most 7 of 64 bits differ)."""
    return distance(one, other) <= ALMOST_EQUAL


def to_hex(value: int) -> str:
    """As it is stored: 16 hexadecimal digits."""
    return f"{value:016x}"


def from_hex(text: str) -> int:
    """From what is stored."""
    return int(text, 16)


def bands(value: int) -> tuple[int, ...]:
    """The four 16-bit bands of a hash.

    Band k holds the bits k, k+4, k+8, ... so that each takes from every row of the picture: bands of
    whole rows would be alike in all pictures with a smooth sky and fill the index with equal values.
    """
    result = [0] * BANDS
    for bit in range(BITS):
        if value >> bit & 1:
            result[bit % BANDS] |= 1 << (bit // BANDS)
    return tuple(result)


def probes(values: Sequence[int]) -> list[list[int]]:
    """For each band, the values to look up so that no almost equal hash is missed.

    Two hashes that differ in at most 7 bits differ in at most one bit in at least one of four bands
    (if all four differed in two, that would be 8). So each band is looked up as it is and with each
    single bit turned: 17 values a hash.

    Args:
        values: the hashes that are looked for (a picture's and its mirrored one).
    """
    found: list[set[int]] = [set() for _ in range(BANDS)]
    for value in values:
        for index, band in enumerate(bands(value)):
            found[index].update(band ^ probe for probe in _PROBES)
    return [sorted(band) for band in found]
