"""What people can do, as data, and the one question "may this person?" that also says what is missing.

    actions.register(Action("report.support", _("Support a report"), group=CITIZENS, permission="reports.support"))
    answer = actions.check(person, "report.support", report)     # for a button or a page
    actions.require(person, "report.support", report)            # for a service

Each app registers its actions where its permissions are. What lies above (offices, residency) is looked up
through sources that it registers, each one query for a person, so a page may ask about twenty buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import ACCOUNT_CLOSED, NOT_ALLOWED, SIGN_IN_FIRST, DomainError, way_of
from core.errors import register as register_error
from core.permissions import may
from core.reach import Level, Reach, within

VERIFY_FIRST = register_error(
    "verify_first",
    403,
    _(
        "Only verified residents can do this. Show your identity card at the desk of your kelurahan, or ask two "
        "neighbours to speak for you; it takes a few minutes."
    ),
    way=(_("How to become a verified resident"), "residents"),
)
RESIDENT_ELSEWHERE = register_error(
    "resident_elsewhere",
    403,
    _("You are verified as a resident of %(home)s, not of %(here)s. If you have moved, go to the desk where you live."),
    way=(_("How to become a verified resident"), "residents"),
)
NOT_YOUR_OFFICE = register_error(
    "not_your_office",
    403,
    _("This is for the office that is responsible here, and your account does not hold it."),
    way=(_("What may I do here?"), "what_may_i"),
)

Text = str | Promise
# Headings of the table.
CITIZENS, REPORTERS, RESIDENTS, UNITS, STAFF = "citizens", "reporters", "residents", "units", "staff"


@dataclass(frozen=True)
class Residency:
    """Where somebody is a verified resident."""

    region: str
    name: str
    rw: str
    face_to_face: bool


@dataclass(frozen=True)
class Held:
    """An office of today: its role and the region that it concerns ("" for the whole city)."""

    role: str
    region: str


@dataclass(frozen=True)
class Allowed:
    """Yes."""

    allowed: bool = True


@dataclass(frozen=True)
class Denied:
    """No, and what is missing.

    Args:
        code: a registered refusal.
        data: values for its sentence.
    """

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    allowed: bool = False

    @property
    def error(self) -> DomainError:
        """The refusal as services raise it."""
        return DomainError(self.code, **self.data)

    @property
    def sentence(self) -> str:
        """What is missing, in the language of now."""
        return self.error.sentence

    @property
    def verb(self) -> str:
        """What the link to the way on says; "" when there is none."""
        found = way_of(self.code)
        return str(found[0]) if found else ""

    @property
    def url(self) -> str:
        """Where the way on is; "" when there is none."""
        found = way_of(self.code)
        return reverse(found[1]) if found else ""


Answer = Allowed | Denied
ALLOWED = Allowed()
# What else is missing, for this person and subject: a refusal, or None.
Also = Callable[[Any, Residency | None, Any], Denied | None]


@dataclass(frozen=True)
class Action:
    """One thing that people can do.

    Args:
        code: "report.support".
        words: what it is, as a verb: "Support a report".
        group: one of the headings above.
        level: what it takes of a person.
        permission: of some rules.py, asked for the subject.
        roles: for acts of offices: which roles may, and how far each reaches.
        region_of: for residents: the region of a subject that they must live in; None asks for no region.
        refusal: what is said to somebody without the permission: a code, and data out of the subject.
        also: what more may be missing.
        states: for acts on something with a life: in which states, by code.
    """

    code: str
    words: Text
    group: str
    level: Level = Level.ACCOUNT
    permission: str = ""
    roles: Mapping[str, Reach] = field(default_factory=dict)
    region_of: Callable[[Any], Any] | None = None
    refusal: Callable[[Any], Denied] | None = None
    also: Also | None = None
    states: tuple[str, ...] = ()

    @property
    def of_office(self) -> bool:
        """Whether it is done in the name of an office."""
        return bool(self.roles)


_actions: dict[str, Action] = {}
_residency: list[Callable[[Any], Residency | None]] = []
_offices: list[Callable[[Any], Iterable[Held]]] = []


def register(*wanted: Action) -> None:
    """Add actions to the table."""
    for action in wanted:
        if action.code in _actions:
            raise ValueError(f"action registered twice: {action.code}")
        _actions[action.code] = action


def residency_from(source: Callable[[Any], Residency | None]) -> None:
    """Say who knows where somebody is a verified resident."""
    _residency[:] = [source]


def offices_from(source: Callable[[Any], Iterable[Held]]) -> None:
    """Say who knows which offices somebody holds today."""
    _offices[:] = [source]


def every() -> list[Action]:
    """The whole table, in the order of registration."""
    return list(_actions.values())


def action(code: str) -> Action:
    """One row of the table."""
    return _actions[code]


def check(person: Any, code: str, subject: Any = None) -> Answer:
    """Whether a person may do something to a subject; if not, what is missing first.

    Args:
        person: an account, or nobody (anonymous, None).
        code: of the action.
        subject: what it is about; None for acts without one.
    """
    found = _actions[code]
    here = found.region_of(subject) if found.region_of and subject is not None else None
    missing = _missing(person, found, here)
    if missing is None and found.permission and not may(person, found.permission, subject):
        missing = _refused(person, found, subject)
    if missing is None and found.also:
        missing = found.also(person, residency_of(person), subject)
    return missing or ALLOWED


def check_many(person: Any, codes: Iterable[str], subject: Any = None) -> dict[str, Answer]:
    """The answers for all buttons of a page at once."""
    return {code: check(person, code, subject) for code in codes}


def allowed(person: Any, code: str, subject: Any = None) -> bool:
    """Whether a person may, without asking why not."""
    return check(person, code, subject).allowed


def require(person: Any, code: str, subject: Any = None, *, field: str | None = None) -> None:
    """Refuse unless the person may.

    Raises:
        DomainError: sign_in_first, account_closed, verify_first, resident_elsewhere, or the action's own refusal.
    """
    answer = check(person, code, subject)
    if isinstance(answer, Denied):
        raise DomainError(answer.code, field=field, **answer.data)


def check_here(person: Any, code: str, region: Any) -> Answer:
    """Whether something is open to a person in a region at large, before there is a subject.

    Args:
        region: has an official `code` and a `label`.
    """
    found = _actions[code]
    missing = _missing(person, found, region if found.level == Level.RESIDENT else None)
    if missing is None and found.of_office and not reaches(person, found, region.code):
        missing = Denied(NOT_YOUR_OFFICE)
    if missing is None and found.also:
        missing = found.also(person, residency_of(person), None)
    return missing or ALLOWED


def reaches(person: Any, wanted: Action, region: str) -> bool:
    """Whether one of the person's offices may do this somewhere in the region."""
    held = [office for source in _offices for office in source(person)]
    return any(office.role in wanted.roles and _covers(wanted.roles[office.role], office, region) for office in held)


def residency_of(person: Any) -> Residency | None:
    """Where the person is a verified resident today."""
    return next((source(person) for source in _residency), None)


def _covers(reach: Reach, office: Held, region: str) -> bool:
    return reach == Reach.ANYWHERE or not office.region or within(office.region, region)


def _missing(person: Any, found: Action, here: Any) -> Denied | None:
    signed_in = bool(getattr(person, "is_authenticated", False))
    if not signed_in:
        return Denied(SIGN_IN_FIRST) if found.level != Level.READER or found.of_office else None
    if not person.is_active:
        return Denied(ACCOUNT_CLOSED)
    if found.level != Level.RESIDENT:
        return None
    home = residency_of(person)
    if home is None:
        return Denied(VERIFY_FIRST)
    if here is not None and not within(here.code, home.region):
        return Denied(RESIDENT_ELSEWHERE, {"home": home.name, "here": here.label})
    return None


def _refused(person: Any, found: Action, subject: Any) -> Denied:
    if found.refusal:
        return found.refusal(subject)
    return Denied(NOT_YOUR_OFFICE if found.of_office else NOT_ALLOWED)
