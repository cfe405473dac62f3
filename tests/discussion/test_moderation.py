"""Due process: who decides, what is told, what can be appealed, and what everybody may know of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from discussion import errors, moderation, services
from discussion.domain.cases import Decision, Reason
from discussion.domain.kinds import Kind
from discussion.domain.trust import Why
from discussion.models import Case, Flag, Mute, State, ThreadComment, Topic
from discussion.services import Draft, Verdict
from ledger.models import Entry
from reports.models import Report
from tests.committed import at_once
from tests.discussion.acting import known
from tests.discussion.conftest import Write
from tests.factories import accounts
from tests.factories.reports import Slipi
from tests.sizes import sized

pytestmark = pytest.mark.django_db

SHOW = Verdict(Decision.SHOWN)
HIDE = Verdict(Decision.HIDDEN, Reason.INSULT, "Tolong sampaikan tanpa menghina orangnya.")


@pytest.fixture
def maya() -> User:
    return accounts.office("moderator", "31")


@pytest.fixture
def second() -> User:
    return accounts.office("moderator", "31")


@pytest.fixture
def waiting(write: Write, newcomer: User) -> Case:
    """A newcomer's first comment."""
    return write("Saya lihat sendiri kemarin", actor=newcomer).cases.get()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def topic_of(case: Case) -> Topic:
    return Topic.objects.get(pk=case.comment.topic_id)


