"""What is held about people: every model with a link to an account says what becomes of it when they leave.

    personal.holds("reports.Follow", "user", fate=Fate.GOES, what=_("Which reports you follow"))
    personal.exports("following", _("Reports that you follow"), rows_of)
    personal.before_leaving(remove_reports)

`privacy` builds copies and erases by what stands here; a test fails when a model with a link is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.errors import Sentence

Row = dict[str, Any]


class Fate(StrEnum):
    """What becomes of what a model holds when the account is erased."""

    GOES = "goes"
    # The content stays, without a name.
    UNNAMED = "unnamed"


@dataclass(frozen=True)
class Holding:
    """One link of a model to a person.

    Args:
        model: "reports.Follow".
        link: name of the field.
        fate: what becomes of it.
        what: what it is, for the page that says what is kept; "" for what another holding says.
    """

    model: str
    link: str
    fate: Fate
    what: Sentence = ""


@dataclass(frozen=True)
class Section:
    """One file of a copy of somebody's data.

    Args:
        name: of the file, without its ending.
        title: what is in it.
        rows: of a person, oldest first; values that JSON knows, dates and numbers.
    """

    name: str
    title: Sentence
    rows: Callable[[Any], Iterable[Row]]


# A name in the archive, and how to open it.
File = tuple[str, Callable[[], Any]]

_holdings: dict[tuple[str, str], Holding] = {}
_sections: dict[str, Section] = {}
_files: list[Callable[[Any], Iterable[File]]] = []
_leaving: list[Callable[[Any, bool], None]] = []


def holds(model: str, *links: str, fate: Fate, what: Sentence = "") -> None:
    """Say what a model holds about people."""
    for link in links:
        _holdings[model, link] = Holding(model, link, fate, what)


def exports(name: str, title: Sentence, rows: Callable[[Any], Iterable[Row]]) -> None:
    """Add a section to the copies that people take of their data."""
    _sections[name] = Section(name, title, rows)


def exports_files(files: Callable[[Any], Iterable[File]]) -> None:
    """Add files, such as photos, to these copies."""
    _files.append(files)


def before_leaving(act: Callable[[Any, bool], None]) -> None:
    """Do something in the transaction that erases an account: act(person, whether to remove the content too)."""
    _leaving.append(act)


def holdings() -> list[Holding]:
    """All that was said, in the order of registration."""
    return list(_holdings.values())


def sections() -> list[Section]:
    """The sections of a copy."""
    return list(_sections.values())


def files_of(person: Any) -> Iterator[File]:
    """The files of a copy."""
    for files in _files:
        yield from files(person)


def leave(person: Any, *, remove_content: bool) -> None:
    """Let every app do what it has to before the account goes."""
    for act in _leaving:
        act(person, remove_content)
