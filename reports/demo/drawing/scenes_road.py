"""Roads, pavements, traffic, cables and signs."""

from __future__ import annotations

import math

from reports.demo.drawing import things
from reports.demo.drawing.backdrops import ASPHALT, PAVING, crack, lane, specks, street
from reports.demo.drawing.canvas import AFTERNOON, MORNING, NIGHT, NOON, RAIN, Canvas, Colour, mix, shade


def pothole(seed: int, fixed: bool) -> Canvas:
    """A hole with rain water in a lane; after: a fresh patch of asphalt."""
    c = Canvas(NOON if fixed else MORNING, seed, horizon=0.36)
    lane(c, wide=2.2, colour=ASPHALT, drain=False)
    x, z = c.random.uniform(-0.4, 0.3), 4.3
    if fixed:
        patch = [
            (x - 1.35, 0.004, z - 0.85),
            (x + 1.3, 0.004, z - 0.95),
            (x + 1.25, 0.004, z + 1.2),
            (x - 1.3, 0.004, z + 1.1),
        ]
        c.shape(patch, (64, 64, 68))
        specks(c, x - 1.2, x + 1.15, z - 0.8, z + 1.0, (70, 70, 74), 130)
        c.line(patch[0], patch[1], 0.05, (92, 92, 94))
        c.line(patch[1], patch[2], 0.04, (92, 92, 94))
        return c
    for _ in range(7):
        crack(c, x + c.random.uniform(-1.5, 1.3), z - 0.9, ASPHALT)
    hole(c, x, z, 1.15, 0.72)
    hole(c, x + 1.1, z + 2.6, 0.55, 0.4)
    things.motorbike(c, 1.55, 7.0, (160, 52, 44))
    return c


def hole(c: Canvas, x: float, z: float, rx: float, rz: float) -> None:
    """A pothole: broken rim, dark depth, muddy water that mirrors the sky."""
    c.shape(c.blob(x, z, rx * 1.22, rz * 1.25, 0.3), shade(ASPHALT, 0.8))
    c.shape(c.blob(x, z, rx, rz, 0.28), (72, 64, 56))
    c.shape(c.blob(x, z - rz * 0.08, rx * 0.86, rz * 0.78, 0.22), (112, 98, 78))
    c.shape(c.blob(x, z - rz * 0.06, rx * 0.74, rz * 0.64, 0.18), (138, 128, 108))
    c.soft(
        c.blob(x + rx * 0.1, z + rz * 0.1, rx * 0.5, rz * 0.34, 0.1), mix(c.light.low, (255, 255, 255), 0.3), 0.62, 5
    )
    for _ in range(34):
        turn, far = c.random.uniform(0, math.tau), c.random.uniform(1.0, 1.5)
        size = c.random.uniform(0.02, 0.07)
        spot = c.blob(x + math.cos(turn) * rx * far, z + math.sin(turn) * rz * far, size, size, 0.3)
        c.shape(spot, c.vary((96, 92, 86), 14))


def excavation(seed: int, fixed: bool) -> Canvas:
    """A trench left open; after: filled and paved."""
    c = Canvas(AFTERNOON if not fixed else NOON, seed, horizon=0.37)
    lane(c, wide=2.1)
    x0, x1, z0, z1 = 0.1, 1.15, 2.9, 10.5
    if fixed:
        c.ground(x0, x1, z0, z1, shade(PAVING, 1.12), 0.003)
        for row in range(16):
            z = z0 + row * 0.48
            c.line((x0, 0.005, z), (x1, 0.005, z), 0.016, shade(PAVING, 0.94))
        return c
    c.ground(x0, x1, z0, z1, (70, 56, 44))
    c.side(x1, -0.7, 0, z0, z1, (128, 98, 72))
    c.side(x0, -0.7, 0, z0, z1, (104, 80, 60))
    c.ground(x0 + 0.12, x1 - 0.12, z0 + 0.6, z1, (90, 70, 54), -0.5)
    c.line(((x0 + x1) / 2, -0.4, z0 + 0.3), ((x0 + x1) / 2, -0.4, z1), 0.22, (62, 110, 140))
    for heap in range(9):
        z = z0 + 0.4 + heap * 0.85
        soil = c.vary((146, 112, 80), 10)
        outline = c.blob(-0.55, z, 0.62, 0.5, 0.25)
        c.shape([(px, 0.0 if pz < z else 0.42 + 0.12 * math.sin(heap), pz) for px, _, pz in outline], soil)
        specks(c, -1.1, 0.0, z - 0.4, z + 0.3, (120, 92, 66), 16)
    barrier(c, 0.6, 2.75)
    return c


