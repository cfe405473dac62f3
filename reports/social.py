"""The picture that other sites show for a report, drawn here: motif, state, title, place."""

from __future__ import annotations

import io
import math
import unicodedata

from django.core.cache import cache
from PIL import Image, ImageDraw, ImageFont

from reports.domain.workflow import Colour
from reports.models import Report
from reports.models.report import COLOUR_LABELS

SIZE = (1200, 630)
EDGE = 64
DEEP, PAPER, GOLD, SOFT = "#0a3142", "#f9f5ec", "#e3b35c", "#b9cdd3"
TONES = {
    Colour.RED: ("#fbe8e3", "#9d2219"),
    Colour.YELLOW: ("#fdf0c8", "#735000"),
    Colour.GREEN: ("#def0e4", "#15593a"),
    Colour.NEUTRAL: ("#f1ebdd", "#55616b"),
}
SECONDS_KEPT = 3600
LINES = 4
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def picture(report: Report) -> bytes:
    """PNG of 1200 x 630; kept for an hour, or until the report changes. Holds nothing of the reporter.

    Args:
        report: public, with region loaded.
    """
    key = f"reports.social:{report.number}:{report.steps_taken}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = draw(report.title, report.place, report.spoken_number, Colour(report.colour))
        cache.set(key, kept, SECONDS_KEPT)
    return kept


def draw(title: str, place: str, number: str, colour: Colour) -> bytes:
    """Draw the picture from its words."""
    image = Image.new("RGB", SIZE, DEEP)
    pen = ImageDraw.Draw(image)
    _kawung(pen, centre=(1010, 330), size=360)
    _word(pen, str(COLOUR_LABELS[colour]), colour)
    font = _font("DejaVuSerif-Bold.ttf", 62)
    for line, text in enumerate(_lines(pen, _plain(title), font, SIZE[0] - 2 * EDGE - 60)):
        pen.text((EDGE, 178 + 78 * line), text, font=font, fill=PAPER)
    pen.text((EDGE, 506), _cut(_plain(place), 62), font=_font("DejaVuSans.ttf", 30), fill=SOFT)
    pen.text((EDGE, 556), f"Rembuk · {number}", font=_font("DejaVuSans-Bold.ttf", 28), fill=GOLD)
    _band(pen)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _word(pen: ImageDraw.ImageDraw, word: str, colour: Colour) -> None:
    wash, tone = TONES[colour]
    font = _font("DejaVuSans-Bold.ttf", 32)
    wide = pen.textlength(word, font=font)
    pen.rounded_rectangle((EDGE, 72, EDGE + wide + 92, 132), radius=30, fill=wash)
    _sign(pen, colour, (EDGE + 38, 102), tone)
    pen.text((EDGE + 68, 102), word, font=font, fill=tone, anchor="lm")


def _sign(pen: ImageDraw.ImageDraw, colour: Colour, at: tuple[int, int], tone: str) -> None:
    """The state by its form, too: a ring, a triangle, a square."""
    x, y = at
    if colour == Colour.YELLOW:
        pen.polygon([(x, y - 15), (x + 16, y + 13), (x - 16, y + 13)], fill=tone)
    elif colour == Colour.GREEN:
        pen.rectangle((x - 13, y - 13, x + 13, y + 13), fill=tone)
    else:
        pen.ellipse((x - 14, y - 14, x + 14, y + 14), outline=tone, width=6)


def _kawung(pen: ImageDraw.ImageDraw, centre: tuple[int, int], size: int) -> None:
    """Four petals around a seed, the motif of the site, quietly behind the words."""
    for turn in range(4):
        angle = math.pi / 4 + turn * math.pi / 2
        petal = []
        for step in range(49):
            along = step / 24 if step <= 24 else 2 - step / 24
            wide = math.sin(math.pi * along) * 0.34 * (1 if step <= 24 else -1)
            x, y = along * size, wide * size * 0.62
            petal.append(
                (
                    centre[0] + x * math.cos(angle) - y * math.sin(angle),
                    centre[1] + x * math.sin(angle) + y * math.cos(angle),
                )
            )
        pen.polygon(petal, outline="#1d4656", width=5)
    pen.ellipse((centre[0] - 16, centre[1] - 16, centre[0] + 16, centre[1] + 16), fill="#1d4656")


def _band(pen: ImageDraw.ImageDraw) -> None:
    for x in range(0, SIZE[0], 30):
        for dx, dy in ((8, 8), (22, 8), (8, 22), (22, 22)):
            pen.ellipse((x + dx - 5, 600 + dy - 5, x + dx + 5, 600 + dy + 5), fill=GOLD)


def _font(name: str, size: int) -> Font:
    """A font of the system, or the one that Pillow carries."""
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return ImageFont.load_default(size)


def _plain(text: str) -> str:
    """Printable characters only: what no font can draw would stand there as boxes or break lines."""
    kept = (letter if unicodedata.category(letter)[0] not in "CS" or letter in "+=<>$€" else " " for letter in text)
    return " ".join("".join(kept).split())


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _lines(pen: ImageDraw.ImageDraw, text: str, font: Font, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        short = _cut(word, 28)
        longer = f"{lines[-1]} {short}" if lines else short
        if lines and pen.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(short)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], _cut(lines[LINES - 1], 24).rstrip("…") + "…"]
    return lines
