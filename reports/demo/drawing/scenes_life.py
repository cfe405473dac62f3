"""Water, rubbish, trees, parks, rooms."""

from __future__ import annotations

import math

from reports.demo.drawing import things
from reports.demo.drawing.backdrops import GRASS, PAVING, canal, lane, open_drain, park, room, specks, street
from reports.demo.drawing.canvas import AFTERNOON, MORNING, NOON, RAIN, Canvas, Colour, mix, shade
from reports.demo.drawing.scenes_road import rain

MUD: Colour = (104, 90, 70)


def clogged_drain(seed: int, fixed: bool) -> Canvas:
    """A drain full of mud and rubbish, its water on the lane; after: clear water low in the channel."""
    c = Canvas(NOON if fixed else RAIN, seed, horizon=0.35, centre=0.56)
    lane(c, wide=1.7)
    x0, x1 = -1.55, -0.65
    open_drain(c, x0, x1, level=-0.4 if fixed else -0.04, water=(112, 128, 124) if fixed else MUD)
    if fixed:
        specks(c, x0 - 0.1, x1 + 0.1, 2.4, 12, (196, 190, 176), 40)
        for heap in range(3):
            things.bag(c, 1.35, 7.2 + heap * 0.7, 0.5)
        return c
    c.soft(c.blob(-0.4, 5.2, 1.35, 1.9, 0.25), shade(MUD, 1.12), 0.86, 3)
    c.soft(c.blob(-0.2, 5.6, 0.75, 1.0, 0.15), mix(c.light.low, (255, 255, 255), 0.2), 0.5, 5)
    for _ in range(30):
        z = c.random.uniform(2.4, 9)
        things_afloat(c, c.random.uniform(x0 + 0.12, x1 - 0.12), z)
    return c


def things_afloat(c: Canvas, x: float, z: float) -> None:
    """A bottle, a leaf or a scrap of plastic on the water."""
    colour = c.vary(
        c.random.choice([(214, 212, 204), (96, 138, 156), (178, 80, 60), (110, 128, 70), (226, 206, 130)]), 8
    )
    turn, long = c.random.uniform(0, math.pi), c.random.uniform(0.07, 0.17)
    dx, dz, side = math.cos(turn) * long, math.sin(turn) * long, long * 0.34
    c.shape(
        [
            (x - dx, 0.0, z - dz - side),
            (x + dx, 0.0, z + dz - side),
            (x + dx, 0.03, z + dz + side),
            (x - dx, 0.03, z - dz + side),
        ],
        colour,
    )


def dumped_sofa(seed: int, fixed: bool) -> Canvas:
    """A sofa, a mattress and bags at a canal; after: swept."""
    c = Canvas(MORNING, seed, horizon=0.38, centre=0.52)
    canal(c)
    if fixed:
        c.line((2.6, 0, 5.0), (2.35, 1.5, 5.0), 0.04, (140, 104, 70))
        c.shape([(2.45, 0, 4.95), (2.8, 0, 4.95), (2.66, 0.32, 4.98), (2.54, 0.32, 4.98)], (206, 176, 104))
        return c
    _mattress(c, 1.75, 6.6)
    _sofa(c, 0.55, 4.8)
    for x, z, size in ((1.95, 4.9, 0.62), (2.35, 5.4, 0.5), (1.75, 4.3, 0.48), (-0.4, 5.9, 0.5), (2.3, 4.2, 0.4)):
        things.bag(c, x, z, size)
    for _ in range(16):
        things_afloat(c, c.random.uniform(-0.6, 2.5), c.random.uniform(3.2, 5.4))
    return c