def test_what_waits_is_shown_by_a_moderator(waiting: Case, maya: User) -> None:
    assert waiting.reasons == [Why.NEW_WRITER]
    services.decide(actor=maya, case=waiting, verdict=SHOW)
    waiting.comment.refresh_from_db()
    assert waiting.comment.state == State.PUBLIC
    assert topic_of(waiting).comments == 1
    entry = Entry.objects.get(verb="comment.shown")
    assert (entry.subject_id, entry.payload["case"]) == (str(waiting.comment_id), waiting.pk)


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict(Decision.HIDDEN, None, "Tolong sampaikan dengan santun."), errors.CASE_REASON),
        (Verdict(Decision.HIDDEN, Reason.INSULT, "Kasar."), errors.CASE_SENTENCE),
    ],
)
def test_nothing_is_hidden_without_a_reason_and_a_sentence(
    waiting: Case, maya: User, verdict: Verdict, code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        services.decide(actor=maya, case=waiting, verdict=verdict)
    waiting.refresh_from_db()
    assert waiting.decided is None


def test_a_moderator_of_elsewhere_decides_nothing(waiting: Case) -> None:
    elsewhere = accounts.office("moderator", "31.75")
    for act in (lambda: services.claim(actor=elsewhere, case=waiting), lambda: _hide(elsewhere, waiting)):
        with pytest.raises(DomainError, match="not_allowed"):
            act()
    assert moderation.open_cases(elsewhere).rows == []
    assert signed_in(elsewhere).get(f"/moderasi/{waiting.pk}/").status_code == 404


def _hide(actor: User, case: Case) -> Case:
    return services.decide(actor=actor, case=case, verdict=HIDE)


def test_two_do_not_do_the_same(waiting: Case, maya: User, second: User) -> None:
    services.claim(actor=maya, case=waiting)
    with pytest.raises(DomainError, match=errors.CASE_CLAIMED):
        services.claim(actor=second, case=waiting)
    assert moderation.open_cases(second).rows == []
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        services.claim(actor=second, case=waiting)
    with pytest.raises(DomainError, match=errors.CASE_CLAIMED):
        _hide(maya, waiting)


def test_flags_hide_nothing_and_count_once_a_person(report: Report, write: Write, tono: User, sari: User) -> None:
    comment = write("Tulisan yang tidak disukai")
    for _twice in range(2):
        services.flag(actor=tono, item=report, comment=comment, reason=Reason.INSULT)
    for number in range(4):
        services.flag(actor=known(f"Warga Lama {number}"), item=report, comment=comment, reason=Reason.INSULT)
    comment.refresh_from_db()
    case = comment.cases.get()
    assert comment.state == State.PUBLIC
    assert (Flag.objects.count(), case.arranged, case.reasons) == (5, True, [Why.FLAGS])
    with pytest.raises(DomainError, match="not_allowed"):
        services.flag(actor=sari, item=report, comment=comment, reason=Reason.INSULT)


def test_what_was_found_good_is_not_opened_again(report: Report, write: Write, tono: User, maya: User) -> None:
    comment = write("Tulisan yang tidak disukai")
    services.flag(actor=tono, item=report, comment=comment, reason=Reason.INSULT)
    services.decide(actor=maya, case=comment.cases.get(), verdict=SHOW)
    assert services.flag(actor=known("Warga Lama"), item=report, comment=comment, reason=Reason.HATE) is None
    assert comment.cases.filter(decided=None).count() == 0


def test_nobody_judges_about_themselves(report: Report, write: Write, maya: User, people: Slipi) -> None:
    comment = write("Tulisan moderator", actor=maya)
    case = comment.cases.get()
    with pytest.raises(DomainError, match=errors.CASE_YOURS):
        services.decide(actor=maya, case=case, verdict=SHOW)
    assert moderation.open_cases(maya).rows == []
    flagged = write("Tulisan lain")
    services.flag(actor=maya, item=report, comment=flagged, reason=Reason.INSULT)
    with pytest.raises(DomainError, match=errors.CASE_YOURS):
        _hide(maya, flagged.cases.get())


def test_what_an_edit_makes_harsh_is_read_first(report: Report, write: Write, sari: User, maya: User) -> None:
    comment = write("Pompanya mati lagi")
    services.edit(actor=sari, comment=comment, text="Pompanya mati lagi, dasar goblok")
    comment.refresh_from_db()
    assert (comment.state, comment.cases.get().reasons) == (State.WAITING, [Why.WORDS])
    assert Topic.objects.get(object_id=report.pk).comments == 0
    services.decide(actor=maya, case=comment.cases.get(), verdict=SHOW)
    assert Topic.objects.get(object_id=report.pk).comments == 1


def test_an_edit_needs_what_writing_needed(report: Report, write: Write, sari: User, maya: User, people: Slipi) -> None:
    comment, harsh = write("Pompanya mati lagi"), write("Dasar goblok yang jaga pompa")
    verdict = Verdict(Decision.HIDDEN, Reason.INSULT, HIDE.sentence, mute_hours=24)
    services.decide(actor=maya, case=harsh.cases.get(), verdict=verdict)
    with pytest.raises(DomainError, match=errors.MUTED):
        services.edit(actor=sari, comment=comment, text="Pompanya hidup lagi")
    answer = write("Kami cek besok.", actor=people.head, for_office=True)
    people.head.role_assignments.all().delete()
    with pytest.raises(DomainError, match=errors.NOT_AN_OFFICE_HERE):
        services.edit(actor=User.objects.get(pk=people.head.pk), comment=answer, text="Kami tidak peduli.")


def test_what_waits_can_be_put_right_and_is_judged_as_it_stands(waiting: Case, newcomer: User, maya: User) -> None:
    seen = waiting.comment.mark
    services.edit(actor=newcomer, comment=waiting.comment, text="Dasar goblok semuanya")
    waiting.refresh_from_db()
    assert Why.WORDS in waiting.reasons
    assert not waiting.comment.revisions.exists()
    with pytest.raises(DomainError, match="changed_meanwhile"):
        services.decide(actor=maya, case=waiting, verdict=Verdict(Decision.SHOWN, seen=seen))


def test_nobody_judges_about_the_office_that_has_the_report(report: Report, newcomer: User, write: Write) -> None:
    case = write("Kelurahan lamban sekali menangani ini", actor=newcomer).cases.get()
    both = accounts.office("moderator", "31", user=accounts.section_head())
    with pytest.raises(DomainError, match=errors.CASE_YOURS):
        services.decide(actor=both, case=case, verdict=SHOW)


def test_what_is_gone_is_not_read_by_flagging_it(report: Report, write: Write, tono: User) -> None:
    root = write("Nomor rumahnya 12, datangi saja")
    write("Jangan begitu", actor=tono, above=root)
    ThreadComment.objects.filter(pk=root.pk).update(state=State.HIDDEN)
    place = f"/bincang/laporan/{report.number}/{root.pk}/laporkan/"
    assert signed_in(tono).get(place).status_code == 404


def test_a_hidden_answer_opens_the_question_again(report: Report, write: Write, people: Slipi, maya: User) -> None:
    question = write("Kapan dikuras?", kind=Kind.QUESTION)
    answer = write("Jumat pukul 08.00.", actor=people.head, above=question, for_office=True)
    case = services.flag(actor=known("Pembaca Lama"), item=report, comment=answer, reason=Reason.FALSE)
    assert case is not None
    _hide(maya, case)
    question.refresh_from_db()
    assert (question.answered, Topic.objects.get(object_id=report.pk).open_questions) == (None, 1)


def test_an_appeal_that_is_won_takes_back_what_came_with_it(write: Write, sari: User, maya: User, second: User) -> None:
    comment = write("Dasar goblok, sudah lapor tiga kali")
    verdict = Verdict(Decision.HIDDEN, Reason.INSULT, HIDE.sentence, lock=True, mute_hours=168)
    services.decide(actor=maya, case=comment.cases.get(), verdict=verdict)
    appealed = services.appeal(actor=sari, comment=comment, plea="Yang saya sebut pompanya, bukan orangnya.")
    services.decide(actor=second, case=appealed, verdict=SHOW)
    comment.refresh_from_db()
    assert not comment.locked
    assert write("Terima kasih sudah dibaca").pk


def test_political_content_takes_two(write: Write, newcomer: User, maya: User, second: User) -> None:
    case = write("Ini kampanye paslon nomor lima", actor=newcomer).cases.get()
    _hide(maya, case)
    case.refresh_from_db()
    assert (case.political, case.decided) == (True, None)
    with pytest.raises(DomainError, match=errors.CASE_YOURS):
        _hide(maya, case)
    _hide(second, case)
    case.comment.refresh_from_db()
    assert case.comment.state == State.HIDDEN


def test_an_appeal_goes_to_another_and_only_once(write: Write, sari: User, maya: User, second: User) -> None:
    comment = write("Dasar goblok, sudah lapor tiga kali")
    _hide(maya, comment.cases.get())
    comment.refresh_from_db()
    appealed = services.appeal(actor=sari, comment=comment, plea="Yang saya sebut pompanya, bukan orangnya.")
    with pytest.raises(DomainError, match=errors.APPEAL_NOT_POSSIBLE):
        services.appeal(actor=sari, comment=comment, plea="Sekali lagi, tolong dibaca.")
    with pytest.raises(DomainError, match=errors.CASE_YOURS):
        services.decide(actor=maya, case=appealed, verdict=SHOW)
    assert [moderation.open_cases(judge).rows for judge in (maya, second)] == [[], [appealed]]
    services.decide(actor=second, case=appealed, verdict=SHOW)
    comment.refresh_from_db()
    appealed.refresh_from_db()
    assert comment.state == State.PUBLIC
    assert appealed.was_restored
    assert moderation.months()[0].restored == 1


def test_a_lost_appeal_is_the_end(write: Write, sari: User, tono: User, maya: User, second: User) -> None:
    comment = write("Dasar goblok, sudah lapor tiga kali")
    _hide(maya, comment.cases.get())
    with pytest.raises(DomainError, match=errors.NOT_YOUR_COMMENT):
        services.appeal(actor=tono, comment=comment, plea="Kasihan dia, tolong ditampilkan.")
    appealed = services.appeal(actor=sari, comment=comment, plea="Yang saya sebut pompanya, bukan orangnya.")
    _hide(second, appealed)
    with pytest.raises(DomainError, match=errors.APPEAL_NOT_POSSIBLE):
        services.appeal(actor=sari, comment=comment, plea="Sekali lagi, tolong dibaca.")


def test_an_appeal_has_14_days(write: Write, sari: User, maya: User) -> None:
    comment = write("Dasar goblok, sudah lapor tiga kali")
    _hide(maya, comment.cases.get())
    too_late = time_machine.travel(timezone.now() + timedelta(days=15))
    with too_late, pytest.raises(DomainError, match=errors.APPEAL_NOT_POSSIBLE):
        services.appeal(actor=sari, comment=comment, plea="Yang saya sebut pompanya.")


def test_a_mute_ends_by_itself_and_a_lock_stays(write: Write, sari: User, tono: User, maya: User) -> None:
    comment = write("Dasar goblok, sudah lapor tiga kali")
    verdict = Verdict(Decision.HIDDEN, Reason.INSULT, HIDE.sentence, lock=True, mute_hours=24)
    services.decide(actor=maya, case=comment.cases.get(), verdict=verdict)
    assert Mute.objects.get().user == sari
    with pytest.raises(DomainError, match=errors.MUTED):
        write("Halo lagi semuanya")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert write("Halo lagi semuanya").pk
    comment.refresh_from_db()
    assert comment.locked


def test_what_its_author_withdrew_is_not_shown_again(waiting: Case, newcomer: User, maya: User) -> None:
    services.withdraw(actor=newcomer, comment=waiting.comment)
    services.decide(actor=maya, case=waiting, verdict=SHOW)
    waiting.comment.refresh_from_db()
    assert waiting.comment.state == State.WITHDRAWN
    assert topic_of(waiting).comments == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same(
    write: Write, maya: User, count: int, django_assert_num_queries: Any, report: Report
) -> None:
    for number in range(count):
        write(f"Dasar goblok nomor {number}", actor=known(f"Warga Lama {number}"))
    with django_assert_num_queries(2):
        assert len(moderation.open_cases(maya).rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_and_names_nobody(
    write: Write, maya: User, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        author = known(f"Warga Lama {number}")
        _hide(maya, write(f"Dasar goblok nomor {number}", actor=author).cases.get())
    with django_assert_num_queries(2):
        page = Client().get("/moderasi/catatan/").content.decode()
    assert "Penghinaan" in page
    for secret in ("goblok", "Warga Lama", maya.nickname, HIDE.sentence):
        assert secret not in page


def test_the_pages_lead_through_it(report: Report, write: Write, sari: User, tono: User, maya: User) -> None:
    comment = write("Tulisan yang tidak disukai")
    place = f"/bincang/laporan/{report.number}/{comment.pk}/"
    assert signed_in(tono).post(f"{place}laporkan/", {}).status_code == 422
    assert signed_in(tono).post(f"{place}laporkan/", {"reason": "insult"}).status_code == 302
    case = comment.cases.get()
    moderator = signed_in(maya)
    assert "Tulisan yang tidak disukai" in moderator.get("/moderasi/").content.decode()
    opened = moderator.get(f"/moderasi/{case.pk}/").content.decode()
    assert "Penghinaan" in opened
    assert tono.nickname not in opened
    refused = moderator.post(f"/moderasi/{case.pk}/", {"decision": "hidden", "reason": "insult", "sentence": "Kasar"})
    assert refused.status_code == 422
    assert "Kasar" in refused.content.decode()
    sent = {"decision": "hidden", "reason": "insult", "sentence": HIDE.sentence, "mute_hours": "0"}
    assert moderator.post(f"/moderasi/{case.pk}/", sent).status_code == 302
    assert Client().get(place).status_code == 404
    mine = signed_in(sari).get(place).content.decode()
    assert "banding" in mine
    assert HIDE.sentence in signed_in(sari).get(f"{place}banding/").content.decode()
    assert signed_in(sari).post(f"{place}banding/", {"plea": "pendek"}).status_code == 422
    assert signed_in(sari).post(f"{place}banding/", {"plea": "Saya menyebut pompanya saja."}).status_code == 302
    assert signed_in(tono).get(f"{place}banding/").status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_moderators_one_has_a_case(report: Report) -> None:
    author = known("Ibu Sari Lama")
    comment, _new = services.write(actor=author, item=report, draft=Draft("Dasar goblok, tiga kali lapor"))
    judges = [accounts.office("moderator", "31") for _ in range(sized(12, 50))]
    case = comment.cases.get()
    results = at_once(len(judges), lambda number: services.claim(actor=judges[number], case=case))
    assert sum(isinstance(result, Case) for result in results) == 1
    assert {type(result) for result in results} == {Case, DomainError}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_flags_of_many_make_one_case(report: Report) -> None:
    author = known("Ibu Sari Lama")
    comment, _new = services.write(actor=author, item=report, draft=Draft("Tulisan yang tidak disukai"))
    readers = [known(f"Pembaca Lama {number}") for number in range(sized(12, 50))]

    def flag(number: int) -> Any:
        return services.flag(actor=readers[number], item=report, comment=comment, reason=Reason.INSULT)

    results = at_once(len(readers), flag)
    assert {type(result) for result in results} == {Case}
    assert Case.objects.filter(comment=comment).count() == 1
    assert ThreadComment.objects.get(pk=comment.pk).state == State.PUBLIC
