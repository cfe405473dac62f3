"""What is held about people: every model with a link to an account says what becomes of it when they leave.

    personal.holds("reports.Follow", "user", fate=Fate.GOES, what=_("Which reports you follow"))
    personal.exports("following", _("Reports that you follow"), rows_of)
    personal.before_leaving(remove_reports)
    personal.acts("account", {"account.closed": _("Your account was closed")})
    personal.uses(looks_at_contacts)

`privacy` builds copies and erases by what stands here; a test fails when a model with a link is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.errors import Sentence

Row = dict[str, Any]


class Fate(StrEnum):
    """What becomes of what a model holds when the account is erased."""

    GOES = "goes"
    # The content stays, without a name.
    UNNAMED = "unnamed"


class Mend(StrEnum):
    """Who puts it right when it is wrong."""

    SELF = "self"
    DESK = "desk"
    TEAM = "team"


@dataclass(frozen=True)
class Holding:
    """One link of a model to a person.

    Args:
        model: "reports.Follow".
        link: name of the field.
        fate: what becomes of it.
        what: what it is, for the page that says what is kept; "" for what another holding says.
        mend: who puts it right.
    """

    model: str
    link: str
    fate: Fate
    what: Sentence = ""
    mend: Mend = Mend.TEAM


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


@dataclass(frozen=True)
class Use:
    """Once that somebody worked with what is held about a person.

    Args:
        at: when.
        what: what was done.
        office: in whose name; never a private name. Empty for the site itself.
        why: the reason, of a list.
        about: number of the report or the like; empty where it is about the account.
        oneself: whether it was the person's own act.
    """

    at: datetime
    what: Sentence
    office: str = ""
    why: Sentence = ""
    about: str = ""
    oneself: bool = False


@dataclass(frozen=True)
class Acts:
    """Entries of the ledger that tell a person of a use; their subject is the number of the account.

    Args:
        words: what each verb means to the person.
        reason: under which key of the payload the reason stands.
        reasons: its codes in words.
    """

    words: Mapping[str, Sentence]
    reason: str = ""
    reasons: Mapping[str, Sentence] = field(default_factory=dict)


# Uses of a person's data, newest first; at most so many, None for all.
Uses = Callable[[Any, int | None], Iterable[Use]]

# A name in the archive, and how to open it.
File = tuple[str, Callable[[], Any]]

_holdings: dict[tuple[str, str], Holding] = {}
_sections: dict[str, Section] = {}
_files: list[Callable[[Any], Iterable[File]]] = []
_acts: dict[str, list[Acts]] = {}
_uses: list[Uses] = []
_leaving: list[Callable[[Any, bool], None]] = []


def holds(model: str, *links: str, fate: Fate, what: Sentence = "", mend: Mend = Mend.TEAM) -> None:
    """Say what a model holds about people."""
    for link in links:
        _holdings[model, link] = Holding(model, link, fate, what, mend)


def exports(name: str, title: Sentence, rows: Callable[[Any], Iterable[Row]]) -> None:
    """Add a section to the copies that people take of their data."""
    _sections[name] = Section(name, title, rows)


def exports_files(files: Callable[[Any], Iterable[File]]) -> None:
    """Add files, such as photos, to these copies."""
    _files.append(files)


def before_leaving(act: Callable[[Any, bool], None]) -> None:
    """Do something in the transaction that erases an account: act(person, whether to remove the content too)."""
    _leaving.append(act)


def acts(
    subject_type: str,
    words: Mapping[str, Sentence],
    *,
    reason: str = "",
    reasons: Mapping[str, Sentence] | None = None,
) -> None:
    """Tell people of entries of the ledger about their account; see Acts."""
    found = Acts(words, reason, reasons or {})
    if found not in _acts.setdefault(subject_type, []):
        _acts[subject_type].append(found)


def uses(source: Uses) -> None:
    """Tell people of uses that stand in a table of one's own."""
    if source not in _uses:
        _uses.append(source)


def told_acts() -> dict[str, list[Acts]]:
    """By kind of subject."""
    return {kind: list(acts) for kind, acts in _acts.items()}


def uses_of(person: Any, limit: int | None) -> Iterator[Use]:
    """What the tables tell, source by source."""
    for source in _uses:
        yield from source(person, limit)


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
