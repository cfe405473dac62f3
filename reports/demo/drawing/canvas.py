"""A sheet with a camera: shapes are given in metres and drawn in perspective, far ones paler.

x runs to the right, y upwards, z away from the camera, which stands at z = 0.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1280, 960
# Drawn twice as large and then reduced: smooth edges for the price of one cheap step.
FINE = 2
NEAR = 0.35

Colour = tuple[int, int, int]
Point = tuple[float, float, float]
Spot = tuple[float, float]


@dataclass(frozen=True)
class Light:
    """The hour of a scene.

    Args:
        top: colour of the sky above.
        low: colour of the sky at the horizon, and of what is far away.
        tint: what the light multiplies every colour with, 1.0 changing nothing.
        sun: x of the brightest part of the sky, 0 left to 1 right.
        haze: metres after which about two thirds of a colour are gone.
    """

    top: Colour
    low: Colour
    tint: tuple[float, float, float]
    sun: float
    haze: float


MORNING = Light((126, 176, 204), (250, 229, 196), (1.03, 0.99, 0.92), 0.78, 75.0)
NOON = Light((104, 168, 214), (222, 236, 234), (1.02, 1.01, 0.97), 0.3, 95.0)
AFTERNOON = Light((133, 168, 190), (252, 214, 164), (1.06, 0.97, 0.85), 0.2, 60.0)
RAIN = Light((122, 136, 146), (192, 201, 202), (0.9, 0.95, 0.98), 0.5, 38.0)
NIGHT = Light((13, 22, 42), (44, 52, 78), (0.36, 0.42, 0.62), 0.5, 60.0)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two; share 0 is the first, 1 the second."""
    a, b, c = (round(x + (y - x) * share) for x, y in zip(one, other, strict=True))
    return a, b, c


def shade(colour: Colour, factor: float) -> Colour:
    """A colour made darker (below 1) or lighter."""
    a, b, c = (max(0, min(255, round(part * factor))) for part in colour)
    return a, b, c


