"""Who may help somebody who has lost a second step."""

from __future__ import annotations

from typing import Any

import rules

from accounts.offices import staff_standing
from accounts.rules import is_admin, may_manage, office_value


def _may_help(admin: Any, person: Any) -> bool:
    """Admins; for people in office those who could have appointed them. Nobody helps themselves."""
    if not is_admin(admin):
        return False
    if person is None:
        return True
    held = staff_standing(person).offices
    return person.pk != admin.pk and all(may_manage(admin, office_value(office)) for office in held)


rules.add_perm("security.help", rules.predicate(_may_help, name="helps_with_second_step"))
