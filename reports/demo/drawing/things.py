"""What stands about in a city: houses, trees, poles, cars, stalls."""

from __future__ import annotations

import math

from reports.demo.drawing.canvas import Canvas, Colour, mix, shade

WALLS: tuple[Colour, ...] = (
    (226, 200, 160),
    (199, 214, 190),
    (232, 214, 190),
    (188, 208, 214),
    (224, 178, 150),
    (238, 228, 206),
    (206, 190, 206),
    (214, 196, 142),
)
ROOFS: tuple[Colour, ...] = ((164, 86, 62), (142, 96, 76), (120, 110, 104), (176, 104, 72))
DOORS: tuple[Colour, ...] = ((96, 72, 58), (60, 98, 104), (122, 84, 60), (74, 90, 72))
GLASS: Colour = (92, 116, 128)
CONCRETE: Colour = (186, 180, 168)
STEEL: Colour = (120, 126, 130)
WOOD: Colour = (140, 102, 70)
LEAVES: tuple[Colour, ...] = ((62, 104, 66), (80, 122, 70), (98, 138, 76), (126, 158, 88))
WINDOW_LIT: Colour = (255, 214, 132)


def shadow(c: Canvas, x: float, z: float, rx: float, rz: float, alpha: float = 0.32) -> None:
    """The dark spot under something that stands."""
    c.soft(c.blob(x, z, rx, rz, 0.05), (30, 32, 40), alpha, 5)


def house_beside(c: Canvas, side: float, z0: float, z1: float, high: float) -> None:
    """The front of a house along a lane: wall, plinth, door, windows, awning, eaves.

    Args:
        side: x of the wall, negative on the left.
        z0: where it begins, metres away.
        z1: where it ends.
        high: height of the wall.
    """
    colour = c.vary(c.random.choice(WALLS), 8)
    c.side(side, 0, high, z0, z1, shade(colour, 0.93 if side > 0 else 1.0))
    c.side(side, 0, 0.45, z0, z1, shade(colour, 0.66))
    for row in range(1, 4):
        c.line((side, high * row / 4, z0), (side, high * row / 4, z1), 0.03, shade(colour, 0.87))
    inner = side * 0.985
    length = z1 - z0
    door = z0 + length * c.random.uniform(0.12, 0.5)
    frame = c.random.choice(DOORS)
    c.side(inner, 0.05, 2.15, door, door + 0.95, shade(frame, 0.7))
    c.side(inner * 0.998, 0.08, 2.08, door + 0.06, door + 0.88, frame)
    window = door + 1.35 if door + 2.6 < z1 else z0 + 0.25
    _window_beside(c, inner, window, min(window + 1.15, z1 - 0.15))
    if high > 3.8:
        _window_beside(c, inner, z0 + length * 0.3, z0 + length * 0.3 + 1.1, 2.7)
    _awning(c, side, door - 0.35, min(door + 2.2, z1), 2.35)
    roof = c.random.choice(ROOFS)
    lean = -0.55 if side > 0 else 0.55
    eaves = [(side + lean, high - 0.12, z0 - 0.1), (side + lean, high - 0.12, z1), (side, high + 0.28, z1)]
    c.shape([*eaves, (side, high + 0.28, z0 - 0.1)], shade(roof, 0.86))
    ridge = [(side, high + 0.2, z0 - 0.1), (side, high + 0.2, z1), (side - lean * 3, high + 1.3, z1)]
    c.shape([*ridge, (side - lean * 3, high + 1.3, z0 - 0.1)], roof)
    c.front(min(side, side * 2.4), max(side, side * 2.4), 0, high + 0.1, z0, shade(colour, 0.84))


def _window_beside(c: Canvas, x: float, z0: float, z1: float, y: float = 1.0) -> None:
    if z1 - z0 < 0.35:
        return
    c.side(x, y - 0.07, y + 1.12, z0 - 0.07, z1 + 0.07, (236, 230, 216))
    night = c.light.tint[0] < 0.5
    c.side(x * 0.998, y, y + 1.05, z0, z1, WINDOW_LIT if night and c.random.random() < 0.5 else GLASS)
    middle = (z0 + z1) / 2
    for bar in (middle, (z0 + middle) / 2, (middle + z1) / 2):
        c.line((x * 0.995, y, bar), (x * 0.995, y + 1.05, bar), 0.035, (230, 224, 210))