def _sofa(c: Canvas, x: float, z: float) -> None:
    cloth: Colour = (150, 84, 70)
    c.soft(c.blob(x, z + 0.3, 1.3, 0.7, 0.08), (28, 28, 34), 0.5, 5)
    c.box((x - 1.0, x + 1.0), (0.12, 0.95), (z + 0.55, z + 0.8), shade(cloth, 0.86))
    c.box((x - 0.95, x + 0.95), (0.12, 0.45), (z, z + 0.6), cloth)
    for cushion in (-0.82, 0.05):
        c.box((x + cushion, x + cushion + 0.78), (0.45, 0.56), (z + 0.02, z + 0.55), shade(cloth, 1.12))
    for arm in (-1.12, 0.92):
        c.box((x + arm, x + arm + 0.2), (0.12, 0.68), (z - 0.02, z + 0.7), shade(cloth, 0.94))
    tear = [(x + 0.3, 0.9, z + 0.54), (x + 0.55, 0.84, z + 0.54), (x + 0.42, 0.6, z + 0.54)]
    c.shape(tear, (222, 204, 164))


def _mattress(c: Canvas, x: float, z: float) -> None:
    c.soft(c.blob(x, z + 0.3, 0.9, 0.5, 0.08), (28, 28, 34), 0.45, 5)
    c.shape(
        [(x - 0.8, 0, z), (x + 0.75, 0.05, z), (x + 0.9, 1.55, z + 0.45), (x - 0.65, 1.5, z + 0.45)], (222, 212, 190)
    )
    c.shape(
        [(x - 0.8, 0, z), (x - 0.65, 1.5, z + 0.45), (x - 0.82, 1.5, z + 0.5), (x - 0.97, 0, z + 0.1)], (190, 178, 154)
    )
    for row in range(3):
        for column in range(4):
            c.disc(
                (x - 0.5 + column * 0.36 + row * 0.05, 0.35 + row * 0.42, z + 0.1 + row * 0.12), 0.03, (176, 164, 140)
            )
    c.soft(c.blob(x + 0.1, z, 0.3, 0.1, 0.3, 0.5), (168, 140, 96), 0.5, 3)


def branch_on_cables(seed: int, fixed: bool) -> Canvas:
    """A heavy branch on the cables at a school fence; after: cut back."""
    c = Canvas(MORNING, seed, horizon=0.66, centre=0.5, stand=2.4, zoom=0.78)
    street(c, trees=False)
    c.front(3.2, 40, 0, 3.8, 17, (226, 206, 170))
    c.front(3.2, 40, 3.3, 4.0, 16.9, (170, 86, 62))
    for window in range(7):
        c.front(4.2 + window * 2.2, 5.6 + window * 2.2, 1.3, 2.6, 16.8, things.GLASS)
    things.fence(c, 5.0, 4.0, 16.8, 1.9, (46, 104, 92))
    start, end = (-3.4, 5.3, 2.2), (3.2, 5.6, 16)
    for strand in range(4):
        sag = 0.25 if fixed else 0.75
        c.wire((start[0] + strand * 0.2, start[1], start[2]), (end[0], end[1] + strand * 0.14, end[2]), sag, 0.035)
    things.pole(c, 3.4, 15.6, 6.4)
    things.tree(c, 5.9, 8.6, 6.6, 1.7 if fixed else 2.2, lean=0.3 if fixed else -0.5)
    if not fixed:
        c.line((5.4, 4.0, 8.4), (1.4, 4.7, 7.6), 0.2, (100, 80, 62))
        c.line((3.0, 4.45, 7.9), (1.6, 3.7, 7.4), 0.1, (100, 80, 62))
        things.crown_of_leaves(c, 1.2, 4.6, 7.5, 1.25)
        things.crown_of_leaves(c, 2.6, 4.9, 7.8, 0.9)
        c.glow((1.5, 5.0, 7.4), 0.2, (255, 230, 140), 0.7)
    return c


