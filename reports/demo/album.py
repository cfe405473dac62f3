"""The demo's pictures, drawn by several processes at once. Nothing here knows Django."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from photos.pictures import Sizes, make_sizes
from reports.demo.drawing import draw


@dataclass(frozen=True, order=True)
class Shot:
    """One picture to be drawn; see reports.demo.drawing.draw."""

    scene: str
    seed: int
    fixed: bool


def develop(shot: Shot) -> Sizes:
    """Draw a picture and make its public sizes."""
    return make_sizes(draw(shot.scene, seed=shot.seed, fixed=shot.fixed))


def develop_all(shots: Iterable[Shot]) -> dict[Shot, Sizes]:
    """All pictures, each drawn once, on as many processors as there are (four at the most)."""
    wanted = sorted(set(shots))
    workers = min(4, os.cpu_count() or 1)
    if workers == 1 or len(wanted) < 4:
        return {shot: develop(shot) for shot in wanted}
    # Spawned, not forked: a fork would share the database connection.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        return dict(zip(wanted, pool.map(develop, wanted, chunksize=2), strict=True))
