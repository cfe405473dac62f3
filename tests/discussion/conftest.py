"""A public report in Slipi, people who are known, and the office that answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from discussion import services
from discussion.models import ThreadComment
from discussion.services import Draft
from reports.models import Report
from tests.discussion.acting import known
from tests.factories.reports import ReportFactory, Slipi, slipi

Write = Callable[..., ThreadComment]


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def report() -> Report:
    return ReportFactory(public=True)


@pytest.fixture
def sari() -> User:
    """Long a member, some comments that stayed."""
    return known("Ibu Sari Lama")


@pytest.fixture
def tono() -> User:
    return known("Tono Lama")


@pytest.fixture
def newcomer() -> User:
    """Joined an hour ago, has never written."""
    return User.objects.create_user("baru@contoh.id", nickname="Warga Baru", joined=timezone.now() - timedelta(hours=1))


@pytest.fixture
def write(report: Report, sari: User) -> Write:
    """Write under the report as Ibu Sari, or what is changed of it."""

    def act(text: str = "Airnya sudah sampai teras", *, actor: User | None = None, **changes: Any) -> ThreadComment:
        comment, _new = services.write(actor=actor or sari, item=report, draft=Draft(text, **changes))
        return comment

    return act