def flooded_terrace(seed: int, fixed: bool) -> Canvas:
    """Water as high as the door sills; after: the lane is dry, a line of mud is left."""
    c = Canvas(NOON if fixed else RAIN, seed, horizon=0.4)
    lane(c, wide=1.9, drain=False)
    if fixed:
        for side in (-2.98, 2.63):
            c.side(side, 0.28, 0.34, 0.9, 30, (150, 128, 96))
        things.motorbike(c, 1.3, 6.4, (60, 96, 128))
        return c
    water: Colour = (122, 110, 86)
    c.ground(-3.0, 2.65, 0.9, 40, water, 0.36)
    for ripple in range(60):
        z = 2.2 * 1.05**ripple
        x = c.random.uniform(-2.9, 1.8)
        tone = mix(water, c.light.low, c.random.uniform(0.25, 0.75))
        c.ground(x, x + c.random.uniform(0.3, 1.4), z, z * 1.011, tone, 0.362)
    c.soft(
        [(-0.9, 0.37, 5), (0.9, 0.37, 5), (1.2, 0.37, 24), (-1.2, 0.37, 24)],
        mix(c.light.low, (255, 255, 255), 0.3),
        0.4,
        8,
    )
    c.box((1.2, 1.75), (0.36, 0.62), (4.4, 4.8), (176, 62, 54))
    c.front(-2.2, -1.4, 0.36, 0.5, 5.6, (70, 112, 140))
    things.bag(c, 0.3, 5.0, 0.32, 0.3)
    rain(c)
    return c


def smoke_workshop(seed: int, fixed: bool) -> Canvas:
    """Paint mist from an open workshop; after: a closed booth with a filter pipe."""
    c = Canvas(AFTERNOON, seed, horizon=0.4, centre=0.62)
    lane(c, wide=2.2)
    c.side(2.4, 0, 3.4, 4.2, 10, (176, 182, 180))
    c.side(2.38, 0.0, 2.7, 4.8, 9.4, (70, 66, 64) if not fixed else (206, 204, 194))
    c.side(2.36, 2.75, 3.3, 4.6, 9.6, (42, 92, 110))
    if fixed:
        for slat in range(9):
            c.line((2.36, 0.2 + slat * 0.28, 4.8), (2.36, 0.2 + slat * 0.28, 9.4), 0.03, (176, 176, 168))
        c.line((2.2, 2.9, 6.4), (2.2, 6.2, 6.4), 0.3, (150, 158, 162))
        return c
    things.motorbike(c, 1.5, 7.2, (176, 66, 50))
    for puff in range(16):
        z, y = c.random.uniform(5.2, 8.6), c.random.uniform(0.8, 3.4)
        x, r = 2.2 - c.random.uniform(0.1, 2.4), c.random.uniform(0.35, 0.8)
        tone = mix((226, 220, 206), (206, 150, 120), (puff % 4) / 6)
        c.soft([(x + r * math.cos(t * 0.6), y + r * math.sin(t * 0.6) * 0.8, z) for t in range(11)], tone, 0.42, 10)
    return c


def mosquito_bucket(seed: int, fixed: bool) -> Canvas:
    """Standing water with larvae in a yard; after: turned over and dry."""
    c = Canvas(NOON, seed, horizon=0.2, eye=1.35, zoom=0.8)
    lane(c, wide=2.4, drain=False)
    specks(c, -2, 2, 2, 7, PAVING, 90)
    for x, z, tone in ((-0.62, 3.1, (58, 104, 148)), (0.66, 3.5, (178, 74, 56)), (0.1, 4.9, (206, 176, 96))):
        _bucket(c, x, z, tone, upside_down=fixed)
    things.plant(c, 1.7, 4.4, 0.8)
    c.shape([(x * 1.0 - 1.55, 0.02, z) for x, _, z in c.blob(0.1, 4.1, 0.44, 0.42, 0.02)], (40, 40, 42))
    if not fixed:
        c.shape([(x - 1.55, 0.13, z) for x, _, z in c.blob(0.1, 4.1, 0.28, 0.26, 0.02)], (92, 98, 84))
    return c


