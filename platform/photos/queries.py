"""What is read of photos."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from photos.domain import hashes
from photos.models import Photo, PhotoState

# So many near hashes do not happen by chance; it bounds the work when somebody floods us with one picture.
MOST_CANDIDATES = 5000


def in_batch(batch: UUID, ids: Iterable[UUID]) -> list[Photo]:
    """Photos of a form that is being filled in, in the order of the ids.

    Args:
        batch: the form's batch; ids of other batches are left out.
        ids: as the form sent them; doubles and unknown ones are left out.

    Returns:
        Those that are not refused and belong to nothing yet.
    """
    wanted = list(dict.fromkeys(ids))
    found = Photo.objects.filter(batch=batch, pk__in=wanted, attached=False).exclude(state=PhotoState.REFUSED)
    by_id = {photo.pk: photo for photo in found}
    return [by_id[pk] for pk in wanted if pk in by_id]


def unfinished(batch: UUID) -> list[Photo]:
    """Photos that were sent for a form and belong to nothing yet, in the order in which they came."""
    rows = Photo.objects.filter(batch=batch, attached=False).exclude(state=PhotoState.REFUSED)
    return list(rows.order_by("created"))


def find_similar(photo: Photo, since: datetime) -> list[Photo]:
    """Photos that are the same as this one or look almost the same, also mirrored; nearest first.

    The database is asked for hashes that share a band (domain.hashes.probes: 4 indexed columns, none
    that differs in at most 7 bits is missed); only ids and hashes of those come into memory, and the
    exact distance is counted here. Of a million photos that is about two thousand.

    Args:
        photo: a photo; when it has no hash yet, only the same file is found.
        since: photos received before this are not looked at.
    """
    others = Photo.objects.filter(created__gte=since).exclude(pk=photo.pk)
    near: dict[UUID, int] = dict.fromkeys(
        others.filter(sha256=photo.sha256).order_by("-created").values_list("pk", flat=True)[:MOST_CANDIDATES], 0
    )
    if photo.dhash:
        wanted = [hashes.from_hex(photo.dhash), hashes.from_hex(photo.dhash_mirror)]
        shares_a_band = reduce(
            or_, (Q(**{f"band_{band}__in": values}) for band, values in enumerate(hashes.probes(wanted)))
        )
        candidates = others.filter(shares_a_band).order_by("-created").values_list("pk", "dhash")[:MOST_CANDIDATES]
        for pk, dhash in candidates.iterator():
            apart = min(hashes.distance(hashes.from_hex(dhash), value) for value in wanted)
            if apart <= hashes.ALMOST_EQUAL:
                near.setdefault(pk, apart)
    found = Photo.objects.in_bulk(list(near))
    return [found[pk] for pk in sorted(near, key=lambda pk: near[pk]) if pk in found]
