"""R6: broken and hostile files get a sentence or are taken; never an error of the server, nothing left behind."""

from __future__ import annotations

import gc
import io
import random
import resource
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from photos.domain.formats import Format
from photos.models import Photo, PhotoState
from tests.factories.photos import SUFFIX, an_upload, camera_exif, encoded, scene
from tests.sizes import sized

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::UserWarning"),  # Pillow remarks on damaged files
]
# Twelve files a round and some 60 that are always the same: 300 files, or a thousand.
ROUNDS = sized(20, 80)
MEMORY_MB = 400
Case = tuple[str, bytes]


def pictures() -> dict[str, bytes]:
    small = scene(2, 160, 120)
    exif = camera_exif()
    exif[0x010E] = "<script>alert(1)</script>"
    return {format_.value: encoded(small, format_.value, exif=exif) for format_ in Format}


def cut_off(chance: random.Random) -> Iterator[Case]:
    for format_, whole in pictures().items():
        for _ in range(ROUNDS):
            yield f"cut.{SUFFIX[format_]}", whole[: chance.randrange(len(whole))]


def bytes_turned(chance: random.Random) -> Iterator[Case]:
    for format_, whole in pictures().items():
        for _ in range(ROUNDS):
            data = bytearray(whole)
            # Half of the time in the header, where the sizes and offsets are.
            end = len(data) if chance.random() < 0.5 else min(200, len(data))
            for _ in range(chance.randrange(1, 12)):
                data[chance.randrange(end)] = chance.randrange(256)
            yield f"turned.{SUFFIX[format_]}", bytes(data)


def pieces_mixed(chance: random.Random) -> Iterator[Case]:
    files = list(pictures().values())
    for _ in range(ROUNDS):
        one, other = chance.sample(files, 2)
        yield "mixed.jpg", one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]
        yield "doubled.jpg", one + other


def png(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def with_jpeg_size(width: int, height: int) -> bytes:
    data = bytearray(pictures()["JPEG"])
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def bombs(chance: random.Random) -> Iterator[Case]:
    yield "bomb.png", encoded(Image.new("1", (10_000, 10_000)), "PNG")
    yield "lie.png", png(7_000, 7_000)
    yield "huge.png", png(2**31 - 1, 2**31 - 1)
    yield "flat.png", png(50_000_000, 1)
    yield "none.png", png(0, 0)
    text = zlib.compress(bytes(20_000_000))
    body = b"zTXt" + b"Comment\0\0" + text
    yield "text.png", png(8, 8, struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))
    yield "hundred.jpg", with_jpeg_size(10_000, 10_000)
    yield "lie.jpg", with_jpeg_size(7_000, 7_000)
    yield "none.jpg", with_jpeg_size(0, 0)
    webp = bytearray(encoded(scene(2, 160, 120), "WEBP", exif=camera_exif()))
    webp[24:30] = b"\xff" * 6
    yield "canvas.webp", bytes(webp)
    heic = pictures()["HEIF"]
    at = heic.index(b"ispe") + 8
    yield "bomb.heic", heic[:at] + struct.pack(">II", 60_000, 60_000) + heic[at + 8 :]
    yield "lie.heic", heic[:at] + struct.pack(">II", 7_000, 7_000) + heic[at + 8 :]


def two_things_at_once(chance: random.Random) -> Iterator[Case]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("evil.js", "alert(1)")
    jpeg = pictures()["JPEG"]
    yield "gif.jpg", b"GIF89a/*" + jpeg + b"*/=1;alert(1)"
    yield "html.jpg", jpeg + b"<html><script>alert(1)</script>"
    yield "comment.jpg", encoded(scene(2, 160, 120), comment=b"*/alert(1)/*<script>")
    yield "archive.jpg", jpeg + archive.getvalue()
    yield "archive2.jpg", archive.getvalue()
    yield "page.png", b"<!doctype html><script>alert(1)</script>"
    yield "drawing.png", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    yield "shell.jpg", b"#!/bin/sh\nrm -rf /"
    yield "program.jpg", b"MZ" + bytes(500)
    yield "postscript.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"
    yield "../../../etc/cron.d/x.jpg", jpeg
    yield "<img src=x onerror=alert(1)>.jpg", b"no"
    yield "'; DROP TABLE photos_photo; --.jpg", b"no"
    yield "\u202egpj.exe", b"MZ"
    yield "n" * 3000 + ".jpg", b"no"
    yield "nothing.jpg", b""
    yield "wrong.png", jpeg
    yield "wrong.jpg", pictures()["PNG"]
    for size in (1, 2, 3, 8, 12, 16, 30):
        for magic in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\xff\xffWEBPVP8X", b"\0\0\0\x18ftypheic"):
            yield "stub.jpg", (magic + bytes(40))[:size]
    for _ in range(ROUNDS):
        yield "noise.jpg", b"\xff\xd8\xff" + chance.randbytes(3000)
        yield "noise.heic", b"\0\0\0\x18ftypheic" + chance.randbytes(3000)


FAMILIES = [cut_off, bytes_turned, pieces_mixed, bombs, two_things_at_once]


def files_of(family: Callable[[random.Random], Iterator[Case]]) -> Iterator[Case]:
    """The same files in every run, so that one that fails can be looked at."""
    return family(random.Random(family.__name__))


def test_there_are_as_many_files_as_were_asked_for() -> None:
    assert sum(1 for family in FAMILIES for _file in files_of(family)) >= sized(290, 1000)


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_files_get_a_sentence_or_are_taken(
    family: Callable[[random.Random], Iterator[Case]],
    client: Client,
    files_on_disk: Callable[[], set[Path]],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("photos.views.RATES", {})
    before = files_on_disk()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: dict[int, int] = {}
    for name, data in files_of(family):
        kept = files_on_disk()
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(
                "/foto/",
                {"file": an_upload(data, name), "batch": uuid4(), "client_key": uuid4()},
                HTTP_ACCEPT="application/json",
            )
        outcomes[answer.status_code] = outcomes.get(answer.status_code, 0) + 1
        if answer.status_code != 201:
            assert 400 <= answer.status_code < 500, name
            assert answer.json()["message"], name
            assert answer.json()["field"] == "photos"
            assert files_on_disk() == kept, name
        else:
            _is_settled(client, answer.json()["id"])
    assert set(outcomes) > {201} or 201 not in outcomes
    rows = Photo.objects.all()
    assert len(files_on_disk() - before) == sum(3 if photo.is_ready else 1 for photo in rows)
    gc.collect()
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024 < MEMORY_MB


def _is_settled(client: Client, photo_id: str) -> None:
    photo = Photo.objects.get(pk=photo_id)
    assert photo.state != PhotoState.RECEIVED
    if photo.state == PhotoState.REFUSED:
        assert client.get(f"/foto/{photo_id}/status").json()["message"]
        return
    for address in (photo.small_url, photo.large_url):
        public = client.get(address).content
        assert b"<script" not in public
        assert b"alert(" not in public
        assert b"Rahasia" not in public
        with Image.open(io.BytesIO(public), formats=["JPEG"]) as image:
            image.load()
