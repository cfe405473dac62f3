"""What a sceptical reader found and must not come back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role, RoleAssignment
from core.errors import DomainError
from core.permissions import may
from ledger.models import Entry
from places.models import Region
from reports import errors, services, tasks
from reports.domain.workflow import State
from reports.models import Contact, Follow, Report, ReportStep
from reports.queries.desk_report import contact_of
from reports.services import Inputs
from reports.services.filing import code_of
from reports.services.proofs import check_proof
from tests.factories.photos import PhotoFactory, scene
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import (
    Slipi,
    a_person,
    agency,
    an_office,
    category,
    declared_done,
    slipi,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Slipi:
    return slipi()


def take(actor: Any, report: Report, name: str, **inputs: Any) -> Report:
    services.take_step(actor=actor, report=report, name=name, inputs=Inputs(**inputs))
    report.refresh_from_db()
    return report


def refused(code: str, actor: Any, report: Report, name: str, **inputs: Any) -> None:
    steps = ReportStep.objects.count()
    with pytest.raises(DomainError, match=code):
        take(actor, report, name, **inputs)
    assert ReportStep.objects.count() == steps


def test_what_was_refused_as_improper_stays_hidden_when_its_guest_confirms(people) -> None:
    report = AReport(email="warga@contoh.id")
    take(people.head, report, "refuse", reason="improper", text="Memuat hinaan kepada tetangga.")
    services.confirm_by_code(report=report, code=code_of(report, 1))
    report.refresh_from_db()
    assert (report.confirmed, report.public) == (True, False)


def test_a_confirmation_by_code_leaves_its_trace() -> None:
    report = AReport(email="warga@contoh.id")
    services.confirm_by_code(report=report, code=code_of(report, 1))
    services.confirm_by_code(report=report, code=code_of(report, 1))
    assert Entry.objects.filter(subject_id=report.number, verb="report.code_confirmed").count() == 1


class TestConfidence:
    @pytest.fixture
    def report(self, people) -> Report:
        return AReport(reporter=people.reporter, category=category("pungli"))

    @pytest.fixture
    def handler(self) -> Any:
        return an_office("inspektorat", Role.AGENCY_OFFICER, "Irban")

    def test_it_does_not_leave_its_handler(self, people, report, handler) -> None:
        take(handler, report, "validate", reason="seen")
        refused(errors.STAYS_CONFIDENTIAL, handler, report, "assign", unit=agency("kelurahan-3173071002"))
        refused(errors.STAYS_CONFIDENTIAL, handler, report, "pass_to_desk", text="Perlu dipilah oleh provinsi.")
        take(handler, report, "assign", unit=report.unit)
        why = "Bukan bidang kami di sini."
        refused(errors.STAYS_CONFIDENTIAL, handler, report, "hand_over", unit=agency("sda"), text=why)
        assert not may(people.officer, "reports.view", report)
        assert not may(people.desk, "reports.view", report)

    @pytest.mark.parametrize("name", ["assign", "pass_to_desk"])
    def test_a_report_that_becomes_confidential_on_the_way_can_go_on(self, people, handler, name) -> None:
        report = AReport(reporter=people.reporter)
        take(people.head, report, "validate", reason="seen")
        take(people.head, report, name, unit=report.unit, text="Perlu dipilah oleh provinsi.")
        actor = people.desk if name == "pass_to_desk" else people.officer
        take(actor, report, "recategorise", category=category("pungli"))
        assert (report.state, report.unit.code, report.public) == (State.AT_AGENCY, "inspektorat", False)
        take(handler, report, "start")


def test_another_category_keeps_pauses_and_reopenings(people) -> None:
    with time_machine.travel("2026-09-01T02:00Z", tick=False) as clock:
        report = AReport(reporter=people.reporter)
        clock.move_to("2026-11-23T02:00Z")
        declared_done(people, report)
        take(people.reporter, report, "reopen", text="Masih mampet seperti dulu.")
        assert report.due == date(2026, 11, 30)
        take(people.officer, report, "recategorise", category=category("sampah"))
        assert report.due == date(2026, 11, 25)
        take(people.officer, report, "recategorise", category=category("saluran-kali"))
        assert report.due == date(2026, 11, 30)


class TestProofsThatAreHonest:
    def done_with(self, people: Slipi, report: Report, photos: list[Any]) -> Any:
        take(people.head, report, "validate", reason="seen")
        take(people.head, report, "assign", unit=report.unit)
        take(people.officer, report, "start")
        take(people.officer, report, "declare_done", text="Got sudah dikuras.", photos=photos)
        return check_proof(report=report)

    def test_two_shots_of_the_same_work_are_no_doubt(self, people) -> None:
        shots = [PhotoFactory(image=scene(5)), PhotoFactory(image=scene(5).resize((600, 450)))]
        assert self.done_with(people, AReport(reporter=people.reporter), shots) == ()

    def test_a_photo_that_was_sent_twice_by_mistake_is_no_doubt(self, people) -> None:
        PhotoFactory(image=scene(5))
        assert self.done_with(people, AReport(reporter=people.reporter), [PhotoFactory(image=scene(5))]) == ()

    def test_the_proof_of_an_earlier_completion_is(self, people) -> None:
        report = AReport(reporter=people.reporter)
        self.done_with(people, report, [PhotoFactory(image=scene(5))])
        take(people.reporter, report, "reopen", text="Masih mampet seperti dulu.")
        take(people.officer, report, "start")
        again = [PhotoFactory(image=scene(5).resize((600, 450)))]
        take(people.officer, report, "declare_done", text="Got sudah dikuras.", photos=again)
        assert check_proof(report=report) == ("seen_before",)

    def test_the_check_also_ends_when_the_reporter_was_faster(self, people) -> None:
        report = declared_done(people, AReport(reporter=people.reporter))
        take(people.reporter, report, "confirm")
        assert check_proof(report=report) == ()
        report.refresh_from_db()
        assert report.proof == "clear"


def test_an_escalation_is_no_hand_over(people) -> None:
    why = "Bukan di wilayah kami."
    with time_machine.travel("2026-11-02T02:00Z", tick=False) as clock:
        report = AReport(reporter=people.reporter)
        take(people.head, report, "validate", reason="seen")
        take(people.head, report, "assign", unit=report.unit)
        home, palmerah = report.unit, agency("kelurahan-3173071001")
        clock.move_to("2026-11-23T02:00Z")
        assert services.escalate_overdue() == 1
        take(people.officer, report, "hand_over", unit=palmerah, text=why)
        assert report.escalated_to is None
        take(people.neighbour_head, report, "hand_over", unit=home, text=why)
        refused(errors.ALREADY_HANDED_OVER, people.officer, report, "hand_over", unit=palmerah, text=why)


@pytest.mark.parametrize("code", ["pln", "kelurahan-3173071002", "meja-provinsi", "bina-marga"])
def test_only_a_sub_agency_is_a_sub_agency(people, code) -> None:
    report = AReport(reporter=people.reporter)
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "pass_to_desk", text="Perlu alat berat dari dinas.")
    take(people.desk, report, "send_to_agency", unit=agency("sda"))
    refused(errors.UNIT_WRONG, people.sda, report, "send_to_sub_agency", unit=agency(code))


def test_an_auditor_looks_at_the_own_region_alone(people) -> None:
    report = AReport()
    for code, sees in {"31.73": True, "31.71": False, "31": True}.items():
        auditor = a_person(f"Auditor {code}")
        RoleAssignment.objects.create(
            user=auditor,
            role=Role.AUDITOR,
            region=Region.objects.get(code=code),
            title="Auditor",
            starts=date(2020, 1, 1),
        )
        assert may(auditor, "reports.view", report) is sees


class TestClaiming:
    @pytest.fixture
    def report(self) -> Report:
        report = AReport(email="warga@contoh.id", phone="0812000111")
        services.confirm_by_code(report=report, code=code_of(report, 1))
        return report

    def test_mails_that_were_stopped_stay_stopped(self, report) -> None:
        services.stop_mail(key=f"{report.pk}:guest")
        person = a_person("Warga", "warga@contoh.id")
        assert services.claim(user=person) == 1
        assert not Follow.objects.filter(report=report).exists()
        assert services.claim(user=person) == 0

    def test_the_phone_number_stays_for_the_office_and_the_address_does_not(self, people, report) -> None:
        services.claim(user=a_person("Warga", "warga@contoh.id"))
        assert Contact.objects.get(report=report).email == ""
        report.refresh_from_db()
        assert contact_of(report) == ("warga@contoh.id", "0812000111")


def test_nobody_confirms_the_own_work_or_works_on_the_own_report(people) -> None:
    mine = AReport(reporter=people.officer)
    take(people.head, mine, "validate", reason="seen")
    take(people.head, mine, "assign", unit=mine.unit)
    take(people.officer, mine, "start")
    done = {"text": "Got sudah dikuras.", "photos": [PhotoFactory()]}
    refused(errors.OWN_WORK, people.officer, mine, "declare_done", **done)
    Report.objects.filter(pk=mine.pk).update(reporter=people.reporter)
    take(people.officer, mine, "declare_done", **done)
    Report.objects.filter(pk=mine.pk).update(reporter=people.officer)
    refused(errors.OWN_WORK, people.officer, mine, "confirm")


def test_a_proof_that_nobody_looks_at_climbs_too(people) -> None:
    report = declared_done(people, AReport(reporter=people.reporter))
    Report.objects.filter(pk=report.pk).update(proof="in_review", due=timezone.localdate() + timedelta(days=60))
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert services.escalate_overdue() == 0
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert services.escalate_overdue() == 1


def test_one_broken_report_does_not_stop_the_clock_of_the_others(people, monkeypatch) -> None:
    reports = [declared_done(people, AReport(reporter=people.reporter)) for _ in range(2)]
    Report.objects.update(proof="accepted")
    real = services.clock.take_step

    def stumbles(*, report: Report, **rest: Any) -> Any:
        if report.pk == reports[0].pk:
            raise RuntimeError("rusak")
        return real(report=report, **rest)

    monkeypatch.setattr(services.clock, "take_step", stumbles)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert services.lapse_silent() == 1


def test_a_step_whose_task_was_lost_is_announced_by_tick(people, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = AReport(reporter=people.reporter)
    assert not ReportStep.objects.filter(announced=False).exists()
    take(people.head, report, "validate", reason="seen")
    assert tasks.announce_lost(timezone.now()) == 0
    assert tasks.announce_lost(timezone.now() + timedelta(minutes=6)) == 1
    assert tasks.announce_lost(timezone.now() + timedelta(minutes=6)) == 0


def test_a_short_answer_is_an_answer(people) -> None:
    report = AReport(reporter=people.reporter)
    take(people.head, report, "ask", text="Di gang yang mana tepatnya?")
    take(people.reporter, report, "answer", text="Gang 3")
    assert report.state == State.RECEIVED
