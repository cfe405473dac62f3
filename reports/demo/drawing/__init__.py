"""Pictures for the demo, drawn by our own code: a problem in the city, and the same place put right."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from reports.demo.drawing import scenes_life as life
from reports.demo.drawing import scenes_road as road
from reports.demo.drawing.canvas import Canvas

SCENES: dict[str, Callable[[int, bool], Canvas]] = {
    "billboard": road.billboard,
    "branch": life.branch_on_cables,
    "bucket": life.mosquito_bucket,
    "bus_stop": road.bus_stop,
    "cables": road.hanging_cables,
    "cars": road.parked_cars,
    "crossing": road.crossing_button,
    "drain": life.clogged_drain,
    "drain_cover": road.drain_cover,
    "excavation": road.excavation,
    "flood": life.flooded_terrace,
    "lamps": road.dark_lamps,
    "park": life.wild_park,
    "pothole": road.pothole,
    "roof": life.leaking_roof,
    "smoke": life.smoke_workshop,
    "snake": life.snake_in_drain,
    "sofa": life.dumped_sofa,
    "swing": life.broken_swing,
    "tactile": road.tactile_paving,
    "tap": life.murky_tap,
    "vendors": road.street_vendors,
    "waiting_room": life.waiting_room,
}


def draw(scene: str, *, seed: int, fixed: bool = False) -> Image.Image:
    """A picture of 1280 x 960 pixels.

    Args:
        scene: one of SCENES.
        seed: the same seed is the same place; another one a neighbour of it.
        fixed: after the work.
    """
    return SCENES[scene](seed, fixed).finish()
