from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest

from accounts.models import User
from tests.factories.accounts import UserFactory

Committed = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def sari() -> User:
    return UserFactory(nickname="Ibu Sari", email="sari@example.com")


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """`with committed():` does at its end what waits for the commit: mails."""
    return partial(django_capture_on_commit_callbacks, execute=True)