def barrier(c: Canvas, x: float, z: float) -> None:
    """A red and white board that somebody put up."""
    things.shadow(c, x, z, 0.8, 0.2)
    for foot in (x - 0.55, x + 0.55):
        c.line((foot, 0, z), (foot, 0.95, z), 0.06, (120, 96, 70))
    for stripe in range(8):
        a = x - 0.8 + stripe * 0.2
        c.shape(
            [(a, 0.55, z - 0.01), (a + 0.2, 0.55, z - 0.01), (a + 0.2, 0.8, z - 0.01), (a, 0.8, z - 0.01)],
            (190, 58, 44) if stripe % 2 else (242, 236, 224),
        )


def drain_cover(seed: int, fixed: bool) -> Canvas:
    """A missing grating in the pavement; after: a new one."""
    c = Canvas(MORNING, seed, horizon=0.3, centre=0.4, stand=3.3)
    street(c, trees=False)
    x0, x1, z0, z1 = 3.5, 4.35, 4.4, 5.5
    c.ground(x0 - 0.09, x1 + 0.09, z0 - 0.09, z1 + 0.09, (150, 146, 138), 0.156)
    c.ground(x0, x1, z0, z1, (30, 30, 32), 0.158)
    c.ground(x0, x1, z1 - 0.26, z1, (84, 80, 74), 0.159)
    c.soft([(x0, 0.16, z0), (x1, 0.16, z0), (x1, 0.16, z0 + 0.5), (x0, 0.16, z0 + 0.5)], (12, 12, 14), 0.8, 2)
    if fixed:
        for bar in range(9):
            x = x0 + 0.03 + bar * (x1 - x0 - 0.06) / 8
            c.line((x, 0.17, z0), (x, 0.17, z1), 0.055, (86, 92, 96))
        for z in (z0 + 0.03, (z0 + z1) / 2, z1 - 0.03):
            c.line((x0, 0.172, z), (x1, 0.172, z), 0.06, (74, 80, 84))
    else:
        c.line((3.95, -0.1, z1 - 0.2), (3.55, 1.35, z0 + 0.3), 0.05, (128, 94, 62))
        for leaf in range(6):
            c.shape(c.blob(3.5 + leaf * 0.03, z0 + 0.3 + leaf * 0.02, 0.16, 0.1, 0.3, 1.1 + leaf * 0.05), (92, 128, 70))
    things.plant(c, 6.0, 6.6, 0.9, 0.15)
    return c


def tactile_paving(seed: int, fixed: bool) -> Canvas:
    """Big pots on the guiding tiles; after: the way is free."""
    c = Canvas(NOON, seed, horizon=0.36, centre=0.42, stand=3.9)
    street(c)
    for place, z in enumerate((11.0, 8.6, 6.6, 5.0)):
        x = 5.95 if fixed else 4.72
        things.shadow(c, x, z, 0.5, 0.3)
        c.box((x - 0.32, x + 0.32), (0.15, 0.72), (z, z + 0.6), c.vary((196, 186, 170), 8))
        things.crown_of_leaves(c, x, 1.05, z + 0.2, 0.42 + 0.05 * (place % 2))
    if not fixed:
        things.motorbike(c, 5.6, 7.4, (52, 84, 120))
    return c


def parked_cars(seed: int, fixed: bool) -> Canvas:
    """Cars parked in two rows; after: the street is free and a sign stands there."""
    c = Canvas(NOON, seed, horizon=0.4, centre=0.5, stand=0.4)
    street(c)
    colours: list[Colour] = [
        (206, 208, 206),
        (58, 66, 78),
        (166, 62, 50),
        (196, 180, 140),
        (78, 104, 122),
        (232, 230, 224),
    ]
    for row, z in enumerate((29.0, 22.5, 17.0, 11.5, 6.0)):
        if not fixed:
            things.car(c, 1.9, z, c.vary(colours[row % 6], 6))
            if row != 1:
                things.car(c, -0.25, z + 1.2, c.vary(colours[(row + 3) % 6], 6))
    if fixed:
        things.car(c, -1.4, 26, (206, 208, 206))
    _no_parking(c, 3.5, 7.2)
    return c


def _no_parking(c: Canvas, x: float, z: float) -> None:
    c.line((x, 0.15, z), (x, 2.6, z), 0.07, (132, 138, 142))
    c.disc((x, 2.6, z - 0.02), 0.34, (190, 44, 36))
    c.disc((x, 2.6, z - 0.03), 0.26, (240, 236, 226))
    c.line((x - 0.2, 2.8, z - 0.04), (x + 0.2, 2.4, z - 0.04), 0.07, (190, 44, 36))
    c.front(x - 0.07, x + 0.0, 2.45, 2.75, z - 0.035, (44, 44, 48))


