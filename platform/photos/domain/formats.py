"""What a file is, from its own structure: never from its name or from what the browser says.

Nothing is decoded here. Each reader walks the blocks that the format is made of, so that the number
of pixels is known before a decoder sees the file, and a file that was cut off is found at once.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from photos.domain import limits


class Format(StrEnum):
    """Formats that are accepted, by the names that Pillow uses."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"


class Flaw(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    OTHER_KIND = "other_kind"
    CUT_OFF = "cut_off"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Header:
    """What the header promises.

    Args:
        format: what the file is.
        width: pixels, before it is turned upright.
        height: pixels.
    """

    format: Format
    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many pixels a decoder would have to make."""
        return self.width * self.height

    @property
    def is_tiny(self) -> bool:
        """Whether nothing could be recognised in it."""
        return self.pixels < limits.MIN_PIXELS or min(self.width, self.height) < limits.MIN_SIDE


class FlawedFile(Exception):  # noqa: N818  a finding about a file, not a failure of the program
    """The file is not a whole picture of an accepted format; `kind` names what it is when it is known."""

    def __init__(self, flaw: Flaw, kind: str = "") -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.kind = kind


# The end of a scan's data: a marker that is neither a stuffed zero nor a restart.
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PICTURE_SIZE = re.compile(rb"ispe\x00{4}(.{8})", re.DOTALL)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_OTHER_KINDS = (
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"\x00\x00\x01\xba", "video"),
)


def read_header(data: bytes) -> Header:
    """Format and size of a picture, when the file is whole.

    Args:
        data: the file.

    Raises:
        FlawedFile: empty, another kind of file, cut off, or without a sensible header.
    """
    if not data:
        raise FlawedFile(Flaw.EMPTY)
    reader = _reader_for(data)
    try:
        header = reader(data)
    except (struct.error, IndexError) as error:
        raise FlawedFile(Flaw.CUT_OFF) from error
    if header.pixels < 1:
        raise FlawedFile(Flaw.UNREADABLE)
    return header


def _reader_for(data: bytes) -> Callable[[bytes], Header]:
    if data.startswith(b"\xff\xd8"):
        return _jpeg
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png
    if data.startswith(b"RIFF"):
        return _webp
    if data[4:8] == b"ftyp":
        return _heif
    raise FlawedFile(Flaw.OTHER_KIND, _other_kind(data))


def _other_kind(data: bytes) -> str:
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            return kind
    return "SVG" if b"<svg" in data[:1000].lower() else ""


def _jpeg(data: bytes) -> Header:
    size: tuple[int, int] | None = None
    at = 2
    while True:
        if data[at] != 0xFF:
            raise FlawedFile(Flaw.UNREADABLE)
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
        elif marker == 0xD9:
            if size is None:
                raise FlawedFile(Flaw.UNREADABLE)
            return Header(Format.JPEG, *size)
        else:
            if marker in _FRAMES:
                height, width = struct.unpack_from(">HH", data, at + 5)
                size = (max(width, size[0]), max(height, size[1])) if size else (width, height)
            at = _after_segment(data, at, marker)


def _after_segment(data: bytes, at: int, marker: int) -> int:
    after = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    if marker != 0xDA:
        return after
    end = _END_OF_SCAN.search(data, after)
    if end is None:
        raise FlawedFile(Flaw.CUT_OFF)
    return end.start()


def _png(data: bytes) -> Header:
    width, height = struct.unpack_from(">II", data, 16)
    if data[12:16] != b"IHDR":
        raise FlawedFile(Flaw.UNREADABLE)
    at = 8
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if at > len(data):
            raise FlawedFile(Flaw.CUT_OFF)
        if name == b"IEND":
            return Header(Format.PNG, width, height)


def _webp(data: bytes) -> Header:
    size, kind, chunk = struct.unpack_from("<I4s4s", data, 4)
    if kind != b"WEBP":
        raise FlawedFile(Flaw.OTHER_KIND, "video" if kind == b"AVI " else "")
    if size + 8 > len(data):
        raise FlawedFile(Flaw.CUT_OFF)
    if chunk == b"VP8X":
        packed = int.from_bytes(data[24:30], "little")
        return Header(Format.WEBP, (packed & 0xFFFFFF) + 1, (packed >> 24) + 1)
    if chunk == b"VP8L":
        packed = struct.unpack_from("<I", data, 21)[0]
        return Header(Format.WEBP, (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return Header(Format.WEBP, width & 0x3FFF, height & 0x3FFF)
    raise FlawedFile(Flaw.UNREADABLE)


def _heif(data: bytes) -> Header:
    brand = data[8:12]
    if brand not in _HEIC_BRANDS:
        raise FlawedFile(Flaw.OTHER_KIND, "AVIF" if brand in {b"avif", b"avis"} else "video")
    # All boxes are walked, not only up to the one that is wanted: the last shows whether the file is whole.
    contents = {name: data[start:end] for name, start, end in _boxes(data) if name != b"mdat"}
    # Every coded picture has an "ispe" box with its size: thumbnail, tiles, and the whole.
    sizes = [
        struct.unpack(">II", found)
        for found in re.findall(rb"ispe\x00{4}(.{8})", contents.get(b"meta", b""), re.DOTALL)
    ]
    if not sizes:
        raise FlawedFile(Flaw.UNREADABLE)
    width, height = max(sizes, key=lambda size: int(size[0]) * int(size[1]))
    return Header(Format.HEIF, width, height)


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Boxes of the file: (name, start of the content, end)."""
    at = 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1:
            length, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        end = at + length if length else len(data)
        if end > len(data) or end < at + head:
            raise FlawedFile(Flaw.CUT_OFF)
        yield name, at + head, end
        at = end
