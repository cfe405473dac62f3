"""Taking steps: whole lives, and refusals after which nothing has changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from core.errors import CHANGED_MEANWHILE, NOT_ALLOWED, DomainError
from ledger.models import Entry
from places.models import Agency
from reports import errors, services, tasks
from reports.domain.workflow import State
from reports.models import Follow, Note, Report, ReportPhoto, ReportStep, Reveal
from reports.queries.desk_report import contact_of
from reports.services import Inputs
from reports.services.proofs import check_proof
from tests.factories.photos import PhotoFactory, scene
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, agency, category, declared_done, region, slipi

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def report(people: Slipi) -> Report:
    return AReport(reporter=people.reporter)


def take(actor: Any, report: Report, name: str, **inputs: Any) -> Report:
    services.take_step(actor=actor, report=report, name=name, inputs=Inputs(**inputs))
    report.refresh_from_db()
    return report


def world() -> tuple[Any, ...]:
    """Everything that a refused step must leave as it was."""
    return (
        list(Report.objects.order_by("pk").values()),
        ReportStep.objects.count(),
        Entry.objects.count(),
        ReportPhoto.objects.count(),
        Note.objects.count(),
        Reveal.objects.count(),
        Follow.objects.count(),
    )


def refused(code: str, actor: Any, report: Report, name: str, **inputs: Any) -> DomainError:
    before = world()
    with pytest.raises(DomainError) as caught:
        take(actor, report, name, **inputs)
    assert caught.value.code == code
    assert caught.value.sentence
    assert world() == before
    return caught.value


def test_a_small_matter_goes_from_the_citizen_to_the_kelurahan_and_back(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    take(people.officer, report, "schedule", day=timezone.localdate() + timedelta(days=1))
    take(people.officer, report, "start")
    take(people.officer, report, "declare_done", text="Got sudah dikuras.", photos=[PhotoFactory()])
    assert (report.state, report.colour, report.proof) == (State.DECLARED_DONE, "yellow", "checking")
    assert check_proof(report=report) == ()
    take(people.reporter, report, "reopen", text="Air masih naik ke teras.")
    assert (report.state, report.colour, report.reopenings, report.proof) == (State.REOPENED, "red", 1, "")
    take(people.officer, report, "start")
    take(people.officer, report, "declare_done", text="Sudah dikuras ulang.", photos=[PhotoFactory(image=scene(7))])
    take(people.reporter, report, "confirm")
    assert (report.state, report.colour) == (State.CONFIRMED, "green")
    names = list(report.steps.values_list("name", flat=True))
    assert names[0] == "file"
    assert [step.seq for step in report.steps.all()] == list(range(1, len(names) + 1))


def test_a_large_matter_goes_over_the_desk_to_agency_and_sub_agency(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "pass_to_desk", text="Perlu alat berat dari dinas.")
    assert report.unit.kind == "province_desk"
    take(people.desk, report, "send_to_agency", unit=agency("sda"))
    assert report.state == State.AT_AGENCY
    take(people.sda, report, "send_to_sub_agency", unit=agency("sda-3173"))
    assert report.state == State.AT_SUB_AGENCY
    take(people.sudin, report, "start")
    assert report.colour == "yellow"


def test_every_step_says_which_office_took_it(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    step = report.steps.get(name="validate")
    assert step.office == "Kasi Ekbang, Kelurahan Slipi" or step.office.startswith("Kasi Ekbang, ")
    assert "Bu Rina" not in step.office
    entry = Entry.objects.get(subject_id=report.number, verb="report.validate")
    assert entry.payload["from"] == "received"
    assert entry.payload["to"] == "validated"


@pytest.mark.parametrize(
    ("name", "inputs", "code"),
    [
        ("refuse", {"text": "Tidak ada masalah di sana."}, errors.REASON_MISSING),
        ("refuse", {"reason": "bohong", "text": "Tidak ada masalah di sana."}, errors.REASON_MISSING),
        ("refuse", {"reason": "not_found", "text": "   pendek  "}, errors.TEXT_MISSING),
        ("mark_duplicate", {}, errors.ORIGINAL_MISSING),
        ("forward", {"text": "Ini milik PLN, kami teruskan."}, errors.OUTSIDE_MISSING),
        ("ask", {"text": "?"}, errors.TEXT_MISSING),
        ("reply", {"text": ""}, errors.TEXT_MISSING),
        ("move_pin", {}, errors.PLACE_MISSING),
        ("recategorise", {}, errors.CATEGORY_MISSING),
        ("assign", {}, errors.STEP_IMPOSSIBLE),
        ("schedule", {}, errors.STEP_IMPOSSIBLE),
        ("declare_done", {"text": "Sudah selesai semua."}, errors.STEP_IMPOSSIBLE),
    ],
)
def test_a_received_report_refuses_what_is_missing(people, report, name, inputs, code) -> None:
    refused(code, people.head, report, name, **inputs)


@pytest.mark.parametrize(
    ("name", "inputs", "code"),
    [
        ("schedule", {}, errors.DATE_MISSING),
        ("schedule", {"day": date(2020, 1, 1)}, errors.DATE_PAST),
        ("schedule", {"day": date(2099, 1, 1)}, errors.DATE_FAR),
        ("hand_over", {"text": "Bukan bidang kami di sini."}, errors.UNIT_MISSING),
        ("pass_to_desk", {"text": ""}, errors.TEXT_MISSING),
    ],
)
def test_an_assigned_report_refuses_what_is_missing(people, report, name, inputs, code) -> None:
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    refused(code, people.head, report, name, **inputs)


def test_nothing_goes_to_a_unit_that_cannot_do_it(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    refused(errors.UNIT_WRONG, people.head, report, "assign", unit=agency("pln"))


def test_who_validated_does_not_declare_done(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    take(people.officer, report, "start")
    photo = PhotoFactory()
    refused(errors.SAME_PERSON, people.head, report, "declare_done", text="Sudah selesai semua.", photos=[photo])
    take(people.officer, report, "declare_done", text="Sudah selesai semua.", photos=[photo])


def test_done_needs_a_photo_and_a_photo_serves_once(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    take(people.officer, report, "start")
    refused(errors.PHOTO_MISSING, people.officer, report, "declare_done", text="Sudah selesai semua.")
    many = [PhotoFactory(image=scene(seed)) for seed in range(6)]
    refused(errors.PHOTO_TOO_MANY, people.officer, report, "declare_done", text="Sudah selesai semua.", photos=many)
    take(people.officer, report, "declare_done", text="Sudah selesai semua.", photos=many[:1])
    other = AReport(reporter=people.reporter)
    take(people.head, other, "validate", reason="seen")
    take(people.head, other, "assign", unit=other.unit)
    take(people.officer, other, "start")
    done = {"text": "Sudah selesai semua.", "photos": many[:1]}
    refused(errors.PHOTO_UNUSABLE, people.officer, other, "declare_done", **done)


def test_the_photo_of_the_damage_is_no_proof_and_a_second_person_decides(people) -> None:
    before = PhotoFactory(image=scene(3))
    report = AReport(reporter=people.reporter, photos=[before])
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    take(people.officer, report, "start")
    again = PhotoFactory(image=scene(3).resize((600, 450)))
    take(people.officer, report, "declare_done", text="Sudah selesai semua.", photos=[again])
    assert check_proof(report=report) == ("like_before_photo",)
    report.refresh_from_db()
    assert (report.state, report.proof) == (State.DECLARED_DONE, "in_review")
    refused(errors.STEP_NOT_YOURS, people.officer, report, "accept_proof")
    take(people.head, report, "reject_proof", text="Foto sama dengan foto laporan.")
    assert (report.state, report.proof, report.declared_by) == (State.IN_PROGRESS, "", None)


def test_a_photo_used_for_another_report_is_noticed_even_mirrored(people) -> None:
    declared_done(people, AReport(reporter=people.reporter))
    report = AReport(reporter=people.reporter)
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    take(people.officer, report, "start")
    mirrored = PhotoFactory(image=scene().transpose(0))
    take(people.officer, report, "declare_done", text="Sudah selesai semua.", photos=[mirrored])
    assert check_proof(report=report) == ("seen_before",)


def test_accepting_a_proof_starts_the_reporters_seven_days(people, report) -> None:
    declared_done(people, report)
    why = "Diambil dari sisi lain gang."
    refused(errors.STEP_IMPOSSIBLE, people.head, report, "accept_proof", text=why)
    Report.objects.filter(pk=report.pk).update(proof="in_review")
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        refused(errors.TEXT_MISSING, people.head, report, "accept_proof")
        take(people.head, report, "accept_proof", text=why)
        now = timezone.now()
    assert report.declared_at == now


@pytest.mark.parametrize("name", ["confirm", "reopen"])
def test_nobody_but_the_reporter_says_whether_it_is_done(people, report, name) -> None:
    declared_done(people, report)
    for stranger in (people.officer, people.head, people.desk, None):
        refused(errors.NOT_THE_REPORTER, stranger, report, name, text="Sudah beres sekali.")


def test_the_secret_link_acts_as_the_reporter(people) -> None:
    report = AReport(email="warga@contoh.id")
    declared_done(people, report)
    before = world()
    with pytest.raises(DomainError, match=errors.NOT_THE_REPORTER):
        services.take_step(actor=None, report=report, name="confirm", secret="salah")
    assert world() == before
    services.take_step(actor=None, report=report, name="confirm", secret=services.secret_of(report.client_key))
    report.refresh_from_db()
    assert report.state == State.CONFIRMED


def test_saying_it_is_done_twice_is_saying_it_once(people, report) -> None:
    declared_done(people, report)
    first = services.take_step(actor=people.reporter, report=report, name="confirm")
    assert services.take_step(actor=people.reporter, report=report, name="confirm") == first
    assert report.steps.filter(name="confirm").count() == 1


def test_belum_needs_a_reason_or_a_photo(people, report) -> None:
    declared_done(people, report)
    refused(errors.TEXT_OR_PHOTO_MISSING, people.reporter, report, "reopen", text="belum")
    take(people.reporter, report, "reopen", photos=[PhotoFactory(image=scene(9))])
    assert report.reopenings == 1
    assert report.photos.get(use="still").step.name == "reopen"


def test_a_question_stops_the_clock_and_the_answer_moves_the_due_date(people) -> None:
    with time_machine.travel("2026-11-23T02:00Z", tick=False) as clock:
        report = AReport(reporter=people.reporter)
        assert report.due == date(2026, 11, 30)
        take(people.head, report, "validate", reason="seen")
        take(people.head, report, "assign", unit=report.unit)
        take(people.officer, report, "ask", text="Di gang yang mana tepatnya?")
        assert (report.state, report.resume_state, report.paused_on) == (
            State.NEEDS_ANSWER,
            State.ASSIGNED,
            date(2026, 11, 23),
        )
        clock.move_to("2026-11-26T02:00Z")
        take(people.reporter, report, "answer", text="Gang kedua dari pos RW.")
    assert (report.state, report.resume_state, report.paused_on) == (State.ASSIGNED, "", None)
    assert report.due == date(2026, 12, 3)


def test_an_unanswered_question_is_dropped_after_five_days(people) -> None:
    with time_machine.travel("2026-11-23T02:00Z", tick=False) as clock:
        report = AReport(reporter=people.reporter)
        take(people.head, report, "ask", text="Di gang yang mana tepatnya?")
        clock.move_to("2026-11-28T02:00Z")
        assert services.resume_unanswered() == 0
        clock.move_to("2026-11-29T02:00Z")
        assert services.resume_unanswered() == 1
        assert services.resume_unanswered() == 0
    report.refresh_from_db()
    assert report.state == State.RECEIVED


def test_seven_silent_days_make_it_done_but_not_confirmed(people, report) -> None:
    declared_done(people, report)
    check_proof(report=report)
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert services.lapse_silent() == 0
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert services.lapse_silent() == 1
    report.refresh_from_db()
    assert (report.state, report.colour) == (State.UNCONFIRMED, "green")
    take(people.reporter, report, "reopen", text="Ternyata mampet lagi.")


def test_a_doubted_proof_does_not_lapse(people, report) -> None:
    declared_done(people, report)
    Report.objects.filter(pk=report.pk).update(proof="in_review")
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert services.lapse_silent() == 0


def test_overdue_climbs_from_unit_to_unit_and_stays_with_its_unit(people) -> None:
    with time_machine.travel("2026-11-23T02:00Z", tick=False) as clock:
        report = AReport(reporter=people.reporter)
        clock.move_to("2026-11-26T02:00Z")
        assert services.escalate_overdue() == 0
        clock.move_to("2026-11-27T02:00Z")
        assert services.escalate_overdue() == 1
        assert services.escalate_overdue() == 0
        report.refresh_from_db()
        assert report.escalated_to.kind == "kecamatan_office"
        assert report.unit.kind == "kelurahan_office"
        clock.move_to("2026-12-02T02:00Z")
        assert services.escalate_overdue() == 1
        clock.move_to("2026-12-07T02:00Z")
        assert services.escalate_overdue() == 1
        clock.move_to("2026-12-20T02:00Z")
        assert services.escalate_overdue() == 0
    report.refresh_from_db()
    assert report.escalated_to.kind == "province_desk"


def test_the_same_unit_hands_over_once_and_the_third_goes_to_the_desk(people, report) -> None:
    take(people.head, report, "validate", reason="seen")
    take(people.head, report, "assign", unit=report.unit)
    why = "Bukan di wilayah kami."
    refused(errors.UNIT_SAME, people.officer, report, "hand_over", unit=report.unit, text=why)
    home, palmerah = report.unit, agency("kelurahan-3173071001")
    take(people.officer, report, "hand_over", unit=palmerah, text=why)
    take(people.neighbour_head, report, "hand_over", unit=home, text=why)
    refused(errors.ALREADY_HANDED_OVER, people.officer, report, "hand_over", unit=palmerah, text=why)
    other = AReport(reporter=people.reporter)
    Report.objects.filter(pk=other.pk).update(hand_overs=2)
    take(people.head, other, "validate", reason="seen")
    take(people.head, other, "assign", unit=other.unit)
    take(people.officer, other, "hand_over", unit=palmerah, text=why)
    assert (other.state, other.unit.kind) == (State.AT_DESK, "province_desk")


def test_merging_names_an_earlier_report_that_everybody_can_see(people, report) -> None:
    original = AReport(reporter=people.reporter)
    hidden = AReport()
    refused(errors.ORIGINAL_WRONG, people.head, report, "mark_duplicate", original=report)
    refused(errors.ORIGINAL_WRONG, people.head, report, "mark_duplicate", original=hidden)
    take(people.head, report, "mark_duplicate", original=original)
    assert report.original == original
    third = AReport(reporter=people.reporter)
    refused(errors.ORIGINAL_WRONG, people.head, third, "mark_duplicate", original=report)


def test_a_stale_page_changes_nothing(people, report) -> None:
    take(people.head, report, "validate", reason="seen", seen=1)
    refused(CHANGED_MEANWHILE, people.head, report, "reply", text="Terima kasih sudah melapor.", seen=1)


def test_another_kelurahans_officer_may_not_act(people, report) -> None:
    error = refused(errors.STEP_NOT_YOURS, people.neighbour_head, report, "validate")
    assert "Slipi" in error.sentence


def test_no_person_takes_the_steps_of_the_clock(people, report) -> None:
    for actor in (people.head, people.desk, people.reporter):
        refused(errors.STEP_NOT_YOURS, actor, report, "escalate")


class TestWhatThePublicSees:
    def test_a_guests_report_only_once_it_was_found_to_be_true(self, people) -> None:
        photo = PhotoFactory()
        report = AReport(photos=[photo])
        photo.refresh_from_db()
        assert (report.public, photo.public) == (False, False)
        take(people.head, report, "validate", reason="seen")
        photo.refresh_from_db()
        assert (report.public, photo.public) == (True, True)

    def test_an_improper_one_no_longer(self, people, report) -> None:
        assert report.public
        take(people.head, report, "refuse", reason="improper", text="Memuat data pribadi orang lain.")
        assert not report.public

    def test_what_was_told_in_confidence_never(self, people) -> None:
        photo = PhotoFactory()
        report = AReport(reporter=people.reporter, category=category("pungli"), photos=[photo])
        assert report.unit.code == "inspektorat"
        assert not report.public
        for actor in (people.head, people.desk):
            refused(errors.STEP_NOT_YOURS, actor, report, "validate")
        photo.refresh_from_db()
        assert not photo.public

    def test_confidence_is_not_undone_by_another_category(self, people) -> None:
        report = AReport(reporter=people.reporter, category=category("pungli"))
        report_unit = Agency.objects.get(code="inspektorat")
        handler = people.sda
        handler.role_assignments.update(agency=report_unit)
        handler.__dict__.pop("_offices_of_the_day", None)
        refused(errors.STAYS_CONFIDENTIAL, handler, report, "recategorise", category=category("sampah"))

    def test_a_new_confidential_category_hides_it_at_once(self, people, report) -> None:
        take(people.head, report, "recategorise", category=category("pungli"))
        assert not report.public
        assert report.unit.code == "inspektorat"


def test_moving_the_pin_of_a_new_report_moves_it_to_the_right_kelurahan(people, report) -> None:
    take(people.head, report, "move_pin", region=region("31.73.07.1001"), position=(-6.2, 106.79))
    assert report.unit.code == "kelurahan-3173071001"
    assert (report.lat, report.lng) == (-6.2, 106.79)


class TestNotesAndContacts:
    def test_a_note_is_for_the_unit(self, people, report) -> None:
        services.add_note(actor=people.officer, report=report, text="Bawa pompa.")
        before = world()
        for stranger in (people.neighbour_head, people.reporter):
            with pytest.raises(DomainError, match=errors.STEP_NOT_YOURS):
                services.add_note(actor=stranger, report=report, text="Bawa pompa.")
        assert world() == before

    def test_looking_at_a_contact_is_kept_with_its_reason(self, people) -> None:
        report = AReport(email="Warga@Contoh.id", phone="0812000111")
        before = world()
        with pytest.raises(DomainError, match=errors.TEXT_MISSING):
            services.reveal_contact(actor=people.officer, report=report, reason="perlu")
        with pytest.raises(DomainError, match=errors.STEP_NOT_YOURS):
            services.reveal_contact(actor=people.neighbour_head, report=report, reason="Menanyakan gang yang mana")
        assert world() == before
        services.reveal_contact(actor=people.officer, report=report, reason="Menanyakan gang yang mana")
        assert contact_of(report) == ("warga@contoh.id", "0812000111")
        assert Reveal.objects.get().office.startswith("Petugas Sarana")
        assert Entry.objects.filter(verb="report.contact_revealed").count() == 1


class TestSupport:
    def test_support_is_one_a_person_and_follows(self, people, report) -> None:
        assert services.set_support(actor=people.desk, report=report, on=True) == 1
        assert services.set_support(actor=people.desk, report=report, on=True) == 1
        assert Follow.objects.filter(report=report, user=people.desk).exists()
        assert services.set_support(actor=people.desk, report=report, on=False) == 0

    def test_what_is_not_public_cannot_be_supported_or_followed(self, people) -> None:
        hidden = AReport()
        before = world()
        with pytest.raises(DomainError, match=NOT_ALLOWED):
            services.set_support(actor=people.reporter, report=hidden, on=True)
        with pytest.raises(DomainError, match=NOT_ALLOWED):
            services.set_follow(actor=people.reporter, report=hidden, on=True)
        assert world() == before


def test_the_ticks_of_the_clock_can_run_at_any_time(people, report) -> None:
    declared_done(people, report)
    now = timezone.now()
    assert tasks.check_waiting_proofs(now) == 1
    assert [tasks.check_waiting_proofs(now), tasks.lapse(now), tasks.resume(now), tasks.escalate(now)] == [0, 0, 0, 0]
