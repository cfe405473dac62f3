"""People at a verification desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from residents import services
from residents.models import Verification
from tests.factories.accounts import UserFactory, officer, region

NIK = "3173071708900001"
OTHER_NIK = "3173075708900002"


@pytest.fixture
def joko() -> User:
    """An officer at the desk of Kelurahan Slipi."""
    return officer()


@pytest.fixture
def sari() -> User:
    return UserFactory(nickname="Ibu Sari", email="sari@example.com")


@pytest.fixture
def verify(joko: User, sari: User) -> Callable[..., Verification]:
    """Verify Ibu Sari, or what is changed of it."""

    def act(**changes: Any) -> Verification:
        values = {"actor": joko, "user": sari, "nik": NIK, "kelurahan": region(), "rw": "6"} | changes
        return services.verify(**values)

    return act