def _bucket(c: Canvas, x: float, z: float, colour: Colour, *, upside_down: bool) -> None:
    foot, top, high = (0.4, 0.3, 0.62) if upside_down else (0.3, 0.42, 0.62)
    things.shadow(c, x + 0.1, z, 0.6, 0.45, 0.4)
    c.shape(
        [(x - foot, 0, z - 0.1), (x + foot, 0, z - 0.1), (x + top, high, z - 0.1), (x - top, high, z - 0.1)], colour
    )
    c.shape(
        [
            (x + foot * 0.4, 0, z - 0.1),
            (x + foot, 0, z - 0.1),
            (x + top, high, z - 0.1),
            (x + top * 0.45, high, z - 0.1),
        ],
        shade(colour, 0.8),
    )
    rim = c.blob(x, z - 0.02, top, top * 0.8, 0.0, high)
    c.shape(rim, shade(colour, 1.16))
    if upside_down:
        return
    c.shape(c.blob(x, z - 0.02, top * 0.86, top * 0.68, 0.0, high), (88, 104, 96))
    c.soft(c.blob(x + 0.06, z + 0.05, top * 0.4, top * 0.26, 0.0, high), (206, 220, 218), 0.6, 2)
    for _ in range(22):
        turn, far = c.random.uniform(0, math.tau), c.random.uniform(0, top * 0.66)
        px, pz = x + math.cos(turn) * far, z + math.sin(turn) * far * 0.75
        c.line((px, high + 0.002, pz), (px + 0.025, high + 0.002, pz + 0.03), 0.012, (38, 36, 34))


def broken_swing(seed: int, fixed: bool) -> Canvas:
    """A swing with one chain torn; after: two whole swings."""
    c = Canvas(MORNING, seed, horizon=0.44)
    park(c)
    z, steel = 6.6, (196, 84, 60)
    c.soft(c.blob(0.0, z, 2.6, 1.1, 0.1), (196, 172, 130), 0.9, 4)
    for x, way in ((-2.1, -0.6), (2.1, 0.6)):
        for depth in (-0.8, 0.8):
            c.line((x + way, 0, z + depth), (x, 2.7, z), 0.12, steel)
    c.line((-2.1, 2.7, z), (2.1, 2.7, z), 0.13, shade(steel, 0.92))
    for place, x in enumerate((-0.95, 0.95)):
        torn = place == 1 and not fixed
        things.shadow(c, x, z, 0.4, 0.2)
        left, right, low = (x - 0.28, 0.58, z), (x + 0.28, 0.58, z), 0.58
        if torn:
            right = (x + 0.02, 0.12, z)
            c.wire((x + 0.28, 2.7, z), (x + 0.36, 1.5, z), 0.0, 0.035, (120, 124, 128))
        c.line((x - 0.28, 2.7, z), left, 0.035, (120, 124, 128))
        if not torn:
            c.line((x + 0.28, 2.7, z), right, 0.035, (120, 124, 128))
        c.line(left, right, 0.1, (52, 108, 120))
        del low
    c.box((-4.6, -3.2), (0, 0.45), (8.6, 9.0), things.WOOD)
    return c


def wild_park(seed: int, fixed: bool) -> Canvas:
    """Grass up to the hips and a dead lamp; after: mown."""
    c = Canvas(AFTERNOON, seed, horizon=0.42, centre=0.52)
    park(c, grass=GRASS if fixed else (112, 130, 66))
    things.street_lamp(c, 3.4, 8.0, on=False, high=4.2, reach=-0.7)
    c.box((-2.9, -1.2), (0.38, 0.46), (6.4, 6.8), things.WOOD)
    c.box((-2.9, -1.2), (0.6, 0.92), (6.8, 6.86), things.WOOD)
    for foot in (-2.75, -1.35):
        c.line((foot, 0, 6.5), (foot, 0.4, 6.5), 0.08, (70, 72, 74))
    if fixed:
        for stripe in range(6):
            c.ground(2.4 + stripe * 0.5, 2.65 + stripe * 0.5, 3.4, 14, shade(GRASS, 1.08), 0.002)
        return c
    for row in range(22):
        z = 11.0 * 0.93**row
        for _ in range(34):
            x = c.random.uniform(-0.95 * z, 0.95 * z)
            if -1.3 < x - z * 0.08 < 1.5 and z > 3:
                continue
            high, bend = c.random.uniform(0.45, 0.95), c.random.uniform(-0.22, 0.22)
            tone = c.vary(c.random.choice([(104, 126, 58), (134, 146, 74), (88, 112, 58), (170, 164, 98)]), 8)
            c.shape([(x - 0.025, 0, z), (x + 0.025, 0, z), (x + bend, high, z)], tone)
    return c


