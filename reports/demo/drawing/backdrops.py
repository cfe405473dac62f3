"""Places in which the scenes happen: a lane, a street, a canal, a park, a room."""

from __future__ import annotations

import itertools

from reports.demo.drawing import things
from reports.demo.drawing.canvas import RAIN, Canvas, Colour, mix, shade

ASPHALT: Colour = (118, 116, 112)
PAVING: Colour = (186, 176, 160)
GRASS: Colour = (122, 146, 82)
WATER: Colour = (104, 118, 104)
FAR = 60.0


def specks(c: Canvas, x0: float, x1: float, z0: float, z1: float, colour: Colour, count: int = 150) -> None:
    """Stones, patches and wear on a ground."""
    for _ in range(count):
        z = z0 + (z1 - z0) * c.random.random() ** 2
        x, r = c.random.uniform(x0, x1), c.random.uniform(0.01, 0.06)
        c.shape(c.blob(x, z, r, r * 0.7, 0.3), c.vary(shade(colour, c.random.choice([0.86, 0.92, 1.08])), 5))


def crack(c: Canvas, x: float, z: float, colour: Colour, steps: int = 7) -> None:
    """A crack that wanders away."""
    for _ in range(steps):
        nx, nz = x + c.random.uniform(-0.16, 0.16), z + c.random.uniform(0.12, 0.4)
        c.line((x, 0.001, z), (nx, 0.001, nz), 0.022, shade(colour, 0.62))
        x, z = nx, nz


def lane(c: Canvas, *, wide: float = 1.7, colour: Colour = PAVING, drain: bool = True) -> None:
    """A lane between houses, with a drain along its left side."""
    c.sky()
    c.front(-60, 60, 0, 5.2, FAR, mix(c.light.low, (150, 160, 150), 0.35))
    for _ in range(7):
        things.crown_of_leaves(c, c.random.uniform(-9, 9), c.random.uniform(4.2, 6.4), 48, 2.6)
    c.ground(-14, 14, NEAREST, FAR, shade(colour, 0.94))
    c.ground(-wide, wide, NEAREST, FAR, colour)
    if colour == PAVING:
        _joints(c, wide, colour)
    specks(c, -wide, wide, 2.2, 16, colour)
    edges = [34.0, 28.0, 23.0, 18.5, 14.5, 11.0, 8.0, 5.2, 2.6, 0.4]
    for far, near in itertools.pairwise(edges):
        for side in (-wide - 1.1, wide + 0.75):
            things.house_beside(c, side, near + 0.12, far, c.random.choice([2.9, 3.3, 4.4, 4.8, 3.1]))
            if c.random.random() < 0.62 and near > 3:
                inner = side + (0.45 if side < 0 else -0.42)
                things.plant(c, inner, near + c.random.uniform(0.6, 2.0), c.random.uniform(0.35, 0.7))
    if drain:
        open_drain(c, -wide - 0.52, -wide)
    _wires(c, wide)
    shadow_of_houses(c, wide)


NEAREST = 0.9


def _joints(c: Canvas, wide: float, colour: Colour) -> None:
    z = 2.2
    while z < 20:
        c.line((-wide, 0.001, z), (wide, 0.001, z), 0.018, shade(colour, 0.86))
        z *= 1.13
    for row in range(1, 5):
        x = -wide + row * wide * 2 / 5
        c.line((x, 0.001, 2.0), (x, 0.001, 22), 0.016, shade(colour, 0.88))


def _wires(c: Canvas, wide: float) -> None:
    before = None
    for z in (5.5, 13.0, 24.0):
        top = things.pole(c, wide + 0.28, z, 6.4, c.random.uniform(-0.1, 0.1))
        for strand in range(3):
            start = before or (top[0] + 0.3, top[1] + 0.6, 0.6)
            shift = strand * 0.26 - 0.26
            c.wire((start[0] + shift, start[1], start[2]), (top[0] + shift, top[1], top[2]), 0.4)
        c.wire(top, (-wide - 1.1, 3.6, z + 2.2), 0.22, 0.016)
        before = top


def shadow_of_houses(c: Canvas, wide: float) -> None:
    """The houses on the sunny side shade a part of the lane."""
    if c.light.tint[0] < 0.95:
        return
    edge = wide * 0.3
    way = 1 if c.light.sun > 0.5 else -1
    c.soft(
        [(way * edge, 0, 3), (way * (wide + 0.6), 0, 1.2), (way * (wide + 0.6), 0, 30), (way * edge * 1.4, 0, 30)],
        (38, 40, 58),
        0.2,
        8,
    )


def open_drain(c: Canvas, x0: float, x1: float, *, level: float = -0.42, water: Colour = (92, 100, 92)) -> None:
    """A concrete channel; level is that of the water, in metres below the lane."""
    c.ground(x0, x1, NEAREST, 40, (66, 64, 60))
    c.side(x0, -0.6, 0, NEAREST, 40, (122, 118, 108))
    low = max(level, -0.55)
    squeeze = (x1 - x0) * 0.12
    c.ground(x0 + squeeze * 0.2, x1 - squeeze * 0.2, NEAREST, 40, water, low)
    for step in range(12):
        z = 2.4 * 1.24**step
        c.ground(x0 + squeeze, x1 - squeeze, z, z * 1.03, mix(water, c.light.low, 0.45), low + 0.003)
    for lip in (x0 - 0.1, x1):
        c.ground(lip, lip + 0.1, NEAREST, 40, (202, 196, 182), 0.01)


