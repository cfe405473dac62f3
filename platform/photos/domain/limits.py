"""How much may be sent, and the sizes that are made of it."""

from __future__ import annotations

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
# The WebP decoder holds four copies of a picture (15 bytes a pixel), and no camera writes WebP.
MAX_PIXELS_WEBP = 25_000_000
MAX_IN_BATCH = 10
# Less than 200 × 200 is an icon or a preview, in which no damage can be told from a stain; the oldest phones with a
# camera make 320 × 240. The side alone is lower, because a panorama leaves the browser as a band of 1280 × 128.
MIN_PIXELS = 200 * 200
MIN_SIDE = 100

LARGE_SIDE = 1600  # pixels, the longer side
LARGE_QUALITY = 80
SMALL_BOX = (400, 600)  # pixels; only panoramas reach the second
SMALL_BYTES = 12_000  # a thumbnail on the bus (interface.md)
SMALL_QUALITIES = (78, 70, 62, 54, 46, 38, 30)

KEEP_UNATTACHED_HOURS = 48