def street_vendors(seed: int, fixed: bool) -> Canvas:
    """Carts that fill the mouth of a lane; after: they stand in a row at the side."""
    c = Canvas(AFTERNOON, seed, horizon=0.37)
    lane(c, wide=2.6, colour=ASPHALT, drain=False)
    colours: list[Colour] = [(186, 76, 54), (54, 112, 116), (206, 156, 62), (92, 118, 74)]
    spots = [(1.9, 15.0), (1.9, 11.5), (1.9, 8.4)] if fixed else [(-1.3, 13), (1.2, 10.5), (-1.5, 7.6), (1.3, 5.6)]
    for place, (x, z) in enumerate(spots):
        things.stall(c, x, z, colours[place])
    if fixed:
        for dash in range(9):
            c.ground(0.95, 1.03, 3 + dash * 1.8, 4.1 + dash * 1.8, (236, 206, 96), 0.002)
    else:
        for x, z in ((0.1, 6.2), (-0.2, 4.9), (0.5, 4.6)):
            c.box((x - 0.17, x + 0.17), (0, 0.42), (z, z + 0.32), (176, 60, 52))
    return c


def crossing_button(seed: int, fixed: bool) -> Canvas:
    """A crossing whose button is broken; after: a lit one."""
    c = Canvas(NOON, seed, horizon=0.42, centre=0.42, stand=2.9, eye=1.5)
    street(c)
    for stripe in range(9):
        x = -7.9 + stripe * 1.2
        c.ground(x, x + 0.62, 6.4, 9.2, (236, 232, 220), 0.003)
    x, z = 3.75, 3.6
    c.line((x, 0.15, z), (x, 4.2, z), 0.15, (222, 176, 62))
    for band in range(3):
        c.line((x, 0.7 + band * 0.5, z - 0.01), (x, 0.95 + band * 0.5, z - 0.01), 0.155, (46, 46, 48))
    c.box((x - 0.26, x + 0.26), (3.1, 4.0), (z - 0.1, z + 0.2), (46, 52, 56))
    c.disc((x, 3.78, z - 0.12), 0.16, (92, 36, 32) if fixed else (70, 54, 52))
    c.disc((x, 3.36, z - 0.12), 0.16, (96, 210, 130) if fixed else (56, 66, 60))
    if fixed:
        c.glow((x, 3.36, z - 0.13), 0.3, (126, 230, 150), 0.5)
    c.box((x - 0.2, x + 0.2), (1.1, 1.72), (z - 0.22, z - 0.02), (222, 176, 62) if fixed else (186, 152, 76))
    c.front(x - 0.15, x + 0.15, 1.42, 1.66, z - 0.23, (238, 234, 222))
    c.disc((x, 1.25, z - 0.24), 0.075, (196, 48, 40) if fixed else (34, 34, 36))
    if not fixed:
        c.wire((x + 0.02, 1.24, z - 0.25), (x + 0.2, 0.85, z - 0.25), 0.08, 0.016, (176, 60, 48))
        c.wire((x - 0.01, 1.22, z - 0.25), (x + 0.05, 0.78, z - 0.25), 0.05, 0.016, (60, 90, 140))
    return c


def billboard(seed: int, fixed: bool) -> Canvas:
    """The leaning frame of an old billboard over a shop; after: taken down."""
    c = Canvas(AFTERNOON, seed, horizon=0.76, centre=0.36, stand=3.4, zoom=0.68)
    street(c, trees=False)
    c.front(3.4, 9, 0, 3.9, 7.5, (222, 206, 176))
    c.front(3.4, 9, 3.55, 3.95, 7.45, (150, 100, 72))
    c.front(3.7, 8.6, 0.15, 2.7, 7.45, (120, 130, 134))
    c.front(3.6, 8.8, 2.8, 3.4, 7.4, (46, 104, 112))
    c.front(4.1, 6.9, 2.98, 3.22, 7.38, (230, 222, 200))
    if fixed:
        return c
    lean = 0.75
    rust: Colour = (126, 82, 58)
    for column in range(6):
        x = 3.5 + column * 0.95
        c.line((x, 3.9, 7.3), (x - lean, 8.0, 7.3), 0.09, rust)
    for row in range(5):
        y, shift = 4.3 + row * 0.9, lean * (0.1 + row * 0.22)
        c.line((3.5 - shift, y, 7.3), (8.25 - shift, y, 7.3), 0.08, shade(rust, 0.9))
    c.line((3.4, 4.2, 7.3), (7.6, 7.8, 7.3), 0.06, shade(rust, 0.8))
    for rag in ((3.3, 6.6, 1.5, 1.2), (5.6, 5.0, 1.1, 1.5)):
        x, y, wide, high = rag
        torn = [(x, y, 7.2), (x + wide, y + 0.1, 7.2), (x + wide * 0.8, y + high, 7.2), (x + 0.2, y + high * 0.8, 7.2)]
        c.shape(torn, (206, 196, 176))
        c.front(x + 0.25, x + wide * 0.6, y + high * 0.3, y + high * 0.5, 7.19, (176, 72, 56))
    c.line((4.2, 3.9, 7.2), (2.6, 0.2, 6.4), 0.03, (90, 90, 92))
    return c


