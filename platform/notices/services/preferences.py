"""How people want their news."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from core.errors import DomainError
from notices import errors, links
from notices.domain.digests import Cadence
from notices.kinds import all_kinds, kind_of
from notices.models import Preference
from notices.queries import Choice, all_choices_of


@transaction.atomic
def choose(*, actor: User, choices: Mapping[str, Choice]) -> None:
    """Keep how a person wants the kinds of news that are named.

    Raises:
        DomainError: notice_kind_unknown, notice_must_arrive.
    """
    rows = []
    for code, choice in choices.items():
        kind = kind_of(code)
        if kind is None:
            raise DomainError(errors.KIND_UNKNOWN)
        if choice.mail not in kind.cadences:
            raise DomainError(errors.MUST_ARRIVE, field=f"mail_{code}", why=kind.because)
        rows.append(Preference(user=actor, kind=code, mail=choice.mail, push=choice.push))
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["mail", "push"]
    )


@transaction.atomic
def silence(*, actor: User, kind: str = links.ALL) -> None:
    """Switch the e-mails of one kind off, or all that can be; push messages stay as they are."""
    before = all_choices_of(actor)
    chosen = [one for one in all_kinds() if not one.because and kind in (one.code, links.ALL)]
    choose(actor=actor, choices={one.code: Choice(Cadence.OFF, before[one.code].push) for one in chosen})


def stop(key: str) -> str:
    """What an unsubscribe link of a notice or a digest does; the sentence that says so.

    Args:
        key: "<account>:<kind>", or "<account>:all".
    """
    number, kind = key.split(":")
    person = User.objects.filter(pk=int(number)).first()
    if person:
        silence(actor=person, kind=kind)
    if kind == links.ALL:
        return gettext("You get no more news by e-mail, except what must reach you. All of it stays in your inbox.")
    held = kind_of(kind)
    if held and held.because:
        return gettext("These e-mails cannot be switched off. %(why)s") % {"why": held.because}
    return gettext("You get no more e-mails of this kind. The news stay in your inbox.")


def question(key: str) -> str:
    """What such a link would stop."""
    _number, code = key.split(":")
    kind = kind_of(code)
    if kind is None:
        return gettext("You will get no more news by e-mail, except what must reach you. You need not sign in.")
    return gettext("You will get no more e-mails of the kind “%(kind)s”. You need not sign in.") % {"kind": kind.label}