def street(c: Canvas, *, trees: bool = True) -> None:
    """A wide street with a pavement on the right, shop houses and painted kerbs."""
    c.sky(6)
    things.skyline(c)
    c.ground(-60, 60, NEAREST, 160, GRASS)
    c.ground(-9.5, 3.0, NEAREST, 160, ASPHALT)
    specks(c, -6, 3, 2.2, 22, ASPHALT, 220)
    for dash in range(12):
        z = 3.0 + dash * 5
        c.ground(-3.1, -2.95, z, z + 2.4, (232, 226, 208), 0.002)
    pavement(c)
    z = 56.0
    while z > 4:
        _shop(c, 6.4, z - 5.6, z)
        z -= 5.8
    for z in (44.0, 34.0, 25.0, 17.0):
        things.crown_of_leaves(c, -12.5, 5.5, z, 3.2)
        c.line((-12.5, 0, z), (-12.5, 5, z), 0.35, (104, 84, 66))
    if trees:
        for z in (30.0, 20.0, 13.0):
            things.tree(c, 5.6, z, 5.4, 1.7)


def pavement(c: Canvas) -> None:
    """Paving, the yellow guiding tiles and the black and white kerb."""
    c.ground(3.2, 6.4, NEAREST, 120, PAVING, 0.15)
    z = 1.6
    while z < 24:
        c.line((3.2, 0.152, z), (6.4, 0.152, z), 0.018, shade(PAVING, 0.86))
        z *= 1.13
    for row in range(1, 6):
        x = 3.2 + row * 0.53
        c.line((x, 0.152, 1.4), (x, 0.152, 24), 0.016, shade(PAVING, 0.87))
    c.ground(4.5, 4.9, NEAREST, 60, (226, 184, 74), 0.155)
    for rib in range(3):
        x = 4.57 + rib * 0.13
        c.line((x, 0.158, 1.2), (x, 0.158, 26), 0.025, (200, 154, 52))
    for block in range(60):
        near = 0.9 + block * 0.9
        colour = (236, 232, 222) if block % 2 else (52, 52, 54)
        c.ground(3.0, 3.22, near, near + 0.9, colour, 0.16)
        c.side(3.0, 0, 0.16, near, near + 0.9, shade(colour, 0.84))


def _shop(c: Canvas, x: float, z0: float, z1: float) -> None:
    colour, high = c.vary(c.random.choice(things.WALLS), 8), c.random.choice([6.2, 7.4, 9.0])
    c.side(x, 0, high, z0, z1, colour)
    sign = c.random.choice([(42, 104, 116), (176, 84, 56), (212, 166, 66), (70, 110, 82), (108, 82, 116)])
    c.side(x - 0.05, 2.7, 3.5, z0 + 0.1, z1 - 0.1, sign)
    c.side(x - 0.06, 2.92, 3.2, z0 + 0.6, z0 + 3.2, mix(sign, (255, 250, 236), 0.75))
    shutter = (150, 156, 156) if c.random.random() < 0.5 else (86, 100, 108)
    c.side(x - 0.02, 0.15, 2.6, z0 + 0.4, z1 - 0.4, shutter)
    for slat in range(8):
        c.line(
            (x - 0.03, 0.4 + slat * 0.28, z0 + 0.4), (x - 0.03, 0.4 + slat * 0.28, z1 - 0.4), 0.03, shade(shutter, 0.88)
        )
    for floor in range(int((high - 3.6) / 1.6)):
        for window in range(3):
            z = z0 + 0.6 + window * 1.6
            c.side(x - 0.02, 4.0 + floor * 1.6, 5.1 + floor * 1.6, z, z + 1.1, things.GLASS)
    c.front(x, x * 2.2, 0, high, z0, shade(colour, 0.85))


