"""Long tables and lists that leave the server as they are made."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from core.cells import safe_cell

# Lines that are handed on together: a hop between threads for each would cost more than the line.
TOGETHER = 200


def csv_download(
    request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A table as a file that spreadsheets open, with no cell that they take for a formula."""
    return download(request, f"{name}.csv", "text/csv; charset=utf-8", _csv(head, rows))


def download(request: HttpRequest, name: str, content_type: str, parts: Iterable[str]) -> StreamingHttpResponse:
    """A file in parts; memory stays flat however long it is."""
    # Daphne would otherwise collect all of a plain iterator before it sends the first byte.
    content: Any = _in_thread(parts) if isinstance(request, ASGIRequest) else parts
    response = StreamingHttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    # The mark by which spreadsheets know UTF-8.
    yield "\ufeff" + _lines([head])
    several = iter(rows)
    while batch := list(islice(several, TOGETHER)):
        yield _lines(batch)


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


async def _in_thread(parts: Iterable[str]) -> AsyncIterator[str]:
    several = iter(parts)

    def following() -> str | None:
        return next(several, None)

    while (part := await sync_to_async(following)()) is not None:
        yield part
