"""Who may help somebody who has lost a second step."""

from __future__ import annotations

from typing import Any

import rules

from accounts.offices import entrusted_to
from accounts.rules import is_admin, may_manage, office_value, rules_city


def _may_help(admin: Any, person: Any) -> bool:
    """Admins; for people in office those who could have appointed them, for staff of the site those of the city.

    Nobody helps themselves.
    """
    if not is_admin(admin):
        return False
    if person is None:
        return True
    if person.pk == admin.pk or ((person.is_superuser or person.is_staff) and not rules_city(admin)):
        return False
    return all(may_manage(admin, office_value(office)) for office in entrusted_to(person))


rules.add_perm("security.help", rules.predicate(_may_help, name="helps_with_second_step"))
