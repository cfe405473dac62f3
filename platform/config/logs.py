"""Structured logs without personal data: names of things and numbers, never what people typed."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

ALLOWED = ("job", "method", "route", "status", "milliseconds", "code", "task", "photo", "topic", "count")


class JsonFormatter(logging.Formatter):
    """One JSON object a line; of the extras only the known, impersonal ones."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._message(record),
        }
        entry |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            entry["exception"] = record.exc_info[0].__name__
            entry["trace"] = self._frames(record)
        return json.dumps(entry, ensure_ascii=False, default=str)

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        # Django's messages about requests end in the address, and an address may hold somebody's secret link.
        return "request failed" if record.name.startswith("django.") else record.getMessage()

    @staticmethod
    def _frames(record: logging.LogRecord) -> list[str]:
        # Places only: the values in an exception's text may be somebody's words or address.
        frames = []
        trace = record.exc_info[2] if record.exc_info else None
        while trace:
            frames.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
            trace = trace.tb_next
        return frames[-12:]
