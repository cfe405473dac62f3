"""Phone numbers as people write them in Indonesia, and the one spelling in which they are kept (E.164)."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"[\s().\-/]+")
# Mobile numbers of Indonesia. Codes to anywhere else would let strangers run up the city's bill.
_MOBILE = re.compile(r"\+628[0-9]{8,11}")


def normal(typed: str) -> str | None:
    """ "0812 3456-7890", "62812…", "+62 (0)812…" and "812…" become "+6281234567890".

    Args:
        typed: as it was written.

    Returns:
        The number in E.164; None when it is no Indonesian mobile number.
    """
    digits = _WRITTEN.sub("", typed)
    if not digits.removeprefix("+").isascii() or not digits.removeprefix("+").isdecimal():
        return None
    if digits.startswith("+"):
        national = digits.removeprefix("+62") if digits.startswith("+62") else ""
    else:
        national = digits.removeprefix("0062") if digits.startswith("0062") else digits.removeprefix("62")
    number = f"+62{national.removeprefix('0')}"
    return number if _MOBILE.fullmatch(number) else None


def masked(number: str) -> str:
    """ "+62 812 •••• 7890": enough to know one's own number again."""
    return f"{number[:3]} {number[3:6]} •••• {number[-4:]}"
