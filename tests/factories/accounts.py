"""People and their offices."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from allauth.account.models import EmailAddress

from accounts.models import Role, RoleAssignment, User
from places.models import Agency, Region

SLIPI, PALMERAH = "kelurahan-3173071002", "kelurahan-3173071001"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An account with a confirmed address, as after the first sign-in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    nickname = factory.Sequence(lambda number: f"Warga Uji {number}")
    email = factory.Sequence(lambda number: f"warga{number}@example.com")

    @factory.post_generation
    def confirmed(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and self.email and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=True)


def agency(code: str = SLIPI) -> Agency:
    """One of the city's real units."""
    return Agency.objects.get(code=code)


def region(code: str = "31.73.07.1002") -> Region:
    """One of the city's real regions; Kelurahan Slipi by default."""
    return Region.objects.get(code=code)


def office(role: str, scope: str, *, user: User | None = None, **fields: Any) -> User:
    """Somebody who holds an office.

    Args:
        role: one of Role.
        scope: code of the agency, or of the region ("31.73").
        user: who; somebody new by default.
        fields: title, starts, ends of the assignment.
    """
    person = user or UserFactory()
    unit = None if scope[:2] == "31" else agency(scope)
    area = region(scope) if unit is None else None
    fields = {"title": "Kasi Ekbang", "starts": date(2026, 1, 5)} | fields
    RoleAssignment.objects.create(user=person, role=role, agency=unit, region=area, **fields)
    return person


def section_head(scope: str = SLIPI, **fields: Any) -> User:
    """Bu Rina, of Kelurahan Slipi by default."""
    return office(Role.SECTION_HEAD, scope, **fields)


def officer(scope: str = SLIPI, **fields: Any) -> User:
    """Joko, of Kelurahan Slipi by default."""
    return office(Role.OFFICER, scope, **({"title": "Petugas Sarana"} | fields))


def admin(scope: str = "31", **fields: Any) -> User:
    """Bu Laras, of the province by default."""
    return office(Role.ADMIN, scope, **({"title": "Admin kota"} | fields))
