"""Cases: opened by rules and flags, claimed by one moderator, decided with a reason, appealed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleAssignment, User
from core.errors import CHANGED_MEANWHILE, NOT_ALLOWED, DomainError
from discussion import errors, news, subjects
from discussion.domain import cases, trust
from discussion.domain.cases import Decision, Reason
from discussion.domain.kinds import Kind
from discussion.domain.trust import Why
from discussion.models import Case, Flag, Mute, State, ThreadComment
from discussion.rules import judge_of, moderating_office
from discussion.services.common import answer_due, answers_changed, came_and_went, locked_thread, told
from ledger.services import record
from notices import services as notices
from photos import services as photos
from residents.queries import residency_of

SHORTEST_PLEA = 10
SHORTEST_SENTENCE = 20


@dataclass(frozen=True)
class Verdict:
    """What a moderator decides.

    Args:
        decision: shown or hidden.
        reason: why it is hidden; None for shown.
        sentence: what the author reads of it.
        lock: whether nobody may answer in the thread any more.
        mute_hours: how long the author may not write; 0 for not at all.
        seen: the mark of the text that was on the screen; "" does not ask whether it has changed.
    """

    decision: Decision
    reason: Reason | None = None
    sentence: str = ""
    lock: bool = False
    mute_hours: int = 0
    seen: str = ""


def open_case(comment: ThreadComment, *, item: Any, why: Sequence[Why]) -> Case:
    """Put a comment before the moderators, in the caller's transaction; an open case gets the reasons on top."""
    made, _new = Case.objects.get_or_create(
        comment=comment, decided=None, defaults={"region": subjects.of(item).region(item)}
    )
    case = Case.objects.select_for_update(of=("self",)).get(pk=made.pk)
    case.why = list(dict.fromkeys([*case.why, *(str(one) for one in why)]))
    case.political = trust.is_political(comment.comment)
    flags = [cases.Flagged(flag.at, Reason(flag.reason), flag.kelurahan) for flag in comment.raised_flags.all()]
    case.priority, case.arranged = cases.priority(case.reasons, flags), cases.is_brigade(flags)
    case.save(update_fields=["why", "political", "priority", "arranged"])
    return case


@transaction.atomic
def flag(*, actor: User, item: Any, comment: ThreadComment, reason: Reason) -> Case | None:
    """Ask a moderator to look at a comment; again is harmless. It hides nothing.

    Returns:
        The open case; None when moderators have already found that it may stay.

    Raises:
        DomainError: not_allowed, for one's own and for what is not public.
    """
    held, _root = locked_thread(comment)
    if held.state != State.PUBLIC or held.author_id == actor.pk:
        raise DomainError(NOT_ALLOWED)
    residency = residency_of(actor)
    home = residency.kelurahan.code if residency else ""
    raised, new = Flag.objects.get_or_create(comment=held, user=actor, defaults={"reason": reason, "kelurahan": home})
    if not new and held.edited and raised.at < held.edited:
        Flag.objects.filter(pk=raised.pk).update(at=timezone.now(), reason=reason, kelurahan=home)
    elif not new:
        return Case.objects.filter(comment=held, decided=None).first()
    latest = Case.objects.filter(comment=held).exclude(decided=None).order_by("-decided").first()
    was_found_good = latest is not None and latest.decision == Decision.SHOWN
    if was_found_good and latest and latest.decided and (held.edited is None or held.edited <= latest.decided):
        return None
    return open_case(held, item=item, why=[Why.FLAGS])


@transaction.atomic
def claim(*, actor: User, case: Case) -> Case:
    """Take a case on the screen, so that no two do the same; it is free again after ten minutes.

    Raises:
        DomainError: not_allowed, case_about_yourself, case_decided, case_claimed.
    """
    held = _open(actor, case)
    now = timezone.now()
    if held.claimed_by_id not in (None, actor.pk) and held.claimed_until and held.claimed_until > now:
        raise DomainError(errors.CASE_CLAIMED)
    held.claimed_by, held.claimed_until = actor, now + cases.CLAIM_TIME
    held.save(update_fields=["claimed_by", "claimed_until"])
    return held


@transaction.atomic
def decide(*, actor: User, case: Case, verdict: Verdict) -> Case:
    """Decide a case. Political content needs a second moderator before it is hidden.

    Raises:
        DomainError: not_allowed, case_about_yourself, case_decided, case_claimed, case_reason, case_sentence,
            changed_meanwhile.
    """
    _check(verdict)
    # The thread before the case: whoever flags locks them in this order, too.
    comment, root = locked_thread(case.comment)
    if verdict.seen not in ("", comment.mark):
        raise DomainError(CHANGED_MEANWHILE)
    held = claim(actor=actor, case=case)
    office = moderating_office(actor, held.region)
    first = Decision(held.first_decision) if held.first_decision else None
    final = cases.outcome(first, verdict.decision, needs_two=held.political)
    if final is None:
        held.first_by, held.first_decision = actor, verdict.decision
        held.claimed_by = held.claimed_until = None
        held.save(update_fields=["first_by", "first_decision", "claimed_by", "claimed_until"])
        _record(actor, office, "comment.first_decision", held)
        return held
    held.decision, held.decided, held.decided_by = final, timezone.now(), actor
    if final is Decision.HIDDEN:
        held.reason, held.sentence = verdict.reason or "", verdict.sentence.strip()
        held.locks = verdict.lock and not root.locked
    held.save()
    _apply(comment, root, final)
    if final is Decision.HIDDEN:
        _punish(actor, office, held, verdict)
    elif held.appeals:
        _pardon(actor, office, held.appeals)
    _record(actor, office, f"comment.{final}", held)
    notices.tell(kind=news.MODERATED, ref=str(held.pk), subject=("comment", str(comment.pk)), prompt=True)
    return held