class Canvas:
    """One picture being drawn.

    Args:
        light: the hour.
        seed: of everything that varies.
        horizon: where it lies, 0 top to 1 bottom.
        eye: height of the camera in metres.
        zoom: focal length in widths of the picture.
        centre: x of the vanishing point, 0 left to 1 right.
        stand: x of the camera in metres.
    """

    def __init__(
        self,
        light: Light,
        seed: int,
        *,
        horizon: float = 0.4,
        eye: float = 1.6,
        zoom: float = 0.86,
        centre: float = 0.5,
        stand: float = 0.0,
    ) -> None:
        self.light = light
        self.random = random.Random(seed)  # noqa: S311  pictures, not secrets
        self.eye, self.stand = eye, stand
        self.focal = zoom * WIDTH * FINE
        self.cx, self.cy = centre * WIDTH * FINE, horizon * HEIGHT * FINE
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), light.low)
        self.draw = ImageDraw.Draw(self.image)

    # --- projection ---------------------------------------------------------------------------
    def at(self, x: float, y: float, z: float) -> Spot:
        """Where a point lies on the sheet, in fine pixels."""
        depth = max(z, NEAR)
        return self.cx + self.focal * (x - self.stand) / depth, self.cy - self.focal * (y - self.eye) / depth

    def size(self, metres: float, z: float) -> float:
        """How many fine pixels a length takes at a distance."""
        return self.focal * metres / max(z, NEAR)

    def lit(self, colour: Colour, z: float = 0.0) -> Colour:
        """A colour in this light and at this distance."""
        red, green, blue = (min(255, round(part * tint)) for part, tint in zip(colour, self.light.tint, strict=True))
        return mix((red, green, blue), self.light.low, 1 - math.exp(-max(z - 4, 0) / self.light.haze))

    def vary(self, colour: Colour, by: int = 10) -> Colour:
        """A neighbour of a colour."""
        step = self.random.randint(-by, by)
        a, b, c = (max(0, min(255, part + step + self.random.randint(-by // 3, by // 3))) for part in colour)
        return a, b, c

    # --- shapes -------------------------------------------------------------------------------
    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """A flat shape in space."""
        kept = _in_front(points)
        if len(kept) > 2:
            depth = sum(point[2] for point in kept) / len(kept)
            self.draw.polygon([self.at(*point) for point in kept], fill=self.lit(colour, depth))

    def ground(self, x0: float, x1: float, z0: float, z1: float, colour: Colour, y: float = 0.0) -> None:
        """A rectangle lying down; long ones in pieces, so that they pale with distance."""
        pieces = max(1, min(24, int((z1 - z0) / 1.5)))
        edges = [max(z0, NEAR) * (z1 / max(z0, NEAR)) ** (step / pieces) for step in range(pieces + 1)]
        for near, far in itertools.pairwise(edges):
            self.shape([(x0, y, near), (x1, y, near), (x1, y, far), (x0, y, far)], colour)

    def front(self, x0: float, x1: float, y0: float, y1: float, z: float, colour: Colour) -> None:
        """A rectangle that faces the camera."""
        self.shape([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], colour)

    def side(self, x: float, y0: float, y1: float, z0: float, z1: float, colour: Colour) -> None:
        """A rectangle along the view, as a wall beside a lane."""
        self.shape([(x, y0, z0), (x, y0, z1), (x, y1, z1), (x, y1, z0)], colour)

    def box(self, x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], colour: Colour) -> None:
        """A box with a lit top, a front and the side that can be seen."""
        if y[1] < self.eye:
            self.ground(*x, *z, shade(colour, 1.12), y[1])
        if x[0] > self.stand:
            self.side(x[0], *y, *z, shade(colour, 0.74))
        elif x[1] < self.stand:
            self.side(x[1], *y, *z, shade(colour, 0.8))
        self.front(*x, *y, z[0], colour)

    def line(self, one: Point, other: Point, thick: float, colour: Colour) -> None:
        """A rod; thick in metres, thinner far away."""
        ends = _in_front([one, other])
        if len(ends) < 2:
            return
        (xa, ya), (xb, yb) = self.at(*ends[0]), self.at(*ends[1])
        a, b = self.size(thick, ends[0][2]) / 2, self.size(thick, ends[1][2]) / 2
        length = math.hypot(xb - xa, yb - ya) or 1.0
        nx, ny = -(yb - ya) / length, (xb - xa) / length
        a, b = max(a, 1.0), max(b, 1.0)
        corners = [(xa + nx * a, ya + ny * a), (xb + nx * b, yb + ny * b)]
        corners += [(xb - nx * b, yb - ny * b), (xa - nx * a, ya - ny * a)]
        self.draw.polygon(corners, fill=self.lit(colour, (ends[0][2] + ends[1][2]) / 2))

    def wire(self, one: Point, other: Point, sag: float, thick: float = 0.02, colour: Colour = (44, 44, 48)) -> None:
        """A cable that hangs through by so many metres."""
        steps = 18
        points = []
        for step in range(steps + 1):
            part = step / steps
            x, y, z = (a + (b - a) * part for a, b in zip(one, other, strict=True))
            points.append((x, y - sag * 4 * part * (1 - part), z))
        for here, there in itertools.pairwise(points):
            self.line(here, there, thick, colour)

    def disc(self, centre: Point, radius: float, colour: Colour, flat: float = 1.0) -> None:
        """A circle facing the camera; flat below 1 presses it down."""
        x, y = self.at(*centre)
        r = self.size(radius, centre[2])
        self.draw.ellipse([x - r, y - r * flat, x + r, y + r * flat], fill=self.lit(colour, centre[2]))

    def blob(self, x: float, z: float, rx: float, rz: float, rough: float = 0.2, y: float = 0.0) -> list[Point]:
        """The outline of an irregular spot on the ground."""
        count = 28
        phases = [self.random.uniform(0, math.tau) for _ in range(3)]
        outline = []
        for step in range(count):
            turn = math.tau * step / count
            wobble = sum(math.sin(turn * (power + 2) + phase) / (power + 1) for power, phase in enumerate(phases))
            r = 1 + rough * wobble * 0.6
            outline.append((x + rx * r * math.cos(turn), y, z + rz * r * math.sin(turn)))
        return outline

    # --- soft things --------------------------------------------------------------------------
    def soft(self, points: Sequence[Point], colour: Colour, alpha: float, blur: float = 6.0) -> None:
        """A shape with soft edges, as a shadow; alpha 0-1, blur in fine pixels / 4."""
        kept = _in_front(points)
        if len(kept) > 2:
            self.soft_spots([self.at(*point) for point in kept], colour, alpha, blur)

    def soft_spots(self, spots: Sequence[Spot], colour: Colour, alpha: float, blur: float = 6.0) -> None:
        """The same with the outline on the sheet."""
        coarse, margin = 8, int(blur * 1.5) + 2
        xs, ys = [x / coarse for x, _ in spots], [y / coarse for _, y in spots]
        left, top = int(max(min(xs), 0)) - margin, int(max(min(ys), 0)) - margin
        right, low = int(min(max(xs), WIDTH * FINE / coarse)), int(min(max(ys), HEIGHT * FINE / coarse))
        wide, high = right + margin + 1 - left, low + margin + 1 - top
        if wide <= 2 * margin or high <= 2 * margin:
            return
        mask = Image.new("L", (wide, high), 0)
        outline = [(x - left, y - top) for x, y in zip(xs, ys, strict=True)]
        ImageDraw.Draw(mask).polygon(outline, fill=round(alpha * 255))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / 2))
        mask = mask.resize((wide * coarse, high * coarse), Image.Resampling.BILINEAR)
        self.image.paste(colour, (left * coarse, top * coarse), mask)

    def glow(self, centre: Point, radius: float, colour: Colour, alpha: float) -> None:
        """Light around a lamp."""
        x, y = self.at(*centre)
        r = self.size(radius, centre[2])
        edge = [(x + r * math.cos(turn * math.tau / 20), y + r * math.sin(turn * math.tau / 20)) for turn in range(20)]
        self.soft_spots(edge, colour, alpha, blur=max(4.0, r / 14))

    # --- the whole sheet ----------------------------------------------------------------------
    def sky(self, clouds: int = 5) -> None:
        """Sky from the top to a little below the horizon, painted coarsely because it is soft."""
        high = int(self.cy) + 40
        coarse, wide = 8, WIDTH * FINE // 8
        rows = np.linspace(0, 1, 64)[:, None, None] ** 1.25
        band = np.array(self.light.top) * (1 - rows) + np.array(self.light.low) * rows
        glow = np.exp(-((np.linspace(0, 1, 64)[None, :, None] - self.light.sun) ** 2) * 5) * rows * 26
        sky = Image.fromarray((band + glow).clip(0, 255).astype(np.uint8)).resize((wide, high // coarse))
        mask = Image.new("L", sky.size, 0)
        draw = ImageDraw.Draw(mask)
        for _ in range(clouds):
            x, y = self.random.uniform(-0.05, 1.0) * wide, self.random.uniform(0.08, 0.72) * sky.height
            width = self.random.uniform(0.05, 0.13) * wide
            for _ in range(4):
                dx, dy = self.random.uniform(-width, width), self.random.uniform(-1.8, 1.8)
                rx, ry = self.random.uniform(0.5, 1.0) * width, self.random.uniform(1.8, 5.0)
                draw.ellipse([x + dx - rx, y + dy - ry, x + dx + rx, y + dy + ry], fill=112)
        white = mix(self.light.low, (255, 255, 255), 0.45 if self.light is not NIGHT else 0.06)
        sky.paste(white, (0, 0), mask.filter(ImageFilter.GaussianBlur(3)))
        self.image.paste(sky.resize((WIDTH * FINE, high), Image.Resampling.BICUBIC), (0, 0))

    def finish(self) -> Image.Image:
        """The picture: reduced, with the warmth of the light, darker corners and a little paper grain."""
        small = self.image.reduce(FINE)
        numbers = np.random.default_rng(self.random.randrange(2**32))
        pixels = np.asarray(small, dtype=np.float32)
        rows = np.linspace(-1, 1, HEIGHT, dtype=np.float32)[:, None]
        columns = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
        light = 1.0 - 0.11 * (rows**2 * 0.8 + columns**2) + 0.05 * np.exp(-((columns - 2 * self.light.sun + 1) ** 2))
        coarse = Image.fromarray(numbers.normal(0, 0.022, (18, 24)).astype(np.float32)).resize((160, 120))
        grain = np.asarray(coarse) + numbers.normal(0, 0.02, (120, 160)).astype(np.float32)
        light += np.asarray(Image.fromarray(grain).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR))
        return Image.fromarray(np.minimum(pixels * light[:, :, None], 255).astype(np.uint8))


def _in_front(points: Sequence[Point]) -> list[Point]:
    """The part of an outline that lies before the camera."""
    kept: list[Point] = []
    for index, here in enumerate(points):
        before = points[index - 1]
        if (before[2] < NEAR) != (here[2] < NEAR) and (len(points) > 2 or index):
            part = (NEAR - before[2]) / (here[2] - before[2])
            kept.append((before[0] + (here[0] - before[0]) * part, before[1] + (here[1] - before[1]) * part, NEAR))
        if here[2] >= NEAR:
            kept.append(here)
    return kept
