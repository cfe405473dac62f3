"""Small maps drawn on the server: positions become points of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

Ring = Sequence[tuple[float, float]]

# At 6 degrees south a degree is nearly as long both ways, so one scale serves both.
DEGREES_PER_KM = 1 / 110.63


@dataclass(frozen=True)
class Frame:
    """A window on the city. Units of the drawing are whole numbers, so that no locale can change them.

    Args:
        north: degrees of the upper edge.
        west: degrees of the left edge.
        scale: units a degree.
        width: units.
        height: units.
    """

    north: float
    west: float
    scale: float
    width: int
    height: int

    def at(self, lat: float, lng: float) -> tuple[int, int]:
        """Where a position in degrees lies in the drawing: x to the right, y downwards."""
        return round((lng - self.west) * self.scale), round((self.north - lat) * self.scale)

    def holds(self, lat: float, lng: float) -> bool:
        """Whether a position lies inside the window."""
        x, y = self.at(lat, lng)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def touches(self, ring: Ring) -> bool:
        """Whether the box around a ring of (lat, lng) overlaps the window."""
        points = [self.at(lat, lng) for lat, lng in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height

    def path(self, rings: Iterable[Ring]) -> str:
        """Rings of (lat, lng) as the `d` of an SVG path."""
        parts = []
        for ring in rings:
            points = [self.at(lat, lng) for lat, lng in ring]
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
        return "".join(parts)


def around(lat: float, lng: float, *, km: float, width: int, height: int) -> Frame:
    """A window around a position.

    Args:
        lat: degrees of the middle.
        lng: degrees of the middle.
        km: how wide the window is on the ground.
        width: units.
        height: units.
    """
    degrees = km * DEGREES_PER_KM
    scale = width / degrees
    return Frame(lat + height / scale / 2, lng - degrees / 2, scale, width, height)


def over(points: Sequence[tuple[float, float]], *, width: int, margin_km: float = 1.5) -> Frame:
    """A window that holds all positions of (lat, lng); its height follows from them."""
    margin = margin_km * DEGREES_PER_KM
    north, south = max(lat for lat, _ in points) + margin, min(lat for lat, _ in points) - margin
    west, east = min(lng for _, lng in points) - margin, max(lng for _, lng in points) + margin
    scale = width / (east - west)
    return Frame(north, west, scale, width, round((north - south) * scale))


@dataclass(frozen=True)
class Box:
    """What something covers of a drawing, in units; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        """Whether it lies inside the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Label:
    """A name whose middle stands at (x, y), y being the line that it is written on."""

    text: str
    x: int
    y: int
    own: bool = False

    def box(self, size: int) -> Box:
        """What it covers in a type of this size: a letter is a good half as wide as high."""
        half = len(self.text) * size * 0.29
        return Box(self.x - half, self.y - size * 0.85, self.x + half, self.y + size * 0.3)


# The pin stands with its point on the spot (templates/reports/sketch.html).
PIN = Box(-48, -130, 48, 48)
EDGE = 8


def labelled(names: Iterable[Label], frame: Frame, *, size: int, pin: tuple[int, int] | None) -> list[Label]:
    """The names that fit: none under the pin, none across another, none over the edge.

    Args:
        names: where they would stand; the own one comes in from outside and steps aside, others are left out.
        frame: of the drawing.
        size: of the type, in units.
        pin: the spot that is marked.
    """
    whole = Box(EDGE, EDGE, frame.width - EDGE, frame.height - EDGE)
    taken = [Box(pin[0] + PIN.left, pin[1] + PIN.top, pin[0] + PIN.right, pin[1] + PIN.bottom)] if pin else []
    found: list[Label] = []
    for name in sorted(names, key=lambda name: not name.own):
        for place in _places_of(name, whole, size, pin):
            box = place.box(size)
            if box.within(whole) and not any(box.meets(other) for other in taken):
                found.append(place)
                taken.append(box)
                break
    return found


def _places_of(name: Label, whole: Box, size: int, pin: tuple[int, int] | None) -> Iterator[Label]:
    if not name.own:
        yield name
        return
    box = name.box(size)
    inwards = max(whole.left - box.left, 0) - max(box.right - whole.right, 0)
    downwards = max(whole.top - box.top, 0) - max(box.bottom - whole.bottom, 0)
    yield replace(name, x=name.x + round(inwards), y=name.y + round(downwards))
    if pin:
        # Below, above, right and left of the pin.
        x, y = pin
        aside = round(PIN.right + (box.right - box.left) / 2 + 4)
        yield replace(name, x=x, y=y + round(PIN.bottom + size * 0.9))
        yield replace(name, x=x, y=y + round(PIN.top - size * 0.35))
        yield replace(name, x=x + aside, y=y)
        yield replace(name, x=x - aside, y=y)
