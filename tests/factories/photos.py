"""Real small pictures, drawn from a seed, in every format that is accepted, and rows that hold them."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import factory
import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from photos import services
from photos.models import Photo

SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}


def scene(seed: int = 1, width: int = 640, height: int = 480) -> Image.Image:
    """A picture with broad shapes and some grain, like a street in daylight."""
    numbers = np.random.default_rng(seed)
    coarse = Image.fromarray(numbers.integers(20, 235, (5, 7, 3), dtype=np.uint8))
    broad = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), dtype=np.int16)
    grain = numbers.integers(-6, 7, (height, width, 1), dtype=np.int16)
    return Image.fromarray((broad + grain).clip(0, 255).astype(np.uint8))


def encoded(image: Image.Image | None = None, format_: str = "JPEG", **options: Any) -> bytes:
    """A picture as a file of the format."""
    out = io.BytesIO()
    (image or scene()).save(out, format_, **options)
    return out.getvalue()


def an_upload(data: bytes | None = None, name: str = "foto.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """What a browser sends."""
    return SimpleUploadedFile(name, encoded() if data is None else data, kind)


def camera_exif(orientation: int = 1, *, taken: str = "2026:11:24 07:12:00", south: float = 6.2) -> Image.Exif:
    """EXIF as a phone writes it: orientation, time with offset, and position in Jakarta."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "RahasiaPhone"
    exif.get_ifd(0x8769).update({0x9003: taken, 0x9011: "+07:00"})
    exif.get_ifd(0x8825).update({1: "S", 2: (south, 0.0, 0.0), 3: "E", 4: (106.0, 48.0, 0.0)})
    return exif


class PhotoFactory(factory.Factory):
    """A photo that is ready, by the way that our own pictures take."""

    class Meta:
        model = Photo

    image = factory.LazyFunction(scene)
    batch = factory.LazyFunction(uuid4)

    @classmethod
    def _create(cls, model_class: type[Photo], *args: Any, **kwargs: Any) -> Photo:
        fields = {name: kwargs.pop(name) for name in ("public", "attached", "created") if name in kwargs}
        photo = services.import_picture(**kwargs)
        if fields:
            Photo.objects.filter(pk=photo.pk).update(**fields)
            photo.refresh_from_db()
        return photo


class ReceivedPhotoFactory(factory.Factory):
    """A photo that was sent and waits for its task."""

    class Meta:
        model = Photo

    actor = None
    upload = factory.LazyFunction(an_upload)
    batch = factory.LazyFunction(uuid4)
    client_key = factory.LazyFunction(uuid4)

    @classmethod
    def _create(cls, model_class: type[Photo], *args: Any, **kwargs: Any) -> Photo:
        return services.receive(**kwargs)
