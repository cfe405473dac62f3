"""Reading an answer as a browser would: which elements and attributes stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

# Told apart from all markup of our own: no template has such an element or attribute.
PROBE = "sisipan-x"
HANDLER = re.compile("on[a-z]+$")
URLS = ("href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "data")


class Reader(HTMLParser):
    """Collects what a strict policy would refuse, and what a payload has made of itself."""

    def __init__(self, *, strict: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.strict, self.found, self.text = strict, [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if PROBE in tag or any(PROBE in name for name in names):
            self.found.append(f"made into markup: <{tag} {attrs}>")
        for name in URLS:
            if (names.get(name) or "").strip().lower().startswith(("javascript:", "data:text")):
                self.found.append(f"address that runs: <{tag} {name}>")
        if self.strict:
            self.found += [f"inline code: <{tag} {name}>" for name in names if name == "style" or HANDLER.match(name)]
            if tag == "style" or (tag == "script" and not names.get("src") and "json" not in (names.get("type") or "")):
                self.found.append(f"inline code: <{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def faults(html: str, *, strict: bool = True) -> list[str]:
    """What is wrong with a page; strict for what our own policy covers, not for the staff area."""
    reader = Reader(strict=strict)
    reader.feed(html)
    reader.close()
    return reader.found


def faults_of(answer: Any, *, strict: bool = True) -> Iterator[str]:
    """What is wrong with an answer, whatever its kind."""
    kind = answer["Content-Type"].partition(";")[0] if "Content-Type" in answer else ""
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"
    if kind == "text/html":
        yield from faults(answer.content.decode(), strict=strict)
        if strict and "script-src 'self'" not in answer.get("Content-Security-Policy", ""):
            yield "no strict policy"
    elif answer.get("X-Content-Type-Options") != "nosniff" and answer.content:
        yield f"{kind} may be sniffed"
    if any(PROBE in value and "\n" in value for value in answer.headers.values()):
        yield "a header was split"
