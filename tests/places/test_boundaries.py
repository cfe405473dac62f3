"""`manage.py import_boundaries`: all is well, or nothing changes and every reason is told."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.errors import DomainError
from ledger.models import Entry
from places import services
from places.domain.boundary_file import Flaw, read
from places.models import Boundary, BoundaryVersion
from places.queries import kelurahan_points
from tests.places.conftest import collection

pytestmark = pytest.mark.django_db
Squares = Callable[[], list[dict[str, Any]]]


def run(file: Path, **options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_boundaries", str(file), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def refused(file: Path, **options: str) -> str:
    err = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_boundaries", str(file), stdout=StringIO(), stderr=err, **options)
    assert refusal.value.returncode == 1
    assert BoundaryVersion.objects.count() == Boundary.objects.count() == 0
    assert not Entry.objects.filter(verb="boundaries.imported").exists()
    return err.getvalue() + str(refusal.value)


def test_a_good_file_is_taken_whole_and_remembered(squares: Squares, tmp_path: Path) -> None:
    file = tmp_path / "batas.geojson"
    file.write_bytes(collection(squares()))
    out, err = run(file, source="Dinas Citata 2026")
    assert "267 batas dipakai" in out
    assert err == ""
    version = BoundaryVersion.objects.get()
    assert (version.source, version.current, version.valid_to) == ("Dinas Citata 2026", True, None)
    entry = Entry.objects.get(verb="boundaries.imported")
    assert entry.payload == {
        "sha256": version.sha256,
        "from": timezone.localdate().isoformat(),
        "count": 267,
    }


def test_the_version_before_is_kept_and_ends_where_the_next_begins(squares: Squares) -> None:
    today = timezone.localdate()
    features = squares()
    first = services.import_boundaries(
        actor=None, data=collection(features), source="A", valid_from=today - timedelta(30)
    )
    features[0]["properties"]["note"] = "new"
    second = services.import_boundaries(
        actor=None, data=collection(features), source="B", valid_from=today - timedelta(10)
    )
    first.refresh_from_db()
    assert (first.current, first.valid_to) == (False, second.valid_from)
    assert Boundary.objects.count() == 2 * 267
    with pytest.raises(DomainError) as refusal:
        services.import_boundaries(
            actor=None, data=collection(features[::-1]), source="C", valid_from=today - timedelta(20)
        )
    assert refusal.value.code == "boundaries_date"
    assert BoundaryVersion.objects.get(current=True) == second


def test_the_same_file_again_changes_nothing(squares: Squares) -> None:
    data = collection(squares())
    first = services.import_boundaries(actor=None, data=data, source="A")
    assert services.import_boundaries(actor=None, data=data, source="A") == first
    assert Entry.objects.filter(verb="boundaries.imported").count() == 1


def test_nothing_is_valid_from_tomorrow(squares: Squares, tmp_path: Path) -> None:
    file = tmp_path / "batas.geojson"
    file.write_bytes(collection(squares()))
    tomorrow = timezone.localdate() + timedelta(1)
    assert "paling lambat hari ini" in refused(file, valid_from=tomorrow.isoformat())
    assert "TTTT-BB-HH" in refused(file, valid_from="kemarin")


def spoil(features: list[dict[str, Any]], way: str) -> None:  # noqa: C901  one line a case is easier to read
    first, second = features[0], features[1]
    ring = first["geometry"]["coordinates"][0]
    if way == "unknown":
        first["properties"]["code"] = "32.75.01.1001"
    elif way == "no code":
        del first["properties"]["code"]
    elif way == "twice":
        first["properties"]["code"] = second["properties"]["code"]
    elif way == "missing":
        features.pop(0)
    elif way == "line":
        first["geometry"] = {"type": "LineString", "coordinates": ring}
    elif way == "no geometry":
        first["geometry"] = None
    elif way == "open ring":
        ring.pop()
    elif way == "text":
        ring[1][0] = "106.8"
    elif way == "true":
        ring[1][0] = True
    elif way == "huge":
        ring[1][0] = 10**400
    elif way == "far north":
        ring[1][1] = 95
    elif way == "bow tie":
        ring[1], ring[2] = ring[2], ring[1]
    elif way == "far away":
        first["geometry"], second["geometry"] = second["geometry"], first["geometry"]
    elif way == "overlap":
        third = features[5]["geometry"]["coordinates"][0]
        first["geometry"] = {"type": "MultiPolygon", "coordinates": [[ring], [third]]}
    elif way == "not a feature":
        features[0] = ["Feature"]  # type: ignore[call-overload]  # that is the point
    elif way == "empty":
        first["geometry"] = {"type": "MultiPolygon", "coordinates": []}
    elif way == "nested":
        first["geometry"]["coordinates"] = [[[[[[1]]]]]]


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        ("unknown", "Fitur 1, 32.75.01.1001: tidak ada kelurahan dengan kode ini"),
        ("no code", "Fitur 1, : tidak ada kelurahan"),
        ("twice", "Fitur 2, 31.01.01.1002: kelurahan ini sudah muncul"),
        ("missing", "Kelurahan 31.01.01.1001: tidak ada batasnya"),
        ("line", "Fitur 1, 31.01.01.1001: harus Polygon atau MultiPolygon, bukan LineString"),
        ("no geometry", "harus Polygon"),
        ("open ring", "koordinat salah atau tidak tertutup"),
        ("text", "koordinat salah"),
        ("true", "koordinat salah"),
        ("huge", "koordinat salah"),
        ("far north", "koordinat salah"),
        ("bow tie", "bentuknya tidak sah (Self-intersection"),
        ("far away", "km dari kelurahannya"),
        ("overlap", "bertumpang tindih seluas"),
        ("not a feature", "Fitur 1: ini bukan fitur GeoJSON"),
        ("empty", "koordinat salah"),
        ("nested", "koordinat salah"),
    ],
)
def test_one_wrong_feature_refuses_the_whole_file(squares: Squares, tmp_path: Path, way: str, sentence: str) -> None:
    features = copy.deepcopy(squares())
    spoil(features, way)
    file = tmp_path / "batas.geojson"
    file.write_bytes(collection(features))
    told = refused(file)
    assert sentence in told
    assert "tidak ada yang diubah" in told


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Baris 1: ini bukan JSON"),
        (b'{"type":\n\n oops}', "Baris 3: ini bukan JSON"),
        (b'{"a": 1}\n\xff\xfe', "Baris 2: ini bukan teks UTF-8"),
        ('{"type": "FeatureCollection"}'.encode("utf-16"), "ini bukan teks UTF-8"),
        (b"[" * 200_000, "bersarang terlalu dalam"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "angka yang bukan angka"),
        (b'{"type": "FeatureCollection", "features": ' + b"9" * 5000 + b"}", "angka yang bukan angka"),
        (b"null", "bukan FeatureCollection"),
        (b'{"type": "Feature", "features": []}', "bukan FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": {}}', "bukan FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "dan 227 lagi"),
        (b"\x89PNG\r\n\x1a\n", "ini bukan teks UTF-8"),
    ],
)
def test_hostile_files_get_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    file = tmp_path / "batas.geojson"
    file.write_bytes(data)
    assert sentence in refused(file)


def test_a_file_that_is_not_there_or_far_too_large(tmp_path: Path) -> None:
    assert "tidak dapat dibaca" in refused(tmp_path / "tidak-ada.geojson")
    assert "tidak dapat dibaca" in refused(tmp_path)
    reading = read(b" " * 50_000_001, kelurahan_points())
    assert [problem.flaw for problem in reading.problems] == [Flaw.TOO_LARGE]


def test_height_and_a_byte_order_mark_are_harmless(squares: Squares) -> None:
    features = squares()
    for position in features[0]["geometry"]["coordinates"][0]:
        position.append(12.0)
    services.import_boundaries(actor=None, data=b"\xef\xbb\xbf" + collection(features), source="Uji")
    stored = Boundary.objects.get(region__code="31.01.01.1001").geometry
    assert {len(position) for position in stored["coordinates"][0]} == {2}
    assert json.dumps(stored)
