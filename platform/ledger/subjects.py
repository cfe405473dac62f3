"""Whose chains may be read in public: every app registers its kind of subject.

subjects.register("report", slug="laporan", find=report_of_request, words={"report.file": _("Received")})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from core.requests import HttpRequest


@dataclass(frozen=True)
class Subject:
    """A thing with a chain, as this reader may see it.

    Args:
        key: what the chain is filed under.
        name: how people call it, "K7M2-9QXD".
        title: what it is about.
        url: its own page.
    """

    key: str
    name: str
    title: str
    url: str


Find = Callable[[HttpRequest, str], Subject | None]


@dataclass(frozen=True)
class Kind:
    """A kind of subject: how to find one, and its verbs in plain words."""

    name: str
    find: Find
    words: Mapping[str, str | Promise]


_kinds: dict[str, Kind] = {}


def register(name: str, *, slug: str, find: Find, words: Mapping[str, str | Promise]) -> None:
    """Let chains of a kind be read.

    Args:
        name: the subject_type of the entries.
        slug: the kind in the address, "laporan".
        find: the subject of a key, or None when this request may not see it.
        words: what each verb means, in plain words.
    """
    _kinds[slug] = Kind(name, find, words)


def kind(slug: str) -> Kind | None:
    """The kind of an address; None when nobody registered it."""
    return _kinds.get(slug)