def hanging_cables(seed: int, fixed: bool) -> Canvas:
    """Cables hanging at head height from a leaning pole; after: tied up high."""
    c = Canvas(AFTERNOON if not fixed else NOON, seed, horizon=0.43)
    lane(c, wide=2.0)
    top = things.pole(c, 1.15, 6.2, 6.2, 0.0 if fixed else -0.85)
    for strand in range(9):
        shift = c.random.uniform(-0.25, 0.25)
        start = (top[0] + shift, top[1] - 0.1 * strand * (0.3 if fixed else 1), top[2])
        sag = c.random.uniform(0.15, 0.4) if fixed else c.random.uniform(0.9, 2.4)
        c.wire(start, (-2.9, 4.6 - strand * 0.06, 9.5 + strand * 0.7), sag, 0.028)
        c.wire(start, (2.6, 4.4 + strand * 0.08, 2.4), sag * 0.8, 0.028)
    if not fixed:
        for loop in range(4):
            x = 0.2 + loop * 0.28
            c.wire((x, 3.6, 5.9), (x + 0.34, 1.5 + loop * 0.2, 5.9), 0.45, 0.03)
        c.disc((top[0] - 0.1, 3.1, 5.95), 0.36, (48, 48, 52))
        c.disc((top[0] - 0.1, 3.1, 5.93), 0.22, (188, 176, 156))
    else:
        c.front(top[0] - 0.16, top[0] + 0.16, 3.0, 3.5, 6.05, (150, 156, 158))
    return c


def dark_lamps(seed: int, fixed: bool) -> Canvas:
    """An embankment at night with dead lamps; after: they shine."""
    from reports.demo.drawing.backdrops import canal

    c = Canvas(NIGHT, seed, horizon=0.42, centre=0.44)
    canal(c)
    if not fixed:
        c.soft([(-9, -2, 2), (9, 0, 2), (9, 3, 60), (-9, 3, 60)], (8, 12, 26), 0.36, 20)
    for z in (26.0, 17.0, 11.0, 6.4):
        things.street_lamp(c, 2.75, z, on=fixed or z > 20)
    things.crown_of_leaves(c, 4.6, 4.4, 9.0, 1.3)
    return c


def bus_stop(seed: int, fixed: bool) -> Canvas:
    """A pole in the rain where a stop should be; after: roof and bench."""
    c = Canvas(NOON if fixed else RAIN, seed, horizon=0.42, centre=0.42, stand=3.3)
    street(c)
    x, z = 4.1, 5.4
    if fixed:
        for foot in (3.6, 5.9):
            c.line((foot, 0.15, 7.2), (foot, 2.6, 7.2), 0.09, (96, 108, 114))
        c.ground(3.3, 6.2, 6.0, 7.5, (66, 112, 120), 2.65)
        c.front(3.3, 6.2, 2.6, 2.75, 6.0, (42, 92, 102))
        c.box((3.9, 5.7), (0.5, 0.58), (6.6, 7.0), (164, 118, 78))
        c.front(4.0, 5.6, 0.15, 0.5, 6.9, (110, 116, 118))
    c.line((x, 0.15, z), (x, 2.7, z), 0.08, (128, 134, 138))
    c.box((x - 0.34, x + 0.34), (2.1, 2.75), (z - 0.05, z + 0.03), (30, 92, 128))
    c.front(x - 0.22, x + 0.22, 2.32, 2.58, z - 0.06, (236, 236, 228))
    for wheel in (-0.13, 0.13):
        c.disc((x + wheel, 2.3, z - 0.065), 0.05, (236, 236, 228))
    if not fixed:
        c.soft(c.blob(1.4, 6.0, 1.7, 1.0, 0.2), (196, 206, 210), 0.6, 5)
        rain(c)
    return c


def rain(c: Canvas) -> None:
    """Streaks of rain over everything."""
    for _ in range(240):
        x, y = c.random.uniform(0, c.image.width), c.random.uniform(0, c.image.height)
        long = c.random.uniform(24, 70)
        c.draw.line([x, y, x - long * 0.16, y + long], fill=mix(c.light.low, (255, 255, 255), 0.3), width=2)
