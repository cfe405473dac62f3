"""Small maps drawn on the server: positions become points of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
