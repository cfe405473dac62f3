"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: an apostrophe goes before text that would start one.

    Source: OWASP, CSV injection.
    """
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value
