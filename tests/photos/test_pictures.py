"""What is made of an upload: upright, small, clean, and comparable."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageEnhance, ImageOps, PngImagePlugin

from photos import pictures
from photos.domain import hashes, limits
from photos.domain.formats import FlawedFile, Format
from tests.factories.photos import camera_exif, encoded, scene

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def prepared(data: bytes) -> pictures.Prepared:
    return pictures.prepare(data, city=JAKARTA, now=NOW)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    image.load()
    return image


@pytest.mark.parametrize("format_", list(Format))
def test_every_format_becomes_two_jpegs(format_: Format) -> None:
    sizes = prepared(encoded(scene(width=2000, height=1500), format_.value)).sizes
    large, small = opened(sizes.large), opened(sizes.small)
    assert large.size == (sizes.width, sizes.height) == (1600, 1200)
    assert small.size == (400, 300)
    assert len(sizes.small) <= limits.SMALL_BYTES


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright(orientation: int, format_: str) -> None:
    image = Image.new("RGB", (320, 200), "white")
    image.paste("red", (0, 0, 160, 100))  # top left, when upright
    turned_back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    stored = image if turned_back is None else image.transpose(Image.Transpose(turned_back))
    large = opened(prepared(encoded(stored, format_, exif=camera_exif(orientation))).sizes.large)
    assert large.size == (320, 200)
    red, green, _blue = large.getpixel((40, 40))  # type: ignore[misc]  # RGB gives three
    assert (red > 200, green < 60) == (True, True)
    assert min(large.getpixel((280, 40))) > 200  # type: ignore[type-var,arg-type]  # RGB gives three


def test_small_pictures_are_not_made_larger() -> None:
    sizes = prepared(encoded(scene(width=90, height=50))).sizes
    assert (sizes.width, sizes.height) == opened(sizes.small).size == (90, 50)


@pytest.mark.parametrize("size", [(3000, 40), (40, 3000), (1, 1), (900, 1200)])
def test_the_small_size_keeps_its_budget_even_for_pure_noise(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    small = prepared(encoded(Image.fromarray(noise), quality=95)).sizes.small
    assert len(small) <= limits.SMALL_BYTES
    assert opened(small).width <= 400


@pytest.mark.parametrize("format_", list(Format))
def test_nothing_but_the_picture_is_public(format_: Format) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "Rahasia komentar")
    options = {"PNG": {"pnginfo": text}, "JPEG": {"comment": "Rahasia komentar"}}.get(format_.value, {})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Rahasia</x:xmpmeta>"
    if format_ is not Format.PNG:
        options |= {"xmp": xmp}
    data = encoded(scene(), format_.value, exif=camera_exif(), icc_profile=profile, **options)
    assert b"Rahasia" in data
    sizes = prepared(data).sizes
    for public in (sizes.large, sizes.small):
        image = opened(public)
        assert not image.getexif()
        assert not image.getexif().get_ifd(0x8825)
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert b"Rahasia" not in public
        assert b"Exif" not in public
        assert b"ICC_PROFILE" not in public
        assert b"http" not in public


def test_the_camera_facts_are_read_for_the_row() -> None:
    found = prepared(encoded(scene(), exif=camera_exif()))
    assert found.taken_at == datetime(2026, 11, 24, 0, 12, tzinfo=UTC)
    assert found.position == pytest.approx((-6.2, 106.8))


def test_a_picture_without_camera_facts_has_none() -> None:
    found = prepared(encoded(scene()))
    assert (found.taken_at, found.position) == (None, None)


def test_colours_are_brought_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The primaries of red and blue change places, so that a profile that was thrown away would show at once.
    swapped = srgb.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    sizes = prepared(encoded(Image.new("RGB", (40, 40), (200, 30, 30)), "PNG", icc_profile=swapped)).sizes
    red, _green, blue = opened(sizes.large).getpixel((20, 20))  # type: ignore[misc]  # RGB gives three
    assert blue > red + 100


@pytest.mark.parametrize("profile", [b"nonsense", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()])
def test_a_profile_that_does_not_fit_is_left_alone(profile: bytes) -> None:
    sizes = prepared(encoded(Image.new("RGB", (40, 40), (200, 30, 30)), "PNG", icc_profile=profile)).sizes
    assert opened(sizes.large).getpixel((20, 20)) == pytest.approx((200, 30, 30), abs=3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_png_mode_is_read(mode: str) -> None:
    grey = Image.new("L", (200, 100), 128)
    image = Image.new("I;16", (200, 100), 128 * 257) if mode == "I;16" else grey.convert(mode)
    sizes = prepared(encoded(image, "PNG")).sizes
    assert sizes.width == 200
    if mode != "1":
        assert opened(sizes.large).getpixel((50, 50)) == pytest.approx((128, 128, 128), abs=3)


def test_transparency_is_put_on_white() -> None:
    sizes = prepared(encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")).sizes
    assert opened(sizes.large).getpixel((20, 20)) == (255, 255, 255)


def test_a_cmyk_photo_is_read() -> None:
    assert prepared(encoded(scene().convert("CMYK"))).sizes.width == 640


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    first = Image.new("RGB", (60, 60), "red")
    data = encoded(first, "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 60), "blue")], lossless=True)
    red, _green, blue = opened(prepared(data).sizes.large).getpixel((30, 30))  # type: ignore[misc]  # RGB gives three
    assert (red > 200, blue < 60) == (True, True)


@pytest.mark.parametrize("seed", range(12))
def test_the_same_picture_is_known_again_however_it_was_saved(seed: int) -> None:
    image = scene(seed, 1200, 900)
    known = prepared(encoded(image, quality=92)).sizes
    again = {
        "lower quality": encoded(image, quality=30),
        "smaller": encoded(image.resize((500, 375))),
        "another format": encoded(image, "WEBP"),
        "brighter": encoded(ImageEnhance.Brightness(image).enhance(1.15)),
        "edges cut off by one per cent": encoded(image.crop((12, 9, 1188, 891))),
    }
    apart = {how: hashes.distance(known.dhash, prepared(data).sizes.dhash) for how, data in again.items()}
    assert max(apart.values()) <= hashes.ALMOST_EQUAL, apart
    mirrored = prepared(encoded(ImageOps.mirror(image))).sizes
    assert hashes.almost_equal(known.dhash_mirror, mirrored.dhash)
    assert hashes.almost_equal(known.dhash, mirrored.dhash_mirror)


def test_different_pictures_are_told_apart() -> None:
    found = [prepared(encoded(scene(seed))).sizes.dhash for seed in range(40)]
    pairs = [(a, b) for index, a in enumerate(found) for b in found[:index]]
    assert not [pair for pair in pairs if hashes.almost_equal(*pair)]


def test_more_pixels_than_allowed_are_never_decoded() -> None:
    with pytest.raises(pictures.TooManyPixels):
        pictures.check(encoded(Image.new("1", (10_000, 10_000)), "PNG"))


def test_damage_inside_is_found_when_decoding() -> None:
    whole = bytearray(encoded(scene(), "PNG"))
    middle = len(whole) // 2
    whole[middle : middle + 400] = bytes(400)
    with pytest.raises(FlawedFile):
        prepared(bytes(whole))


def test_a_damaged_jpeg_is_shown_as_far_as_it_goes() -> None:
    whole = bytearray(encoded(scene()))
    whole[len(whole) // 2 : len(whole) // 2 + 40] = bytes(40)
    assert prepared(bytes(whole)).sizes.width == 640


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow remarks on what is tested here
def test_broken_exif_does_not_cost_the_picture() -> None:
    exif = camera_exif().tobytes()
    for cut in range(8, len(exif), 3):
        assert prepared(encoded(scene(width=64, height=48), exif=exif[:cut])).sizes.width in {48, 64}