@transaction.atomic
def appeal(*, actor: User, comment: ThreadComment, plea: str) -> Case:
    """Ask for another moderator to look at a comment of one's own that was hidden; once, within 14 days.

    Raises:
        DomainError: not_your_comment, appeal_not_possible, appeal_empty.
    """
    held, _root = locked_thread(comment)
    if held.author_id != actor.pk:
        raise DomainError(errors.NOT_YOUR_COMMENT)
    words = plea.strip()
    if len(words) < SHORTEST_PLEA:
        raise DomainError(errors.APPEAL_EMPTY, field="plea", shortest=SHORTEST_PLEA)
    last = Case.objects.filter(comment=held).exclude(decided=None).order_by("-decided").first()
    if not may_appeal(held, last):
        raise DomainError(errors.APPEAL_NOT_POSSIBLE)
    made = Case.objects.create(
        comment=held,
        region=last.region if last else "",
        why=[str(Why.APPEAL)],
        priority=cases.priority([Why.APPEAL], []),
        political=last.political if last else False,
        appeals=last,
        plea=words,
    )
    record(actor=actor, verb="comment.appealed", subject_type="comment", subject_id=held.pk, payload={"case": made.pk})
    return made


def may_appeal(comment: ThreadComment, last: Case | None) -> bool:
    """Whether the author may appeal: hidden lately, and not for the second time."""
    return (
        comment.state == State.HIDDEN
        and last is not None
        and last.decided is not None
        and last.decision == Decision.HIDDEN
        and last.appeals_id is None
        and not Case.objects.filter(appeals=last).exists()
        and timezone.now() - last.decided <= cases.APPEAL_TIME
    )


def _punish(actor: User, office: RoleAssignment | None, case: Case, verdict: Verdict) -> None:
    comment = case.comment
    if case.locks:
        ThreadComment.objects.filter(pk=comment.root_id or comment.pk).update(locked=True)
        _record(actor, office, "thread.locked", case)
    if verdict.mute_hours and comment.author_id:
        until = timezone.now() + timedelta(hours=verdict.mute_hours)
        Mute.objects.create(user_id=comment.author_id, case=case, until=until, given_by=actor)
        _record(actor, office, "author.muted", case)


def _pardon(actor: User, office: RoleAssignment | None, case: Case) -> None:
    """What came with a decision goes with it, when an appeal is won."""
    now = timezone.now()
    if Mute.objects.filter(case=case, until__gt=now, given__lt=now).update(until=now):
        _record(actor, office, "author.unmuted", case)
    if case.locks:
        ThreadComment.objects.filter(pk=case.comment.root_id or case.comment.pk).update(locked=False)
        _record(actor, office, "thread.unlocked", case)


def _open(actor: User, case: Case) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("comment", "appeals")
    held = rows.get(pk=case.pk)
    if moderating_office(actor, held.region) is None:
        raise DomainError(NOT_ALLOWED)
    if not cases.may_judge(judge_of(actor), concerned(held)):
        raise DomainError(errors.CASE_YOURS)
    if held.decided:
        raise DomainError(errors.CASE_DECIDED)
    return held


def concerned(case: Case) -> cases.Concerned:
    """Whom a case concerns."""
    before = case.appeals
    judges = [case.first_by_id, *([before.decided_by_id, before.first_by_id] if before else [])]
    comment = case.comment
    subject = subjects.of_type(comment.topic.content_type)
    item = subjects.item_of(comment.topic.content_type, comment.topic.object_id)
    units = [comment.unit_id, subject.unit(item) if subject and item else None]
    authors = [comment.author_id, comment.above.author_id if comment.above else None]
    return cases.Concerned(
        authors=frozenset(author for author in authors if author),
        units=frozenset(unit for unit in units if unit),
        flagged_by=frozenset(case.comment.raised_flags.values_list("user_id", flat=True)),
        decided_by=frozenset(judge for judge in judges if judge),
    )


def _check(verdict: Verdict) -> None:
    if verdict.decision is Decision.SHOWN:
        return
    if verdict.reason is None:
        raise DomainError(errors.CASE_REASON, field="reason")
    if len(verdict.sentence.strip()) < SHORTEST_SENTENCE:
        raise DomainError(errors.CASE_SENTENCE, field="sentence", shortest=SHORTEST_SENTENCE)


def _apply(comment: ThreadComment, root: ThreadComment, decision: Decision) -> None:
    """Bring the comment into the state of the decision; what its author has withdrawn stays so."""
    wanted = State.PUBLIC if decision is Decision.SHOWN else State.HIDDEN
    if comment.state in (wanted, State.WITHDRAWN):
        return
    was_public = comment.state == State.PUBLIC
    if comment.kind == Kind.QUESTION and comment.state == State.WAITING:
        # The office could not see it before.
        comment.due = answer_due(timezone.now())
    comment.state = wanted
    comment.save(update_fields=["state", "due"])
    if wanted == State.PUBLIC or was_public:
        came_and_went(comment, by=1 if wanted == State.PUBLIC else -1)
    if comment.kind == Kind.ANSWER and root.kind == Kind.QUESTION:
        answers_changed(root)
    if comment.photo:
        (photos.publish if wanted == State.PUBLIC else photos.withdraw)([comment.photo])
    told(comment.topic)


def _record(actor: User, office: RoleAssignment | None, verb: str, case: Case) -> None:
    payload = {"case": case.pk, "why": case.why, "reason": case.reason}
    record(
        actor=actor,
        office=office.office if office else "",
        verb=verb,
        subject_type="comment",
        subject_id=case.comment_id,
        payload=payload,
    )
