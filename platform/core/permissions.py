"""The one question "may this person?", with types (rules has none)."""

from __future__ import annotations

from typing import Any

import rules


def may(person: Any, permission: str, subject: Any = None) -> bool:
    """Whether a person has a permission of some app's rules.py for a subject.

    Args:
        person: an account or nobody (anonymous, None).
        permission: e.g. "reports.step_validate"; one that nobody registered is never given.
        subject: what it is about.
    """
    return bool(rules.has_perm(permission, person, subject))
