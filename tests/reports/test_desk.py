"""The officers' desk: the queue, the report with its steps, notes, reveals, "where would this go?"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from discussion import services as discussion
from discussion.domain.kinds import Kind
from discussion.services import Draft
from ledger.models import Entry
from photos.models import Photo
from places.domain.clock import add_working_days, is_working_day
from places.queries import holidays
from reports.domain.workflow import DONE, State
from reports.models import Note, ReplyTemplate, Report, ReportStep, Reveal
from reports.queries import desk as queries
from reports.queries import questions
from reports.queries.desk import Tab
from reports.queries.desk_report import possible_steps
from reports.services import Inputs, take_step
from tests.discussion.acting import known
from tests.factories import accounts
from tests.factories.photos import an_upload, encoded, scene
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import Slipi, agency, category, declared_done, inserted_at, region, slipi

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Slipi:
    return slipi()


@pytest.fixture
def report(people: Slipi) -> Report:
    return AReport(reporter=people.reporter)


def desk_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def world() -> tuple[Any, ...]:
    """Everything that a refused act must leave as it was."""
    return (
        list(Report.objects.order_by("pk").values()),
        ReportStep.objects.count(),
        Entry.objects.count(),
        Note.objects.count(),
        Reveal.objects.count(),
    )


def send(person: Any, report: Report, step: str, **fields: Any) -> Any:
    seen = Report.objects.get(pk=report.pk).steps_taken
    return desk_of(person).post(f"/meja/{report.number}/langkah/{step}/", {"seen": seen} | fields)


# --- The queue ------------------------------------------------------------------------------------
def test_the_queue_holds_what_waits_here_most_urgent_first(people, report) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=20), tick=False):
        late = AReport(reporter=people.reporter, title="Sudah lama menunggu")
    elsewhere = AReport(reporter=people.reporter, region=region("31.73.07.1001"), title="Milik tetangga")
    page = desk_of(people.head).get("/meja/").content.decode()
    assert page.index(late.title) < page.index(report.title)
    assert elsewhere.title not in page
    assert "terlambat" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_queries_however_long(people, count, django_assert_num_queries) -> None:
    AReport.create_batch(count, reporter=people.reporter)
    client = desk_of(people.head)
    client.get("/meja/?tab=perlu")
    # Session, account, offices, units below; queue, offered filters, counts, open questions.
    with django_assert_num_queries(9):
        assert client.get("/meja/?tab=perlu").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_opened_report_costs_the_same_queries_however_much_belongs_to_it(
    people, report, count, django_assert_max_num_queries
) -> None:
    for _ in range(count):
        AReport(reporter=people.reporter)
        Note.objects.create(report=report, author=people.head, office="Kasi Ekbang, Slipi", text="Sudah dilihat.")
    client = desk_of(people.head)
    client.get(f"/meja/{report.number}/")
    with django_assert_max_num_queries(24):
        assert client.get(f"/meja/{report.number}/").status_code == 200


def test_every_state_lies_on_exactly_one_pile_of_its_unit(people, report) -> None:
    units = queries.units_for(people.head)
    for state in State:
        for proof in ("clear", "in_review") if state in DONE else ("",):
            row = inserted_at(report, state, "kelurahan-3173071002", proof=proof)
            here = Report.objects.filter(pk=row.pk)
            piles = [tab for tab in Tab if here.filter(queries.pile(tab, units)).exists()]
            assert len(piles) == 1, (state, proof, piles)


def shown_pile(page: str) -> str:
    found = re.search(r'<h2 class="pile__title">([^<]+)</h2>', page)
    assert found
    return found[1]


def test_the_desk_opens_the_most_urgent_pile_that_holds_something(people, report) -> None:
    client = desk_of(people.officer)
    for name, given in (("validate", {"reason": "seen"}), ("assign", {"unit": report.unit})):
        take_step(actor=people.head, report=report, name=name, inputs=Inputs(**given))
    assert shown_pile(client.get("/meja/").content.decode()) == "Perlu tindakan"
    take_step(actor=people.officer, report=report, name="start")
    page = client.get("/meja/").content.decode()
    assert shown_pile(page) == "Berjalan"
    assert report.title in page
    # Asked for by name it is shown, empty as it is, with the way on.
    empty = client.get("/meja/?tab=perlu").content.decode()
    assert shown_pile(empty) == "Perlu tindakan"
    assert "Tumpukan ini kosong" in empty
    assert "Kerja bagus" not in empty
    # Come back to without a word, it gives way; so it does beside an opened report.
    assert client.get("/meja/")["Location"] == "/meja/?tab=berjalan"
    client.get("/meja/?tab=perlu")
    assert shown_pile(client.get(f"/meja/{report.number}/").content.decode()) == "Berjalan"


def test_only_when_all_piles_are_empty_the_desk_says_so(people) -> None:
    page = desk_of(people.head).get("/meja/").content.decode()
    assert shown_pile(page) == "Perlu tindakan"
    assert "Kerja bagus" in page


def test_filters_stand_in_the_address_and_are_kept_until_reset(people, report) -> None:
    other = AReport(reporter=people.reporter, category=category("sampah"), title="Sampah di gang", rw="05")
    client = desk_of(people.head)
    page = client.get("/meja/?" + urlencode({"kategori": "sampah", "rw": "05"})).content.decode()
    assert other.title in page
    assert report.title not in page
    back = client.get("/meja/")
    assert back.status_code == 302
    assert "kategori=sampah" in back["Location"]
    assert report.title not in client.get(f"/meja/{other.number}/").content.decode()
    client.get("/meja/?reset=1")
    assert report.title in client.get("/meja/").content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("tab=entah&unit=entah&after=entah", 200),
        ("after=2026-99-99.1", 200),
        ("after=2026-11-24.99999999999999999999", 200),
        ("q=" + "a" * 500, 400),
        ("q=%00", 400),
        ("kategori=%27%3B--&rw=%F0%9F%92%A3", 200),
    ],
)
def test_a_broken_address_is_answered_with_the_queue(people, report, address, status) -> None:
    assert desk_of(people.head).get(f"/meja/?{address}").status_code == status


def test_text_finds_words_and_numbers(people, report) -> None:
    other = AReport(reporter=people.reporter, title="Pohon miring", description="Dekat pos")
    client = desk_of(people.head)
    for words in ("pohon", other.spoken_number, other.number.lower()):
        page = client.get("/meja/", {"q": words}).content.decode()
        assert other.title in page
        assert report.title not in page


def test_pages_of_the_queue_hold_each_report_once(people, monkeypatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    made = AReport.create_batch(5, reporter=people.reporter)
    units = queries.units_for(people.head)
    seen, after = [], ""
    for _ in range(4):
        found = queries.queue(units, queries.QueueFilters(), after)
        seen += [row.report.pk for row in found.rows]
        after = found.next_cursor
        if not after:
            break
    assert sorted(seen) == sorted(report.pk for report in made)


def test_what_was_raised_stands_at_the_unit_above(people, report) -> None:
    kecamatan = accounts.section_head("kecamatan-317307")
    assert report.title not in desk_of(kecamatan).get("/meja/?tab=naik").content.decode()
    Report.objects.filter(pk=report.pk).update(escalated_to=agency("kecamatan-317307"), escalated_on=date.today())  # noqa: DTZ011  any day
    assert report.title in desk_of(kecamatan).get("/meja/?tab=naik").content.decode()
    assert desk_of(kecamatan).get(f"/meja/{report.number}/").status_code == 200


def test_a_proof_in_doubt_stands_at_the_unit_above_too(people, report) -> None:
    declared_done(people, report)
    Report.objects.filter(pk=report.pk).update(proof="in_review", doubts=["far_away"])
    kecamatan = accounts.section_head("kecamatan-317307")
    assert report.title in desk_of(kecamatan).get("/meja/?tab=bukti").content.decode()
    page = desk_of(kecamatan).get(f"/meja/{report.number}/").content.decode()
    assert "langkah=accept_proof" in page
    assert send(kecamatan, report, "accept_proof").status_code == 422
    assert send(kecamatan, report, "accept_proof", text="Fotonya diambil dari gang sebelah.").status_code == 302
    report.refresh_from_db()
    assert report.proof == "accepted"


# --- One report -----------------------------------------------------------------------------------
def test_the_page_offers_the_possible_steps_and_says_who_takes_the_others(people, report) -> None:
    page = desk_of(people.head).get(f"/meja/{report.number}/").content.decode()
    assert set(re.findall(r"\?langkah=(\w+)#", page)) == {
        *("validate", "refuse", "mark_duplicate", "forward", "ask", "reply", "move_pin", "recategorise")
    }
    page = desk_of(people.officer).get(f"/meja/{report.number}/").content.decode()
    assert set(re.findall(r"\?langkah=(\w+)#", page)) == {"ask", "reply", "move_pin", "recategorise"}
    assert "Kepala seksi dapat" in page


def test_who_validated_reads_why_declaring_it_done_is_for_a_colleague(people, report) -> None:
    for name, given in (("validate", {"reason": "seen"}), ("assign", {"unit": report.unit}), ("start", {})):
        take_step(actor=people.head, report=report, name=name, inputs=Inputs(**given))
    page = desk_of(people.head).get(f"/meja/{report.number}/").content.decode()
    assert "langkah=declare_done" not in page
    assert "Nyatakan selesai: " in page
    assert "langkah=declare_done" in desk_of(people.officer).get(f"/meja/{report.number}/").content.decode()


def test_who_filed_it_reads_why_declaring_it_done_is_for_a_colleague(people) -> None:
    report = AReport(reporter=people.officer)
    for actor, name, given in (
        (people.head, "validate", {"reason": "seen"}),
        (people.head, "assign", {"unit": report.unit}),
        (people.officer, "start", {}),
    ):
        take_step(actor=actor, report=report, name=name, inputs=Inputs(**given))
    page = desk_of(people.officer).get(f"/meja/{report.number}/").content.decode()
    assert "langkah=declare_done" not in page
    assert "Nyatakan selesai: " in page


def test_the_likeliest_step_stands_alone_and_the_others_in_a_fold(people, report) -> None:
    page = desk_of(people.head).get(f"/meja/{report.number}/").content.decode()
    before, fold = page.split('id="langkah-lain"')
    fold, opening = fold.split("</details>")[0], fold.split(">")[0]
    assert re.findall(r"\?langkah=(\w+)#", before) == ["validate"]
    assert {"refuse", "ask", "reply"} <= set(re.findall(r"\?langkah=(\w+)#", fold))
    assert "open" not in opening
    # The form of a folded step is open beneath it.
    page = desk_of(people.head).get(f"/meja/{report.number}/?langkah=refuse").content.decode()
    assert "open" in page.split('id="langkah-lain"')[1].split(">")[0]


def test_the_office_that_the_table_names_is_chosen_already(people, report) -> None:
    take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    for size, code in (("small", "kelurahan-3173071002"), ("large", "sda-3173")):
        Report.objects.filter(pk=report.pk).update(size=size)
        page = desk_of(people.head).get(f"/meja/{report.number}/?langkah=assign").content.decode()
        assert f'<option value="{code}" selected>' in page


def test_both_answers_to_a_doubted_proof_are_shown_at_once(people, report) -> None:
    declared_done(people, report)
    Report.objects.filter(pk=report.pk).update(proof="in_review", doubts=["far_away"])
    fresh = Report.objects.select_related("category", "unit", "region").get(pk=report.pk)
    steps = possible_steps(fresh, people.head)
    assert [choice.name for choice in steps.first] == ["accept_proof", "reject_proof"]
    assert [choice.name for choice in steps.more] == ["reply"]
    # Neither is the one that is usually taken.
    assert not any(choice.usual for choice in steps.choices)


def test_what_is_offered_is_what_the_service_takes(people, report) -> None:
    """Every step that the page offers is taken, every other one refused: the two never part."""
    declared_done(people, report)
    Report.objects.filter(pk=report.pk).update(proof="in_review")
    for person in (people.head, people.officer, people.desk, people.neighbour_head):
        fresh = Report.objects.select_related("category", "unit", "region").get(pk=report.pk)
        offered = {choice.name for choice in possible_steps(fresh, person).choices}
        expected = {
            people.head: {"accept_proof", "reject_proof", "reply"},
            people.officer: {"reply"},
            people.desk: {"accept_proof", "reject_proof"},
            people.neighbour_head: set(),
        }
        assert offered == expected[person]


def test_saying_that_it_is_true_asks_how_it_is_known_and_everybody_reads_it(people, report) -> None:
    page = desk_of(people.head).get(f"/meja/{report.number}/?langkah=validate").content.decode()
    assert "Laporan tampil untuk umum" in page
    before = world()
    for basis in ("", "hearsay"):
        answer = send(people.head, report, "validate", basis=basis, size="small")
        assert answer.status_code == 422
        assert "field__error" in answer.content.decode()
    assert world() == before
    answer = desk_of(people.head).post(
        f"/meja/{report.number}/langkah/validate/", {"seen": 1, "basis": "photo", "size": "small"}, follow=True
    )
    assert f"{report.title}: Dinyatakan benar. Jelas dari fotonya." in answer.content.decode()
    assert "Jelas dari fotonya." in Client().get(f"/laporan/{report.number}/").content.decode()


def test_who_comes_back_to_a_step_that_was_taken_reads_that_it_was(people, report) -> None:
    assert send(people.head, report, "validate", basis="seen", size="small").status_code == 302
    again = desk_of(people.head).get(f"/meja/{report.number}/?langkah=validate")
    assert again.status_code == 200
    assert "“Nyatakan benar” sudah tidak bisa diambil" in again.content.decode()


def test_a_step_that_takes_the_report_away_says_where_it_went(people, report) -> None:
    take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    given = {"seen": 2, "unit": "bina-marga-3173"}
    page = desk_of(people.head).post(f"/meja/{report.number}/langkah/assign/", given, follow=True).content.decode()
    assert f"{report.title}: " in page
    assert f"Kepada: {agency('bina-marga-3173').name}" in page


def a_free_day(report: Report) -> dict[str, date]:
    """Days from tomorrow on that ask for a second thought, and one that does not, by what they are."""
    ahead = [timezone.localdate() + timedelta(days=step) for step in range(1, 200)]
    free = holidays()
    return {
        "weekend": next(day for day in ahead if day.weekday() >= 5 and day not in free and day <= report.due),
        "holiday": next(day for day in ahead if day in free),
        "late": next(day for day in ahead if day > report.due and is_working_day(day, free)),
        "plain": next(day for day in ahead if day <= report.due and is_working_day(day, free)),
    }


@pytest.mark.parametrize(
    ("kind", "told"), [("weekend", "bukan hari kerja"), ("holiday", "hari libur"), ("late", "sesudah hari yang")]
)
def test_an_unusual_day_is_asked_about_once(people, report, kind, told) -> None:
    for name, given in (("validate", {"reason": "seen"}), ("assign", {"unit": report.unit})):
        take_step(actor=people.head, report=report, name=name, inputs=Inputs(**given))
    Report.objects.filter(pk=report.pk).update(due=timezone.localdate() + timedelta(days=20))
    report.refresh_from_db()
    days = a_free_day(report)
    before = world()
    day = days[kind].isoformat()
    answer = send(people.officer, report, "schedule", day=day)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert f'name="day_anyway" value="{day}"' in page
    # The yes to one unusual day is none to another.
    other = next(one for name, one in days.items() if name not in (kind, "plain"))
    assert send(people.officer, report, "schedule", day=day, day_anyway=other.isoformat()).status_code == 422
    assert world() == before
    assert send(people.officer, report, "schedule", day=day, day_anyway=day).status_code == 302
    report.refresh_from_db()
    assert report.scheduled_for == days[kind]
    assert send(people.officer, report, "schedule", day=days["plain"].isoformat()).status_code == 302


FORMS: list[tuple[str, dict[str, Any], str]] = [
    ("validate", {"basis": "photo", "size": "large"}, "validated"),
    ("refuse", {"reason": "not_found", "text": "Petugas kami tidak menemukannya kemarin."}, "refused"),
    ("forward", {"outside": "pln", "text": "Tiang ini milik PLN, sudah kami teruskan."}, "forwarded"),
    ("ask", {"text": "Di sebelah mana tepatnya?"}, "needs_answer"),
    ("reply", {"text": "Terima kasih, kami ke sana besok."}, "received"),
    ("move_pin", {"place": "31.73.07.1002", "lat": "-6,1934", "lng": "106.7990"}, "received"),
    ("recategorise", {"category": "sampah"}, "received"),
]


@pytest.mark.parametrize(("step", "fields", "state"), FORMS)
def test_each_step_has_a_form_that_works_without_javascript(people, report, step, fields, state) -> None:
    page = desk_of(people.head).get(f"/meja/{report.number}/?langkah={step}").content.decode()
    for name in fields:
        assert f'name="{name}"' in page
    answer = send(people.head, report, step, **fields)
    assert answer.status_code == 302, answer.content.decode()
    report.refresh_from_db()
    assert report.state == state
    if step == "validate":
        assert report.size == "large"
    if step == "move_pin":
        assert (report.lat, report.lng) == (-6.1934, 106.799)


def test_the_whole_way_through_the_forms(people, report) -> None:
    assert send(people.head, report, "validate", basis="seen", size="small").status_code == 302
    assert send(people.head, report, "assign", unit="kelurahan-3173071002").status_code == 302
    day = add_working_days(timezone.localdate(), 2, holidays()).isoformat()
    assert send(people.officer, report, "schedule", day=day, text="Tim datang lusa pagi.").status_code == 302
    assert send(people.officer, report, "start").status_code == 302
    page = desk_of(people.officer).get(f"/meja/{report.number}/?langkah=declare_done").content.decode()
    batch = re.search(r'name="batch" value="([^"]+)"', page)
    assert batch
    done = {"text": "Got sudah dikuras sampai bersih.", "batch": batch[1], "photos": [an_upload(encoded(scene(9)))]}
    assert send(people.officer, report, "declare_done", **done).status_code == 302
    report.refresh_from_db()
    assert report.state == "declared_done"
    assert report.photos.filter(use="after").count() == 1


def test_a_duplicate_is_found_nearby_or_by_its_number(people, report) -> None:
    near = AReport(reporter=people.reporter, title="Got yang sama", lat=-6.1935, lng=106.7990)
    far = AReport(reporter=people.reporter, title="Got jauh di sana", lat=-6.2035, lng=106.7990)
    page = desk_of(people.head).get(f"/meja/{report.number}/?langkah=mark_duplicate").content.decode()
    assert f'value="{near.number}"' in page
    assert f'value="{far.number}"' not in page
    assert send(people.head, report, "mark_duplicate", original="ZZZZ-ZZZZ").status_code == 422
    assert send(people.head, report, "mark_duplicate", original=far.spoken_number.lower()).status_code == 302
    report.refresh_from_db()
    assert report.original == far


def test_the_third_hand_over_goes_to_the_desk_without_a_choice(people, report) -> None:
    for name, given in (("validate", {"reason": "seen"}), ("assign", {"unit": report.unit})):
        take_step(actor=people.head, report=report, name=name, inputs=Inputs(**given))
    Report.objects.filter(pk=report.pk).update(hand_overs=2)
    page = desk_of(people.head).get(f"/meja/{report.number}/?langkah=hand_over").content.decode()
    assert 'name="unit"' not in page
    assert send(people.head, report, "hand_over", text="Bukan bidang kami sama sekali.").status_code == 302
    report.refresh_from_db()
    assert report.state == "at_desk"


# --- Refusals -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("step", "fields", "told"),
    [
        ("refuse", {"reason": "", "text": "Sudah kami periksa kemarin sore."}, "Sudah kami periksa"),
        ("refuse", {"reason": "bohong", "text": "Sudah kami periksa kemarin sore."}, "Sudah kami periksa"),
        ("refuse", {"reason": "not_found", "text": "pendek"}, "pendek"),
        ("ask", {"text": "Kami sudah ke [tempat yang didatangi] kemarin."}, "[tempat yang didatangi]"),
        ("forward", {"outside": "kelurahan-3173071002", "text": "Bukan milik kami semua."}, "Bukan milik kami"),
        ("move_pin", {"place": "", "lat": "1", "lng": "2"}, "Kelurahan"),
        ("move_pin", {"place": "31.73.07.1002", "lat": "enam", "lng": "106.8"}, "enam"),
        ("move_pin", {"place": "31.73.07.1002", "lat": "nan", "lng": "inf"}, "nan"),
        ("recategorise", {"category": "entah"}, "Kategori"),
        ("mark_duplicate", {"original": ""}, "nomor"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_changes(people, report, step, fields, told) -> None:
    before = world()
    answer = send(people.head, report, step, **fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "field__error" in page
    assert told in page
    assert world() == before


def test_a_template_fills_the_form_and_is_not_sent_as_it_is(people, report) -> None:
    template = ReplyTemplate.objects.get(step="ask")
    page = desk_of(people.head).get(f"/meja/{report.number}/?langkah=ask&templat={template.pk}").content.decode()
    assert template.text in page
    before = world()
    answer = send(people.head, report, "ask", text=template.text)
    assert answer.status_code == 422
    assert "kurung" in answer.content.decode()
    assert world() == before
    ReplyTemplate.objects.create(title="Tanpa isian", text="Terima kasih atas laporan Anda.", step="ask")
    assert send(people.head, report, "ask", text="Terima kasih  atas laporan Anda.").status_code == 422
    assert send(people.head, report, "ask", text="Terima kasih. Di sebelah mana warungnya?").status_code == 302


def test_a_page_that_is_no_longer_true_is_refused_with_what_was_typed(people, report) -> None:
    stale = Report.objects.get(pk=report.pk).steps_taken
    take_step(actor=people.officer, report=report, name="reply", inputs=Inputs(text="Kami ke sana besok."))
    before = world()
    form = {"seen": stale, "text": "Di sebelah mana tepatnya rumah Anda?"}
    answer = desk_of(people.head).post(f"/meja/{report.number}/langkah/ask/", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert form["text"] in page
    assert f'name="seen" value="{stale + 1}"' in page
    assert world() == before
    for seen in ("", "abc", "-4", "9" * 30):
        refused = desk_of(people.head).post(f"/meja/{report.number}/langkah/ask/", form | {"seen": seen})
        assert refused.status_code in (409, 422)
        assert world() == before


def test_a_step_that_somebody_else_took_first_keeps_the_text_for_copying(people, report) -> None:
    take_step(actor=people.head, report=report, name="validate", inputs=Inputs(reason="seen"))
    before = world()
    form = {"text": "Sudah kami lihat sendiri tadi pagi.", "basis": "seen", "size": "small"}
    answer = send(people.head, report, "validate", **form)
    assert answer.status_code == 409
    assert "Sudah kami lihat sendiri tadi pagi." in answer.content.decode()
    assert world() == before


@pytest.mark.parametrize("step", ["confirm", "reopen", "answer", "escalate", "lapse", "entah"])
def test_the_desk_knows_no_steps_of_citizens_or_of_the_clock(people, report, step) -> None:
    before = world()
    assert send(people.head, report, step, text="Sudah beres semua ya.").status_code == 404
    assert world() == before


def test_a_photo_that_is_no_photo_is_told_beside_the_field(people, report) -> None:
    for actor, name, given in (
        (people.head, "validate", {"reason": "seen"}),
        (people.head, "assign", {"unit": report.unit}),
        (people.officer, "start", {}),
    ):
        take_step(actor=actor, report=report, name=name, inputs=Inputs(**given))
    before = world()
    batch = "5a3bd2a8-6a54-4b3b-a1c9-9d0b7b2b9f10"
    fields = {"text": "Got sudah dikuras sampai bersih.", "batch": batch, "photos": [an_upload(b"bukan foto")]}
    answer = send(people.officer, report, "declare_done", **fields)
    assert answer.status_code == 422
    assert fields["text"] in answer.content.decode()
    assert send(people.officer, report, "declare_done", text=fields["text"], batch="x").status_code == 422
    # What is missing is said at once, not one thing after the other.
    both = send(people.officer, report, "declare_done", text="", batch=batch).content.decode()
    assert both.count('class="field__error"') - both.count('_error" hidden') == 2
    assert world() == before


def test_what_was_told_in_confidence_is_offered_to_its_handler_alone(people) -> None:
    handler = accounts.office("agency_officer", "inspektorat")
    report = AReport(reporter=people.reporter, category=category("pungli"))
    assert send(handler, report, "validate", basis="seen", size="small").status_code == 302
    page = desk_of(handler).get(f"/meja/{report.number}/?langkah=assign").content.decode()
    assert "langkah=pass_to_desk" not in page
    offices = page.split('name="unit"')[1].split("</select>")[0]
    assert re.findall(r'<option value="([a-z0-9-]+)"', offices) == ["inspektorat"]
    assert send(handler, report, "assign", unit="kelurahan-3173071002").status_code == 422
    assert send(handler, report, "assign", unit="inspektorat").status_code == 302


def test_a_form_starts_without_a_photo_and_keeps_the_one_that_came(people, report):
    for step, actor in (("validate", people.head), ("assign", people.head), ("start", people.officer)):
        take_step(actor=actor, report=report, name=step, inputs=Inputs(unit=report.unit, reason="seen"))
    client = desk_of(people.officer)
    page = client.get(f"/meja/{report.number}/?langkah=declare_done").content.decode()
    assert 'name="photo_ids"' not in page
    batch = re.search(r'name="batch" value="([^"]+)"', page)[1]
    report.refresh_from_db()
    sent = {"seen": report.steps_taken, "text": "", "batch": batch, "photos": an_upload()}
    answer = client.post(f"/meja/{report.number}/langkah/declare_done/", sent)
    assert answer.status_code == 422
    assert re.findall(r'name="photo_ids" value="([^"]*)"', answer.content.decode()) == [
        str(Photo.objects.latest("created").pk)
    ]
    assert "Tulis paling sedikit 10 karakter" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_open_questions_stand_at_the_desk_that_answers(people, report, count, django_assert_num_queries) -> None:
    asker = known("Warga Lama")
    for number in range(count):
        draft = Draft(f"Kapan dikerjakan bagian {number}?", Kind.QUESTION)
        asked, _new = discussion.write(actor=asker, item=report, draft=draft)
    units, elsewhere = queries.units_for(people.head), queries.units_for(people.neighbour_head)
    with django_assert_num_queries(2):
        found = questions.waiting(units)
    assert [(one.report, one.days, one.late) for one in found] == [(report, 0, False)] * count
    assert (questions.count(units), questions.count(elsewhere)) == (count, 0)
    page = desk_of(people.head).get("/meja/pertanyaan/").content.decode()
    assert "Kapan dikerjakan bagian 0?" in page
    discussion.write(actor=people.head, item=report, draft=Draft("Besok pagi.", above=asked, for_office=True))
    assert questions.count(units) == count - 1
