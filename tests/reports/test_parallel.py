"""Many officers at one report at the same moment: every step legal, none lost, the chain whole."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from ledger.models import Chain, Entry
from ledger.queries import verify
from reports.domain.workflow import BY_CATEGORY, STEPS, State, targets_of
from reports.models import Report
from reports.services import Inputs, take_step
from tests.committed import at_once
from tests.factories import accounts
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import a_person, agency, category
from tests.sizes import sized

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WRITERS = sized(20, 50)
WORDS = "Kami sudah memeriksa tempatnya."


def everything() -> list[tuple[str, Inputs]]:
    """Steps that get into each other's way."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return [
        ("validate", Inputs(reason="seen")),
        ("refuse", Inputs(text=WORDS, reason="not_found")),
        ("assign", Inputs(unit=agency("kelurahan-3173071002"))),
        ("schedule", Inputs(day=tomorrow)),
        ("start", Inputs()),
        ("ask", Inputs(text="Di sebelah mana tepatnya?")),
        ("reply", Inputs(text=WORDS)),
        ("pass_to_desk", Inputs(text=WORDS)),
        ("recategorise", Inputs(category=category("sampah"))),
        ("hand_over", Inputs(unit=agency("bina-marga-3173"), text=WORDS)),
    ]


@pytest.mark.parametrize("seen", [False, True], ids=["whatever they saw", "all saw the same page"])
def test_different_steps_at_once(seen: bool) -> None:
    officers = [accounts.section_head(title=f"Kasi {number}") for number in range(WRITERS)]
    report = AReport(reporter=a_person("Ibu Sari"))
    steps = everything()
    looked = Report.objects.get(pk=report.pk).steps_taken

    def act(place: int) -> Any:
        name, given = steps[place % len(steps)]
        if seen:
            given = Inputs(**(vars(given) | {"seen": looked}))
        # Each thread has its own person object, as each request has.
        return take_step(actor=User.objects.get(pk=officers[place].pk), report=report, name=name, inputs=given).name

    for _round in range(1 if seen else 3):
        results = at_once(WRITERS, act)
        unexpected = [result for result in results if not isinstance(result, str | DomainError)]
        assert unexpected == []
    taken = [result for result in results if isinstance(result, str)]
    if seen:
        assert len(taken) == 1
    _is_whole(report)


def _is_whole(report: Report) -> None:
    """The line is contiguous, every step on it legal, and the ledger tells the same story."""
    report.refresh_from_db()
    line = list(report.steps.order_by("seq"))
    assert [step.seq for step in line] == list(range(1, report.steps_taken + 1))
    assert line[-1].target == report.state
    for before, step in pairwise(line):
        assert step.source == before.target
        kind = STEPS[step.name]
        assert State(step.source) in kind.sources
        # A corrected category leaves the state unless its confidential handler takes over.
        stays = {State(step.source)} if kind.target in (None, BY_CATEGORY) else set()
        assert State(step.target) in targets_of(kind) | stays
    entries = list(Entry.objects.filter(subject_type="report", subject_id=report.number).order_by("seq"))
    assert [entry.payload["step"] for entry in entries] == [step.seq for step in line]
    assert Chain.objects.get(subject_type="report", subject_id=report.number).length == len(line)
    assert [found.broken for found in verify()] == [None]