def _awning(c: Canvas, side: float, z0: float, z1: float, y: float) -> None:
    out = side - math.copysign(0.75, side)
    colour = c.random.choice([(154, 160, 160), (176, 120, 92), (96, 130, 124), (168, 150, 118)])
    count = max(2, int((z1 - z0) / 0.45))
    for step in range(count):
        a, b = z0 + (z1 - z0) * step / count, z0 + (z1 - z0) * (step + 1) / count
        corners = [(side, y + 0.32, a), (side, y + 0.32, b), (out, y, b), (out, y, a)]
        c.shape(corners, shade(colour, 1.0 if step % 2 else 0.9))
    c.line((out, 0, z0 + 0.1), (out, y, z0 + 0.1), 0.05, (128, 124, 118))


def plant(c: Canvas, x: float, z: float, size: float = 0.5, y: float = 0.0) -> None:
    """A plant in a pot or a paint tin."""
    if y == 0.0:
        shadow(c, x, z, size * 0.5, size * 0.3, 0.26)
    pot = c.vary(c.random.choice([(178, 100, 70), (206, 198, 186), (92, 108, 122), (160, 84, 66)]), 8)
    foot, top = size * 0.24, size * 0.34
    corners = [(x - foot, y, z), (x + foot, y, z), (x + top, y + size * 0.5, z), (x - top, y + size * 0.5, z)]
    c.shape(corners, pot)
    c.shape(
        [(x + foot * 0.3, y, z), (x + foot, y, z), (x + top, y + size * 0.5, z), (x + top * 0.4, y + size * 0.5, z)],
        shade(pot, 0.8),
    )
    leaf = c.random.choice(LEAVES)
    for _ in range(11):
        turn = c.random.uniform(-1.25, 1.25)
        long = size * c.random.uniform(0.5, 1.05)
        tip = (x + math.sin(turn) * long, y + size * 0.5 + math.cos(turn) * long, z - 0.01)
        side = size * 0.09
        c.shape([(x - side, y + size * 0.48, z), (x + side, y + size * 0.48, z), tip], c.vary(leaf, 14))


def tree(c: Canvas, x: float, z: float, high: float = 6.0, crown: float = 2.4, *, lean: float = 0.0) -> None:
    """A tree: bent trunk, three layers of leaves with the light from above."""
    shadow(c, x, z, crown * 0.9, crown * 0.4, 0.34)
    trunk = c.vary((104, 84, 66), 8)
    foot = high * 0.035
    middle, top = (x + lean * 0.3, high * 0.35, z), (x + lean, high * 0.7, z)
    c.line((x, -0.02, z), middle, foot * 2, trunk)
    c.line(middle, top, foot * 1.5, trunk)
    for way in (-1, 1):
        c.line((x + lean * 0.6, high * 0.52, z), (x + lean + way * crown * 0.6, high * 0.8, z), foot, trunk)
    crown_of_leaves(c, x + lean, high * 0.82, z, crown)


def crown_of_leaves(c: Canvas, x: float, y: float, z: float, crown: float) -> None:
    """Leaves: dark below, light above."""
    for layer, colour in enumerate(LEAVES):
        spread = 1.0 - layer * 0.17
        for _ in range(15 - layer * 2):
            turn, far = c.random.uniform(0, math.tau), math.sqrt(c.random.random()) * spread
            dx, dy = math.cos(turn) * far * crown, math.sin(turn) * far * crown * 0.62 + layer * crown * 0.13
            c.disc((x + dx, y + dy, z), crown * c.random.uniform(0.16, 0.3), c.vary(colour, 7), 0.82)


def pole(c: Canvas, x: float, z: float, high: float = 7.0, lean: float = 0.0) -> tuple[float, float, float]:
    """A concrete pole with a cross-arm; returns where the wires begin."""
    shadow(c, x, z, 0.3, 0.16)
    c.line((x, 0, z), (x + lean, high, z), 0.2, (158, 152, 142))
    c.line((x - 0.06, 0, z), (x + lean - 0.05, high, z), 0.05, (128, 122, 114))
    c.line((x + lean - 0.6, high - 0.5, z), (x + lean + 0.6, high - 0.5, z), 0.09, (104, 98, 92))
    return x + lean, high - 0.45, z


