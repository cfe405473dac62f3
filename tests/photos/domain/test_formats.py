from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photos.domain.formats import Flaw, FlawedFile, Format, read_header
from tests.factories.photos import encoded, scene


@pytest.mark.parametrize("format_", list(Format))
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"lossless": True}])
def test_format_and_size_come_from_the_structure(format_: Format, options: dict[str, bool]) -> None:
    header = read_header(encoded(scene(width=124, height=78), format_.value, **options))
    assert (header.format, header.width, header.height) == (format_, 124, 78)


@pytest.mark.parametrize("format_", list(Format))
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.7, 0.99])
def test_a_file_that_was_cut_off_is_found_without_decoding(format_: Format, kept: float) -> None:
    whole = encoded(scene(), format_.value)
    with pytest.raises(FlawedFile) as found:
        read_header(whole[: int(len(whole) * kept)])
    assert found.value.flaw in {Flaw.CUT_OFF, Flaw.UNREADABLE}


@pytest.mark.parametrize(
    ("data", "flaw", "kind"),
    [
        (b"", Flaw.EMPTY, ""),
        (b"GIF89a\x01\x00\x01\x00", Flaw.OTHER_KIND, "GIF"),
        (b"%PDF-1.7", Flaw.OTHER_KIND, "PDF"),
        (b"PK\x03\x04rest", Flaw.OTHER_KIND, "ZIP"),
        (b"<?xml version='1.0'?><SVG><script/></svg>", Flaw.OTHER_KIND, "SVG"),
        (struct.pack(">I", 24) + b"ftypisom" + b"\0" * 12, Flaw.OTHER_KIND, "video"),
        (struct.pack(">I", 24) + b"ftypavif" + b"\0" * 12, Flaw.OTHER_KIND, "AVIF"),
        (b"RIFF\x10\0\0\0AVI LIST", Flaw.OTHER_KIND, "video"),
        (b"just words", Flaw.OTHER_KIND, ""),
        (b"\xff\xd8\xff\xd9", Flaw.UNREADABLE, ""),
        (b"\xff\xd8\x00\x00", Flaw.UNREADABLE, ""),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, Flaw.UNREADABLE, ""),
        (struct.pack(">I", 16) + b"ftypheic" + b"\0" * 4, Flaw.UNREADABLE, ""),
    ],
)
def test_what_is_not_a_photo_is_named(data: bytes, flaw: Flaw, kind: str) -> None:
    with pytest.raises(FlawedFile) as found:
        read_header(data)
    assert (found.value.flaw, found.value.kind) == (flaw, kind)


@given(
    st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF", b"\0\0\0\x18ftypheic", b"\0\0\0\x01ftypmif1"]),
    st.binary(max_size=400),
)
def test_any_bytes_are_read_or_found_flawed(magic: bytes, rest: bytes) -> None:
    with contextlib.suppress(FlawedFile):
        assert read_header(magic + rest).pixels > 0
