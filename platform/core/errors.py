"""Refusals: what a rule says no to, and the sentence that tells the person what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


@dataclass(frozen=True)
class Explanation:
    """How a refusal is told: the HTTP status, one sentence that says what to do, and where that is done."""

    status: int
    sentence: Sentence
    way: tuple[Sentence, str] | None = None


_explanations: dict[str, Explanation] = {}


def register(code: str, status: int, sentence: Sentence, *, way: tuple[Sentence, str] | None = None) -> str:
    """Give a code its status and sentence.

    Args:
        code: what happened, unique in the product, e.g. "report_changed".
        status: HTTP status of the answer, 400-499.
        sentence: lazy text; may hold %(name)s for what DomainError carries.
        way: where the person goes on from here: words of a link, and the name of its address.

    Returns:
        The code, so that it can be kept in a constant.

    Raises:
        ValueError: the code is taken, or the status is not a refusal.
    """
    if code in _explanations:
        raise ValueError(f"error code registered twice: {code}")
    if not 400 <= status < 500:
        raise ValueError(f"{code}: a refusal has a status of 400-499, not {status}")
    _explanations[code] = Explanation(status, sentence, way)
    return code


def explanations() -> dict[str, Explanation]:
    """All registered codes with their explanation (a copy)."""
    return dict(_explanations)


def way_of(code: str) -> tuple[Sentence, str] | None:
    """Words and address name of the way on from a refusal; None when its sentence is all there is."""
    return _explanations[code].way


class DomainError(Exception):
    """A rule said no. Views do not catch it; one middleware answers it.

    Args:
        code: a registered code.
        field: name of the form field that it concerns, where there is one.
        data: values for the sentence.
    """

    def __init__(self, code: str, *, field: str | None = None, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.data = data

    @property
    def status(self) -> int:
        return _explanations[self.code].status

    @property
    def sentence(self) -> str:
        """The sentence in the language that is active now."""
        text = str(_explanations[self.code].sentence)
        return text % self.data if self.data else text


NOT_ALLOWED = register(
    "not_allowed",
    403,
    _("Your account may not do this. Sign in with the account of the office that is responsible."),
)
SIGN_IN_FIRST = register(
    "sign_in_first",
    403,
    _("Sign in first, then try again. What you typed is kept."),
    way=(_("Sign in"), "account_login"),
)
ACCOUNT_CLOSED = register(
    "account_closed", 403, _("This account is closed. Ask the city's team if you think that this is a mistake.")
)
TOO_MANY = register(
    "too_many",
    429,
    _("That was a lot in a short time. Please wait a few minutes, then try again."),
)
CHANGED_MEANWHILE = register(
    "changed_meanwhile",
    409,
    _("Somebody else has changed this in the meantime. Look at the page again, then decide."),
)
BAD_REQUEST = register(
    "bad_request",
    400,
    _("We could not read what was sent. Go back, check what you filled in and send it again."),
)
NOT_FOUND = register(
    "not_found",
    404,
    _("The address may be mistyped, or the page has moved. Reports that are confidential are not shown either."),
)
WRONG_METHOD = register(
    "wrong_method",
    405,
    _("This address only takes what a button on a page sends. Open the page itself and press the button there."),
)
TOO_MUCH = register(
    "too_much",
    413,
    _("More was sent than we can take at once. Send fewer or smaller photos: up to 15 MB each."),
)