def street_lamp(c: Canvas, x: float, z: float, *, on: bool, high: float = 5.6, reach: float = -1.3) -> None:
    """A street lamp with its arm; at night it lights the ground."""
    top = (x + reach, high, z)
    if on and c.light.tint[0] < 0.5:
        c.soft(c.blob(x + reach, z, 3.4, 3.8, 0.03), (244, 196, 112), 0.4, 16)
    shadow(c, x, z, 0.22, 0.13)
    c.line((x, 0, z), (x, high - 0.3, z), 0.13, (104, 112, 116))
    c.line((x, high - 0.3, z), top, 0.08, (104, 112, 116))
    x0, x1 = sorted((x + reach - 0.3, x + reach + 0.3))
    c.front(x0, x1, high - 0.08, high + 0.06, z, (84, 90, 94))
    c.front(x0 + 0.04, x1 - 0.04, high - 0.15, high - 0.07, z, (255, 240, 196) if on else (58, 62, 70))
    if on:
        cone = [(x0, high - 0.1, z), (x1, high - 0.1, z), (x1 + 2.0, 0.1, z), (x0 - 2.0, 0.1, z)]
        c.soft(cone, (255, 226, 160), 0.17, 20)
        c.glow((x + reach, high - 0.1, z), 0.75, (255, 236, 180), 0.75)


def car(c: Canvas, x: float, z: float, colour: Colour) -> None:
    """A small car seen from behind, with one side."""
    wide, long, deck = 1.66, 3.6, 0.95
    left, right = x - wide / 2, x + wide / 2
    c.soft(
        [(left - 0.2, 0, z - 0.15), (right + 0.2, 0, z - 0.15), (right + 0.3, 0, z + long), (left - 0.3, 0, z + long)],
        (24, 26, 32),
        0.5,
        7,
    )
    side = left if x > 0 else right
    c.side(side, 0.28, deck, z, z + long, shade(colour, 0.72))
    roof = [(side, deck, z + 0.1), (side, deck, z + long * 0.78), (side * 0.97, 1.45, z + long * 0.62)]
    c.shape([*roof, (side * 0.97, 1.45, z + 0.4)], (56, 66, 76))
    for wheel in (z + 0.65, z + long - 0.7):
        c.shape(
            [(side, 0.33 + 0.33 * math.sin(t * 0.5), wheel + 0.33 * math.cos(t * 0.5)) for t in range(13)], (34, 34, 36)
        )
    c.ground(left + 0.16, right - 0.16, z + 0.4, z + long * 0.62, shade(colour, 1.12), 1.45)
    c.shape(
        [(left + 0.05, deck, z), (right - 0.05, deck, z), (right - 0.2, 1.45, z + 0.35), (left + 0.2, 1.45, z + 0.35)],
        shade(colour, 0.94),
    )
    c.shape(
        [
            (left + 0.17, deck + 0.05, z),
            (right - 0.17, deck + 0.05, z),
            (right - 0.28, 1.39, z + 0.3),
            (left + 0.28, 1.39, z + 0.3),
        ],
        (66, 82, 94),
    )
    c.front(left, right, 0.3, deck, z, colour)
    c.front(left, right, 0.3, 0.46, z, shade(colour, 0.6))
    for lamp in (left + 0.03, right - 0.27):
        c.front(lamp, lamp + 0.24, 0.62, 0.86, z - 0.01, (178, 44, 34))
    c.front(x - 0.25, x + 0.25, 0.5, 0.64, z - 0.01, (236, 234, 226))
    for wheel in (left + 0.08, right - 0.34):
        c.front(wheel, wheel + 0.26, 0.0, 0.32, z + 0.04, (34, 34, 36))