def leaking_roof(seed: int, fixed: bool) -> Canvas:
    """A hall with a stained ceiling, a puddle and a bucket; after: dry and painted."""
    c = Canvas(NOON if fixed else RAIN, seed, horizon=0.46)
    room(c)
    for row in range(3):
        chairs(c, 2.1, 4.0 + row * 1.2, 3 if fixed else 5)
    if fixed:
        for x in (-1.8, -0.6):
            chairs(c, x, 5.6, 1)
        return c
    for x, z in ((-0.7, 4.3), (0.8, 5.8)):
        for ring in range(3):
            c.soft(c.blob(x, z, 0.95 - ring * 0.24, 0.7 - ring * 0.18, 0.25, 3.09), (146, 116, 76), 0.42, 3)
        for drop in range(5):
            c.line((x, 2.7 - drop * 0.5, z - 0.1), (x, 2.52 - drop * 0.5, z - 0.1), 0.022, (214, 230, 236))
        c.soft(c.blob(x, z, 1.0, 0.7, 0.2), (168, 186, 188), 0.75, 3)
        c.soft(c.blob(x + 0.1, z + 0.1, 0.5, 0.3, 0.1), (236, 242, 240), 0.6, 4)
    _bucket(c, -0.7, 4.2, (58, 104, 148), upside_down=False)
    return c


def chairs(c: Canvas, x: float, z: float, count: int) -> None:
    """Stacked plastic chairs."""
    tone: Colour = (178, 70, 54)
    things.shadow(c, x, z + 0.2, 0.5, 0.4)
    for foot in (-0.2, 0.2):
        c.line((x + foot, 0, z), (x + foot * 0.9, 0.45, z), 0.05, shade(tone, 0.85))
    for level in range(count):
        y = 0.42 + level * 0.09
        c.box((x - 0.24, x + 0.24), (y, y + 0.05), (z, z + 0.42), c.vary(tone, 6))
    top = 0.42 + count * 0.09
    c.shape(
        [
            (x - 0.24, top, z + 0.42),
            (x + 0.24, top, z + 0.42),
            (x + 0.2, top + 0.48, z + 0.5),
            (x - 0.2, top + 0.48, z + 0.5),
        ],
        shade(tone, 0.92),
    )


def murky_tap(seed: int, fixed: bool) -> Canvas:
    """Brown water from a tap; after: clear."""
    c = Canvas(NOON, seed, horizon=0.38, eye=1.1, zoom=1.25)
    wall: Colour = (206, 220, 216)
    c.front(-5, 5, 0, 4, 3.0, wall)
    for row in range(14):
        c.line((-5, row * 0.22, 2.995), (5, row * 0.22, 2.995), 0.01, shade(wall, 0.86))
    for column in range(-12, 13):
        c.line((column * 0.22, 0, 2.995), (column * 0.22, 3, 2.995), 0.01, shade(wall, 0.86))
    c.ground(-5, 5, 0.9, 3.0, (176, 186, 178), 0)
    c.box((-1.1, 1.1), (0.12, 0.42), (2.1, 3.0), (226, 226, 216))
    steel: Colour = (150, 158, 164)
    c.line((0, 1.28, 2.99), (0, 1.28, 2.45), 0.12, steel)
    c.line((0, 1.3, 2.46), (0, 1.12, 2.42), 0.12, shade(steel, 0.9))
    c.line((-0.15, 1.44, 2.6), (0.15, 1.44, 2.6), 0.06, (60, 104, 150))
    c.line((0, 1.28, 2.6), (0, 1.44, 2.6), 0.05, steel)
    water: Colour = (150, 194, 210) if fixed else (146, 112, 66)
    c.line((0, 1.12, 2.42), (0.01, 0.64, 2.42), 0.075, water)
    c.line((-0.02, 1.1, 2.41), (-0.01, 0.66, 2.41), 0.018, mix(water, (255, 255, 255), 0.6))
    things.shadow(c, 0.05, 2.5, 0.5, 0.3, 0.3)
    c.shape([(-0.27, 0.42, 2.38), (0.27, 0.42, 2.38), (0.36, 0.82, 2.38), (-0.36, 0.82, 2.38)], (226, 232, 232))
    c.shape([(-0.28, 0.44, 2.37), (0.28, 0.44, 2.37), (0.345, 0.74, 2.37), (-0.345, 0.74, 2.37)], water)
    c.shape(c.blob(0, 2.42, 0.345, 0.16, 0.0, 0.74), mix(water, (255, 255, 255), 0.22))
    c.soft(c.blob(0.08, 2.44, 0.16, 0.06, 0.0, 0.745), (255, 255, 255), 0.5, 2)
    for bottle in range(2):
        x = 0.68 + bottle * 0.24
        c.front(x, x + 0.17, 0.42, 0.82, 2.5, mix((176, 210, 220), wall, 0.3))
        c.front(x + 0.05, x + 0.12, 0.82, 0.9, 2.5, (56, 104, 150))
    return c


