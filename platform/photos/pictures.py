"""Picture work with Pillow: bytes in, clean sizes and facts out. It knows nothing of the database."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

from photos.domain import camera, hashes, limits
from photos.domain.formats import Flaw, FlawedFile, Format, Header, read_header

register_heif_opener(thumbnails=False)

# One picture at a time in a process: what the largest allowed one takes is then the bound of memory.
_one_at_a_time = threading.Lock()

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Sizes:
    """The public sizes of a picture, as JPEG without any metadata, and its hashes.

    Args:
        large: at most 1600 pixels on the longer side.
        small: at most 400 pixels wide and 12 kB.
        width: pixels of the large size.
        height: pixels of the large size.
        dhash: difference hash.
        dhash_mirror: that of the mirrored picture.
    """

    large: bytes
    small: bytes
    width: int
    height: int
    dhash: int
    dhash_mirror: int


@dataclass(frozen=True)
class Prepared:
    """The sizes of an upload and what the camera wrote down."""

    sizes: Sizes
    taken_at: datetime | None
    position: tuple[float, float] | None


@dataclass(frozen=True)
class _CameraFacts:
    orientation: int  # EXIF 1-8
    taken_at: datetime | None
    position: tuple[float, float] | None


class TooManyPixels(Exception):  # noqa: N818  a finding about a file, not a failure of the program
    """More pixels than we are willing to decode.

    Args:
        most: how many are allowed in this format.
    """

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def check(data: bytes) -> Header:
    """Look at an upload without decoding it.

    Raises:
        FlawedFile: not a whole picture of an accepted format.
        TooManyPixels: decoding it would take too much memory.
    """
    header = read_header(data)
    _refuse_bombs(header.pixels, header.format)
    try:
        with _open(data, header.format):
            return header
    except TooManyPixels:
        raise
    except Exception as error:
        raise FlawedFile(Flaw.UNREADABLE) from error


def prepare(data: bytes, *, city: tzinfo, now: datetime) -> Prepared:
    """Decode an upload and make what may be public of it.

    Args:
        data: the file as it was sent.
        city: time zone for camera clocks without one.
        now: for the plausibility of the camera's clock.

    Raises:
        FlawedFile: it cannot be decoded.
        TooManyPixels: it would take too much memory.
    """
    header = check(data)
    with _one_at_a_time:
        try:
            with _open(data, header.format) as image:
                # A JPEG is decoded at a half, a quarter or an eighth: a fraction of the memory and of the time.
                image.draft(None, (limits.LARGE_SIDE, limits.LARGE_SIDE))
                image.load()  # before EXIF, which for a PNG would load by itself and hide the damage
                seen = _camera_facts(image, city, now)
                return Prepared(make_sizes(_shrunk_upright(image, seen.orientation)), seen.taken_at, seen.position)
        except TooManyPixels:
            raise
        except Exception as error:  # decoders answer hostile bytes with whatever they like, MemoryError included
            raise FlawedFile(Flaw.UNREADABLE) from error


def make_sizes(image: Image.Image) -> Sizes:
    """The public sizes of an upright picture that is already in sRGB.

    Args:
        image: any mode; transparency is put on white.
    """
    rgb = _on_white(image)
    rgb.thumbnail((limits.LARGE_SIDE, limits.LARGE_SIDE), Image.Resampling.LANCZOS)
    grey = rgb.convert("L").resize((hashes.COLUMNS, hashes.ROWS), Image.Resampling.BOX).tobytes()
    return Sizes(
        large=_jpeg(rgb, limits.LARGE_QUALITY),
        small=_small(rgb),
        width=rgb.width,
        height=rgb.height,
        dhash=hashes.difference_hash(grey),
        dhash_mirror=hashes.mirrored_hash(grey),
    )


def _open(data: bytes, format_: Format) -> Image.Image:
    # Only the decoder that the header was read for: a file that is two things at once is read as one.
    image = Image.open(io.BytesIO(data), formats=[format_.value])
    _refuse_bombs(image.width * image.height, format_)
    return image


def _refuse_bombs(pixels: int, format_: Format) -> None:
    most = limits.MAX_PIXELS_WEBP if format_ is Format.WEBP else limits.MAX_PIXELS
    if pixels > most:
        raise TooManyPixels(most)


def _shrunk_upright(image: Image.Image, orientation: int) -> Image.Image:
    profile = image.info.get("icc_profile")
    small = _plain_mode(image)
    small.thumbnail((limits.LARGE_SIDE, limits.LARGE_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = _in_srgb(small, profile)
    turn = _UPRIGHT.get(orientation)
    return small.transpose(turn) if turn is not None else small


def _plain_mode(image: Image.Image) -> Image.Image:
    """A mode that can be shrunk well: no palette, no 16-bit grey."""
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return image.convert("I").convert("F").point(lambda value: value * (1 / 257)).convert("L")
    transparent = image.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=target)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None  # a profile that is broken or meant for another kind of picture
        if converted is not None:
            return converted
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    plain = image.convert("RGB")
    plain.info = {}  # Pillow would write a comment or a profile that hangs on the picture
    return plain


def _small(rgb: Image.Image) -> bytes:
    small = rgb.copy()
    small.thumbnail(limits.SMALL_BOX, Image.Resampling.LANCZOS)
    while True:
        for quality in limits.SMALL_QUALITIES:
            data = _jpeg(small, quality)
            if len(data) <= limits.SMALL_BYTES:
                return data
        small.thumbnail((small.width * 4 // 5, small.height * 4 // 5), Image.Resampling.LANCZOS)


def _jpeg(rgb: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    rgb.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _camera_facts(image: Image.Image, city: tzinfo, now: datetime) -> _CameraFacts:
    try:
        exif = image.getexif()
        details = exif.get_ifd(camera.EXIF_IFD)
        orientation = exif.get(camera.ORIENTATION)
        text = details.get(camera.DATE_TIME_ORIGINAL) or exif.get(camera.DATE_TIME)
        return _CameraFacts(
            orientation=orientation if isinstance(orientation, int) else 1,
            taken_at=camera.parse_taken(text, details.get(camera.OFFSET_TIME_ORIGINAL), city=city, now=now),
            position=camera.parse_position(exif.get_ifd(camera.GPS_IFD)),
        )
    except Exception:  # a picture whose EXIF is broken is still a picture
        return _CameraFacts(1, None, None)