def motorbike(c: Canvas, x: float, z: float, colour: Colour) -> None:
    """A parked motorbike seen from behind."""
    shadow(c, x, z, 0.4, 0.5, 0.4)
    c.front(x - 0.06, x + 0.06, 0, 0.56, z, (38, 38, 40))
    c.shape([(x - 0.17, 0.5, z), (x + 0.17, 0.5, z), (x + 0.13, 0.86, z + 0.1), (x - 0.13, 0.86, z + 0.1)], colour)
    c.front(x - 0.1, x + 0.1, 0.58, 0.68, z - 0.02, (176, 44, 36))
    c.shape(
        [(x - 0.15, 0.86, z), (x + 0.15, 0.86, z), (x + 0.12, 0.94, z + 0.5), (x - 0.12, 0.94, z + 0.5)], (48, 46, 48)
    )
    c.line((x - 0.36, 1.04, z + 0.7), (x + 0.36, 1.04, z + 0.7), 0.04, (52, 52, 56))
    for mirror in (-0.32, 0.32):
        c.disc((x + mirror, 1.22, z + 0.7), 0.08, (70, 80, 88), 0.7)


def stall(c: Canvas, x: float, z: float, colour: Colour) -> None:
    """A food cart under a striped awning."""
    shadow(c, x, z + 0.4, 1.2, 0.7, 0.4)
    c.box((x - 0.75, x + 0.75), (0.42, 1.05), (z, z + 0.8), colour)
    c.front(x - 0.68, x + 0.68, 0.55, 0.92, z - 0.01, mix(colour, (255, 250, 236), 0.8))
    for wheel in (-0.5, 0.5):
        c.disc((x + wheel, 0.24, z - 0.01), 0.24, (52, 50, 50))
        c.disc((x + wheel, 0.24, z - 0.02), 0.15, (168, 160, 148))
    c.front(x - 0.7, x + 0.7, 1.05, 1.5, z + 0.5, (150, 178, 184))
    for jar in range(5):
        c.front(x - 0.6 + jar * 0.26, x - 0.44 + jar * 0.26, 1.05, 1.28, z + 0.45, c.vary((196, 132, 76), 30))
    for foot in (-0.72, 0.72):
        c.line((x + foot, 0.4, z), (x + foot, 2.2, z), 0.05, (120, 112, 102))
    for stripe in range(8):
        a, b = x - 1.1 + stripe * 0.275, x - 1.1 + (stripe + 1) * 0.275
        corners = [(a, 2.02, z - 0.5), (b, 2.02, z - 0.5), (b * 0.97 + x * 0.03, 2.36, z + 0.8), (a, 2.36, z + 0.8)]
        c.shape(corners, colour if stripe % 2 else (244, 236, 220))
        c.front(a, b, 1.86, 2.02, z - 0.5, shade(colour, 0.85) if stripe % 2 else (222, 214, 198))


def bag(c: Canvas, x: float, z: float, size: float, y: float = 0.0) -> None:
    """A knotted rubbish bag."""
    colour = c.vary(c.random.choice([(46, 46, 52), (212, 206, 196), (72, 104, 122), (178, 74, 58)]), 8)
    c.disc((x, y + size * 0.5, z), size * 0.62, colour, 0.82)
    c.disc((x - size * 0.16, y + size * 0.66, z - 0.01), size * 0.24, mix(colour, (255, 255, 255), 0.16), 0.7)
    top = y + size * 0.94
    c.shape(
        [
            (x - size * 0.1, top, z),
            (x + size * 0.1, top, z),
            (x + size * 0.2, top + size * 0.24, z),
            (x - size * 0.16, top + size * 0.2, z),
        ],
        shade(colour, 0.8),
    )


def fence(c: Canvas, x: float, z0: float, z1: float, high: float, colour: Colour) -> None:
    """A fence of bars on a low wall along the view."""
    c.side(x, 0, 0.55, z0, z1, (206, 196, 176))
    c.ground(min(x, x * 1.04), max(x, x * 1.04), z0, z1, (224, 216, 198), 0.55)
    z = z0
    while z < z1:
        c.line((x, 0.5, z), (x, high, z), 0.035, colour)
        z += 0.16 + z * 0.012
    for y in (0.75, high - 0.12):
        c.line((x, y, z0), (x, y, z1), 0.05, shade(colour, 0.9))


def skyline(c: Canvas, count: int = 16, depth: float = 170.0) -> None:
    """Towers far away."""
    for _ in range(count):
        x, wide = c.random.uniform(-110, 110), c.random.uniform(7, 17)
        high, colour = c.random.uniform(16, 60), c.vary((132, 146, 156), 16)
        c.front(x, x + wide, 0, high, depth, colour)
        c.front(x + wide * 0.7, x + wide, 0, high, depth - 1, shade(colour, 0.9))
