"""The demo is filled once, with reports in every state whose pasts hold."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from accounts.demo import CAST
from accounts.models import User
from assistance import demo as desks_demo
from assistance import services as desks
from assistance.models import Help
from ledger.models import Chain, Entry
from notices import queries
from notices import services as services_of_news
from photos.models import Photo
from reports import services
from reports.demo import texts
from reports.demo.drawing import SCENES, draw
from reports.domain.workflow import STEPS, State, targets_of
from reports.models import Category, Report, ReportPhoto, ReportStep
from reports.tasks import announce_lost

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def filled(demo: None) -> None:
    call_command("seed_demo", stdout=io.StringIO())


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (User, Report, ReportStep, ReportPhoto, Photo, Entry)}


def test_outside_a_demo_it_refuses() -> None:
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert not Report.objects.exists()


def test_the_demo_is_whole(filled: None) -> None:
    # One long test: filling takes seconds.
    everything_is_there()
    the_pasts_hold()
    the_ledger_holds()
    the_clock_has_nothing_left_to_do()
    nothing_secret_is_public()
    inboxes_have_news()
    before = counts()
    call_command("seed_demo", stdout=io.StringIO())
    assert counts() == before


def everything_is_there() -> None:
    assert set(Report.objects.values_list("state", flat=True)) == {state.value for state in State}
    assert Report.objects.count() == len(texts.rows())
    assert User.objects.filter(email__in=[part.email for part in CAST]).count() == len(CAST)
    assert Report.objects.filter(reopenings=2).exists()
    assert Report.objects.filter(escalated_to__isnull=False, colour__in=["red", "yellow"]).exists()
    assert Report.objects.filter(proof="in_review", doubts=["like_before_photo"]).exists()
    assert Report.objects.filter(hand_overs=3, unit__kind="province_desk").exists()
    assert Report.objects.filter(confirmed=False, public=False, contact__isnull=False).exists()
    assert Report.objects.filter(outside__code="pln").exists()
    helped = Report.objects.get(via="Kelurahan Slipi")
    assert Help.objects.get(what="report").subject_id == helped.number
    assert helped.reporter == desks.owner_of(number=desks_demo.NUMBER, pin=desks_demo.PIN)


def the_pasts_hold() -> None:
    now = timezone.now()
    for report in Report.objects.prefetch_related("steps"):
        steps = list(report.steps.all())
        assert steps[0].name == "file"
        assert [step.seq for step in steps] == list(range(1, report.steps_taken + 1))
        assert steps[-1].target == report.state
        assert all(a.at < b.at for a, b in pairwise([*steps, ReportStep(at=now)]))
        for earlier, step in pairwise(steps):
            rule = STEPS[step.name]
            assert step.source == earlier.target
            assert State(step.source) in rule.sources
            assert State(step.target) in (targets_of(rule) or {State(step.source)})


def the_ledger_holds() -> None:
    out = io.StringIO()
    call_command("verify_ledger", stdout=out, stderr=out)
    assert Chain.objects.filter(subject_type="report").count() == Report.objects.count()
    report = Report.objects.filter(state="confirmed").first()
    assert report
    entries = Entry.objects.filter(subject_type="report", subject_id=report.number).order_by("seq")
    verbs = [entry.verb for entry in entries if entry.verb != "report.proof_checked"]
    assert verbs == [f"report.{step.name}" for step in report.steps.all()]


def the_clock_has_nothing_left_to_do() -> None:
    assert services.lapse_silent() == services.resume_unanswered() == services.escalate_overdue() == 0


def nothing_secret_is_public() -> None:
    assert not Report.objects.filter(category__confidential=True, public=True).exists()
    assert Report.objects.filter(category__confidential=True).exists()
    hidden = ReportPhoto.objects.filter(report__public=False)
    assert not hidden.filter(photo__public=True).exists()
    assert not Photo.objects.filter(attached=False).exists()


def inboxes_have_news() -> None:
    sari = User.objects.get(email="sari@example.com")
    found = queries.inbox(sari, "")
    assert len(found.lines) == 20
    assert all(line.words for line in found.lines)
    assert queries.unread(sari) >= 3
    # Nobody is told today of what happened long ago.
    assert announce_lost(timezone.now() + timedelta(days=1)) == 0
    assert services_of_news.send_digests(now=timezone.now() + timedelta(days=8)) == 0


def test_every_text_names_what_exists() -> None:
    slugs = set(Category.objects.values_list("slug", flat=True))
    for row in texts.rows():
        assert row.category in slugs
        assert not row.scene or row.scene in SCENES
        assert row.plot[0] in texts.STORIES
        assert timedelta(days=row.days) <= timedelta(days=60)


def test_every_scene_has_words() -> None:
    assert set(texts.WORK) == set(SCENES)


def test_the_same_seed_draws_the_same_place_and_the_work_changes_it() -> None:
    before, again, after = draw("pothole", seed=3), draw("pothole", seed=3), draw("pothole", seed=3, fixed=True)
    assert before.size == (1280, 960)
    assert before.tobytes() == again.tobytes() != after.tobytes()
    assert isinstance(before, Image.Image)
