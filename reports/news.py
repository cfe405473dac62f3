"""What accounts hear of reports: questions to oneself, one's own reports, those that one follows.

References are numbers of steps. What is confidential is called by its number alone, and its steps are not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notices import kinds
from notices.domain.digests import Cadence
from notices.kinds import Kind, Words
from reports import mails
from reports.domain.workflow import State
from reports.models import Follow, Report, ReportStep
from reports.queries.lifeline import STEP_TITLES

ASKS, OWN, FOLLOWED = "report_asks", "report_own", "report_followed"
# Steps after which the reporter is the one who must act.
ASKING = {"ask", "declare_done", "accept_proof"}
ABOUT = ("report__category", "report__region", "report__unit")


def register_all() -> None:
    """Fill the registry; called once at start."""
    kinds.register(
        Kind(
            ASKS,
            _("Questions about your reports"),
            _("An office asks you something, or says that the work is done and asks whether you agree."),
            audience=_reporter,
            compose=_words,
            mail=mails.to_account,
            because=_("Without your answer your report goes on or ends without you."),
        )
    )
    kinds.register(
        Kind(
            OWN,
            _("Your own reports"),
            _("Every step of the office: checked, planned, begun, answered."),
            audience=_reporter_who_follows,
            compose=_words,
            mail=mails.to_account,
        )
    )
    kinds.register(
        Kind(
            FOLLOWED,
            _("Reports that you follow or support"),
            _("Every public step in reports of others."),
            audience=_followers,
            compose=_words,
            mail=mails.to_account,
            cadence=Cadence.DAILY,
            push=False,
        )
    )


def kinds_of(step: ReportStep) -> tuple[str, ...]:
    """Which kinds of news a step is."""
    return (ASKS if step.name in ASKING else OWN, FOLLOWED)


def _step(ref: str) -> ReportStep | None:
    return ReportStep.objects.select_related("report").filter(pk=int(ref)).first()


def _reporter(ref: str) -> Iterable[int]:
    step = _step(ref)
    who = step.report.reporter_id if step else None
    return [who] if step and who and who != step.actor_id else []


def _reporter_who_follows(ref: str) -> Iterable[int]:
    found = list(_reporter(ref))
    step = _step(ref)
    return found if step and Follow.objects.filter(report=step.report, user_id__in=found).exists() else []


def _followers(ref: str) -> Iterable[int]:
    step = _step(ref)
    if step is None or not step.report.public:
        return []
    others = Follow.objects.filter(report=step.report).exclude(user_id__in=_left_out(step))
    return others.order_by("user_id").values_list("user_id", flat=True)


def _left_out(step: ReportStep) -> list[int]:
    return [who for who in (step.report.reporter_id, step.actor_id) if who]


def _words(refs: Sequence[str], reader: User) -> dict[str, Words]:
    steps = ReportStep.objects.filter(pk__in=[int(ref) for ref in refs]).select_related(*ABOUT)
    return {str(step.pk): _said(step, reader) for step in steps if _may_read(step.report, reader)}


def _may_read(report: Report, reader: User) -> bool:
    return report.public or report.reporter_id == reader.pk


def _said(step: ReportStep, reader: User) -> Words:
    report = step.report
    link = report.get_absolute_url()
    if report.category.confidential:
        sentence = gettext("There is news about your report")
        return Words(report.spoken_number, sentence, link, outside=gettext("Open Rembuk to read it."))
    parts = [_question(step) if report.reporter_id == reader.pk else "", str(STEP_TITLES[step.name]), step.office]
    return Words(report.title, " · ".join(filter(None, parts)), link, language=report.language)


def _question(step: ReportStep) -> str:
    """What the reporter is asked, while the answer still counts."""
    asks: dict[str, tuple[tuple[State, ...], Callable[[], str]]] = {
        "ask": ((State.NEEDS_ANSWER,), lambda: gettext("The office has a question for you")),
        "declare_done": ((State.DECLARED_DONE, State.UNCONFIRMED), lambda: gettext("Is it done?")),
        "accept_proof": ((State.DECLARED_DONE, State.UNCONFIRMED), lambda: gettext("Is it done?")),
    }
    states, words = asks.get(step.name, ((), str))
    return words() if State(step.report.state) in states else ""