def snake_in_drain(seed: int, fixed: bool) -> Canvas:
    """A snake in the drain of a kindergarten; after: the drain is covered."""
    c = Canvas(NOON, seed, horizon=0.3, centre=0.6)
    lane(c, wide=2.3)
    things.fence(c, -2.2, 1.2, 16, 1.7, (64, 150, 96))
    open_drain(c, -1.6, -0.4, level=-0.4, water=(96, 104, 84))
    if fixed:
        for slab in range(16):
            z = 1.4 + slab * 0.72
            c.ground(-1.66, -0.34, z, z + 0.66, c.vary((198, 192, 178), 5), 0.03)
        return c
    before = None
    for step in range(26):
        z = 2.9 + step * 0.085
        here = (-1.0 + 0.2 * math.sin(step * 0.62), -0.36, z)
        if before:
            c.line(before, here, 0.11 - step * 0.0028, (72, 78, 48) if step % 3 else (150, 138, 76))
        before = here
    c.disc((-1.02, -0.34, 2.86), 0.075, (72, 78, 48), 0.7)
    return c


def waiting_room(seed: int, fixed: bool) -> Canvas:
    """Cigarette ends and smoke in a waiting room for children; after: a clear sign and clean air."""
    c = Canvas(NOON, seed, horizon=0.46)
    room(c, wall=(216, 226, 230), tile=(206, 210, 206))
    for side in (-2.6, 1.4):
        for row in range(3):
            things.shadow(c, side + 0.6, 4.2 + row, 0.8, 0.3)
            c.box((side, side + 1.2), (0.38, 0.46), (4.0 + row, 4.4 + row), (62, 122, 132))
            c.box((side, side + 1.2), (0.6, 0.95), (4.4 + row, 4.46 + row), (76, 138, 146))
    c.disc((0, 2.68, 7.9), 0.3, (190, 44, 36))
    c.disc((0, 2.68, 7.88), 0.23, (240, 238, 230))
    c.front(-0.15, 0.15, 2.64, 2.72, 7.86, (50, 50, 54))
    c.line((-0.16, 2.84, 7.85), (0.16, 2.52, 7.85), 0.05, (190, 44, 36))
    if fixed:
        return c
    for puff in range(9):
        x, y = 1.1 - puff * 0.16, 1.3 + puff * 0.16
        r = 0.14 + puff * 0.05
        c.soft(
            [(x + r * math.cos(t * 0.6), y + r * math.sin(t * 0.6), 3.6) for t in range(11)], (240, 240, 238), 0.3, 6
        )
    for _ in range(7):
        x, z = c.random.uniform(-0.3, 1.2), c.random.uniform(2.7, 3.6)
        c.line((x, 0.01, z), (x + 0.09, 0.01, z + 0.03), 0.03, (238, 226, 200))
        c.line((x + 0.09, 0.01, z + 0.03), (x + 0.12, 0.01, z + 0.04), 0.03, (196, 140, 76))
    return c