def canal(c: Canvas, *, water: Colour = WATER) -> None:
    """A canal on the left with stone banks, a path on the right, houses along it."""
    c.sky(6)
    things.skyline(c, 12)
    c.front(-60, 60, 0, 3.6, 90, mix(c.light.low, (120, 140, 110), 0.4))
    c.ground(-60, 60, NEAREST, 120, GRASS)
    c.ground(-5.6, -1.5, NEAREST, 120, water, -1.7)
    for ripple in range(46):
        z = 3.4 * 1.07**ripple
        x = c.random.uniform(-5.2, -2.6)
        c.ground(x, x + c.random.uniform(0.4, 1.5), z, z * 1.012, mix(water, c.light.low, 0.5), -1.695)
    stone = (150, 146, 134)
    for high in range(4):
        top = -high * 0.425
        left, right = -6.3 + high * 0.18, -1.1 - high * 0.1
        low_left, low_right = left + 0.18, right - 0.1
        for near, far in ((0.9, 3.0), (3.0, 8.0), (8.0, 24.0), (24.0, 110.0)):
            colour = c.vary(shade(stone, 1.06 - high * 0.09), 4)
            c.shape(
                [(left, top, near), (left, top, far), (low_left, top - 0.43, far), (low_left, top - 0.43, near)],
                shade(colour, 0.86),
            )
            c.shape(
                [(right, top, near), (right, top, far), (low_right, top - 0.43, far), (low_right, top - 0.43, near)],
                colour,
            )
    z = 44.0
    while z > 8:
        things.house_beside(c, -8.2, z - 4.2, z, c.random.choice([3.0, 3.6, 4.6]))
        things.house_beside(c, 5.4, z - 4.2, z, c.random.choice([3.0, 3.6, 4.6]))
        z -= 4.6
    for z in (36.0, 24.0, 15.0):
        things.tree(c, 4.2, z, 5.0, 1.7)
    c.ground(-0.9, 2.9, NEAREST, 120, PAVING)
    specks(c, -0.9, 2.9, 2.2, 18, PAVING)
    c.ground(-1.1, -0.85, NEAREST, 110, (206, 200, 186), 0.12)
    c.side(-0.85, 0, 0.12, NEAREST, 110, (168, 162, 150))


def park(c: Canvas, *, grass: Colour = GRASS) -> None:
    """Grass, a winding path, trees, and the flats behind."""
    c.sky(7)
    things.skyline(c, 9, 140)
    for x, high in ((-17, 13), (3, 16), (17, 12)):
        colour = c.vary((214, 204, 186), 10)
        c.front(x, x + 11, 0, high, 55, colour)
        for floor in range(high // 2 - 1):
            for window in range(6):
                c.front(
                    x + 0.8 + window * 1.7, x + 1.8 + window * 1.7, 1.6 + floor * 2, 2.7 + floor * 2, 54.9, things.GLASS
                )
    c.ground(-60, 60, NEAREST, 70, grass)
    for _ in range(26):
        spot, z = c.random.uniform(-12, 12), c.random.uniform(3, 34)
        c.soft(
            c.blob(spot, z, c.random.uniform(0.6, 2.0), 0.8, 0.3), shade(grass, c.random.choice([0.82, 1.16])), 0.3, 5
        )
    for left, away, tall in ((-9, 30, 7), (8, 27, 7.4), (-5.5, 21, 6), (12, 18, 6.5), (-8.5, 14, 6.4)):
        things.tree(c, left, away, tall, tall * 0.36)
    bend = [(-1.1, 1.0), (-0.9, 4.0), (0.2, 8.0), (1.6, 13.0), (1.8, 20.0), (0.4, 34.0)]
    path = [(x, 0.0, z) for x, z in bend] + [(x + 1.9, 0.0, z) for x, z in reversed(bend)]
    c.shape(path, (204, 186, 156))


def room(c: Canvas, *, wall: Colour = (214, 224, 208), tile: Colour = (212, 204, 190), ceiling: float = 3.1) -> None:
    """The inside of a public hall: tiled floor, windows, a ceiling of boards."""
    far, half = 8.0, 3.4
    c.ground(-half, half, NEAREST, far, tile)
    for column in range(-5, 6):
        c.line((column * 0.62, 0.001, 1.4), (column * 0.62, 0.001, far), 0.014, shade(tile, 0.86))
    z = 1.6
    while z < far:
        c.line((-half, 0.001, z), (half, 0.001, z), 0.014, shade(tile, 0.86))
        z += 0.62
    for side in (-half, half):
        c.side(side, 0, ceiling, NEAREST, far, shade(wall, 0.9 if side < 0 else 0.98))
        c.side(side * 0.999, 0, 1.0, NEAREST, far, shade(wall, 0.72))
    c.front(-half, half, 0, ceiling, far, wall)
    c.front(-half, half, 0, 1.0, far - 0.01, shade(wall, 0.76))
    c.ground(-half, half, NEAREST, far, (232, 226, 214), ceiling)
    for beam in range(1, 8):
        c.line((-half, ceiling - 0.01, beam * 1.05), (half, ceiling - 0.01, beam * 1.05), 0.03, (196, 188, 174))
    for x in (-2.5, 1.3):
        c.front(x, x + 1.2, 1.25, 2.4, far - 0.02, (240, 234, 220))
        c.front(x + 0.07, x + 1.13, 1.32, 2.33, far - 0.03, mix(c.light.top, c.light.low, 0.6))
        c.line((x + 0.6, 1.3, far - 0.04), (x + 0.6, 2.35, far - 0.04), 0.05, (240, 234, 220))
    c.front(-0.75, 0.75, 1.35, 2.25, far - 0.03, (62, 92, 84))
    c.front(-0.66, 0.66, 1.43, 2.17, far - 0.04, (84, 116, 104))
    if c.light is not RAIN:
        c.soft([(-2.4, 0.01, 3.4), (-0.9, 0.01, 3.4), (0.2, 0.01, 6.4), (-1.6, 0.01, 6.4)], (255, 240, 200), 0.28, 8)
