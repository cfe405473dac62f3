"""The officers' desk: the queue, and one report with its steps, notes and the reporter's contact."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.actions import allowed, require
from core.errors import NOT_ALLOWED, DomainError
from core.permissions import may
from core.requests import SignedInRequest
from live import topics
from photos import access
from photos import queries as photo_queries
from photos import services as photo_services
from photos.models import Photo
from reports import services
from reports.domain import numbers
from reports.domain.workflow import STEPS, Need, State, Step, Who
from reports.errors import PHOTO_MISSING
from reports.forms.desk import NoteForm, QueueForm, RevealForm
from reports.forms.steps import StepForm
from reports.models import Report
from reports.queries import desk as queries
from reports.queries import outlines, questions
from reports.queries.desk import Tab
from reports.queries.desk_report import STEP_VERBS, contact_of, desk_report, similar_near
from reports.queries.lifeline import told
from reports.queries.public import report_by_number

KEPT_FILTERS = "desk_filters"
REVEALED = "desk_revealed"
TAB_LABELS = {
    Tab.TO_DO: _("To do"),
    Tab.RUNNING: _("Under way"),
    Tab.WAITING: _("Waiting for the reporter"),
    Tab.PROOF: _("Proof to check"),
    Tab.RAISED: _("Raised to us"),
    Tab.DONE: _("Finished"),
}
TAB_ICONS = {
    Tab.TO_DO: "alert",
    Tab.RUNNING: "tool",
    Tab.WAITING: "hourglass",
    Tab.PROOF: "shield-check",
    Tab.RAISED: "flag",
    Tab.DONE: "check-box",
}
WHO_LABELS = {
    Who.HEAD: _("The section head may"),
    Who.HANDLER: _("The office that has the report may"),
    Who.DESK: _("The province desk may"),
    Who.SECOND: _("A second person may"),
}


# --- The queue ----------------------------------------------------------------------------------
@never_cache
@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """The queue; without an address of its own it comes back as it was left."""
    require(request.user, "desk.use")
    if "reset" in request.GET:
        request.session.pop(KEPT_FILTERS, None)
        return redirect("desk")
    kept = request.session.get(KEPT_FILTERS, "")
    if not request.GET and kept:
        return HttpResponseRedirect(f"{request.path}?{_as_left(request, QueryDict(kept))}")
    form = QueueForm(request.GET)
    if form.is_valid():
        address = _address(request.GET, after=None)
        if kept != address:
            request.session[KEPT_FILTERS] = address
    context = _queue_context(request, request.GET, form)
    return render(request, "desk/queue.html", context, status=200 if form.is_valid() else 400)


@never_cache
@login_required
@require_safe
def open_questions(request: SignedInRequest) -> HttpResponse:
    """What citizens have asked the person's units and nobody has answered, what is due first on top."""
    require(request.user, "desk.use")
    units = queries.units_for(request.user)
    return render(request, "desk/questions.html", {"questions": questions.waiting(units)})


def _address(given: QueryDict, **changes: str | None) -> str:
    """The query string with some parts changed; None leaves a part out."""
    known = {name: str(given[name]) for name in QueueForm.base_fields if given.get(name)}
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**known, **changes}.items() if value})
    return query.urlencode()


def _as_left(request: SignedInRequest, kept: QueryDict) -> str:
    """The address of the queue as it was left, or of another pile when that one has become empty."""
    form = QueueForm(kept)
    form.is_valid()
    filters = form.filters()
    if filters.any:
        return kept.urlencode()
    heights = queries.counts(queries.units_for(request.user, form.cleaned_data.get("unit", "")))
    return _address(kept, tab=queries.settled(filters.tab, heights))


def _queue_context(
    request: SignedInRequest, given: QueryDict, form: QueueForm, *, beside: Report | None = None
) -> dict[str, Any]:
    """The left two columns; `beside` an opened report the list may go on to the next pile by itself."""
    form.is_valid()
    filters = form.filters()
    units = queries.units_for(request.user, form.cleaned_data.get("unit", ""))
    watched = [units.chosen] if units.chosen else units.own
    settle = beside is not None and not filters.any
    shown = queries.queue(units, filters, form.cleaned_data.get("after", ""), settle=settle)
    tabs = {tab: _tab(tab, given, shown) for tab in Tab}
    here = _address(given, tab=shown.tab)
    urgent = queries.most_urgent(shown.counts)
    return {
        "units": units,
        "unit_links": [(unit, _address(given, unit=unit.code, after=None)) for unit in units.own],
        "all_units": _address(given, unit=None, after=None),
        "filters": filters,
        "filter_form": form,
        "queue": shown,
        "questions": questions.count(units),
        "tabs": tabs.values(),
        "tab_name": TAB_LABELS[shown.tab],
        "next_tab": tabs[urgent] if urgent else None,
        "next_address": _address(given, after=shown.next_cursor) if shown.next_cursor else "",
        "first_address": "" if shown.is_first else _address(given, after=None, tab=shown.tab),
        "here": here,
        "live_url": reverse("desk_report", args=[beside.number]) if beside else f"{reverse('desk')}?{here}",
        "topic": topics.together(topics.desk(unit.pk) for unit in watched),
    }


def _tab(tab: Tab, given: QueryDict, shown: queries.Queue) -> dict[str, Any]:
    return {
        "name": TAB_LABELS[tab],
        "icon": TAB_ICONS[tab],
        "count": shown.counts.get(tab),
        "address": _address(given, tab=tab, after=None),
        "current": tab == shown.tab,
    }


# --- One report -----------------------------------------------------------------------------------
@never_cache
@login_required
@require_safe
def report(request: SignedInRequest, number: str) -> HttpResponse:
    """Everything that a decision needs; ?langkah= opens the form of a step, ?templat= starts it from a template."""
    opened = _opened(request, number)
    form = _empty_form(request, opened, request.GET.get("langkah", ""))
    return _page(request, opened, form=form, contact=_contact_once(request, opened), too_late=_too_late(form))


def _too_late(form: StepForm | None) -> str:
    """What is told to somebody who comes back to the form of a step that has been taken since."""
    if form is None or State(form.report.state) in form.step.sources:
        return ""
    known = {"step": STEP_VERBS[form.step.name], "state": form.report.get_state_display()}
    return gettext("“%(step)s” is no longer possible: the report is now at “%(state)s”.") % known


def _contact_once(request: SignedInRequest, opened: Report) -> tuple[str, str] | None:
    """The contact that was asked for a moment ago; the next load of the page is without it."""
    asked = request.session.pop(REVEALED, None)
    if asked is None or not allowed(request.user, "report.reveal_contact", opened):
        return None
    return contact_of(opened) if opened.reveals.filter(pk=asked, actor=request.user).exists() else None


def _opened(request: SignedInRequest, number: str) -> Report:
    """The report, for those who may open it at a desk.

    Who may not even know of it gets the page of a number that does not exist.
    """
    found = report_by_number(numbers.tidy(number))
    if found is None or not (
        may(request.user, "reports.open_at_desk", found) or allowed(request.user, "report.read", found)
    ):
        raise Http404
    if not may(request.user, "reports.open_at_desk", found):
        raise DomainError(NOT_ALLOWED)
    return found


def _office_step(name: str) -> Step:
    step = STEPS.get(name)
    if step is None or step.who in (Who.REPORTER, Who.SYSTEM):
        raise Http404
    return step


def _empty_form(request: SignedInRequest, opened: Report, name: str) -> StepForm | None:
    step = STEPS.get(name)
    if step is None or step.who in (Who.REPORTER, Who.SYSTEM):
        return None
    form = StepForm(report=opened, step=step, near=_near(opened, step))
    wanted = request.GET.get("templat", "")
    template = next((row for row in form.templates if str(row.pk) == wanted), None)
    if template:
        form.fields["text"].initial = template.text
    return form


def _near(opened: Report, step: Step) -> list[Report]:
    return similar_near(opened) if Need.ORIGINAL in step.needs else []


def _page(
    request: SignedInRequest,
    opened: Report,
    *,
    form: StepForm | None = None,
    note_form: NoteForm | None = None,
    reveal_form: RevealForm | None = None,
    contact: tuple[str, str] | None = None,
    refusal: str = "",
    too_late: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a report with the queue beside it as it was left."""
    kept = QueryDict(request.session.get(KEPT_FILTERS, ""))
    detail = desk_report(opened, request.user)
    choice = detail.steps.get(form.step.name) if form else None
    context = {
        **_queue_context(request, kept, QueueForm(kept), beside=opened),
        "detail": detail,
        "report": opened,
        "choice": choice,
        "step_form": form if choice else None,
        "typed": _typed(form) if form and not choice else [],
        "batch": _batch(request, form) if form and choice and Need.PHOTO in form.step.needs else None,
        "areas_url": _areas_url() if choice and Need.PLACE in choice.step.needs else "",
        "note_form": note_form or NoteForm(auto_id="catatan_%s"),
        "reveal_form": reveal_form or RevealForm(auto_id="kontak_%s"),
        "contact": contact,
        "refusal": refusal,
        "too_late": too_late,
        "may_note": allowed(request.user, "report.note", opened),
        "may_reveal": allowed(request.user, "report.reveal_contact", opened),
        "hindered": [
            (DomainError(code, unit=opened.unit.name).sentence, verbs) for code, verbs in detail.steps.hindered.items()
        ],
        "others": [(WHO_LABELS[who], verbs) for who, verbs in detail.steps.others.items()],
    }
    return render(request, "desk/report.html", context, status=status)


def _areas_url() -> str:
    """Where the map to move the pin on finds its shapes."""
    return reverse("report_map_background", args=[outlines.version()])


def _typed(form: StepForm) -> list[tuple[str, str]]:
    """What was typed for a step that has become impossible, to be copied."""
    return [(name, form.data[name]) for name in ("text",) if form.is_bound and form.data.get(name)]


def _batch(request: SignedInRequest, form: StepForm) -> UUID:
    """The photos' batch: the one that was sent, or a new one."""
    return _sent_batch(form.data) or access.new_batch(request.session)


def _sent_batch(data: Any) -> UUID | None:
    try:
        return UUID(str(data.get("batch", "")))
    except ValueError:
        return None


# --- Acting ---------------------------------------------------------------------------------------
@never_cache
@login_required
@require_POST
def step(request: SignedInRequest, number: str, name: str) -> HttpResponse:
    """Take a step; a refusal brings the page back with all that was typed."""
    opened = _opened(request, number)
    wanted = _office_step(name)
    photos, problems = _photos(request, wanted)
    form = StepForm(request.POST, report=opened, step=wanted, near=_near(opened, wanted), photos=photos)
    for problem in problems:
        form.add_error("photos", problem.sentence)
    if not form.is_valid():
        return _page(request, opened, form=form, status=422)
    try:
        taken = services.take_step(actor=request.user, report=opened, name=name, inputs=form.inputs())
    except DomainError as error:
        # Not left to the middleware: its page would hold neither the form nor what was typed.
        return _refused(request, number, form, error)
    fresh = report_by_number(opened.number)
    messages.success(request, f"{opened.title}: {told(fresh or opened, taken)}")
    if fresh and may(request.user, "reports.open_at_desk", fresh):
        return redirect("desk_report", number=opened.number)
    return redirect("desk")


def _photos(request: SignedInRequest, wanted: Step) -> tuple[list[Photo], list[DomainError]]:
    """The photos of the form: those sent before one by one, and those that come with it."""
    if Need.PHOTO not in wanted.needs:
        return [], []
    missing = [DomainError(PHOTO_MISSING)]
    batch = _sent_batch(request.POST)
    if batch is None:
        return [], missing
    ids = []
    for text in request.POST.getlist("photo_ids")[:20]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    received = photo_services.receive_all(actor=request.user, uploads=request.FILES.getlist("photos")[:10], batch=batch)
    if received.photos:
        access.remember_batch(request.session, batch)
    known = {photo.pk: photo for photo in [*photo_queries.in_batch(batch, ids), *received.photos]}
    return list(known.values()), received.refusals or ([] if known else missing)


def _refused(request: SignedInRequest, number: str, form: StepForm, error: DomainError) -> HttpResponse:
    opened = _opened(request, number)
    if error.field in form.fields:
        form.add_error(error.field, error.sentence)
        return _page(request, opened, form=form, status=error.status)
    return _page(request, opened, form=form, refusal=error.sentence, status=error.status)


@never_cache
@login_required
@require_POST
def note(request: SignedInRequest, number: str) -> HttpResponse:
    """Keep a note for colleagues."""
    opened = _opened(request, number)
    form = NoteForm(request.POST, auto_id="catatan_%s")
    if not form.is_valid():
        return _page(request, opened, note_form=form, status=422)
    services.add_note(actor=request.user, report=opened, text=form.cleaned_data["text"])
    return HttpResponseRedirect(f"/meja/{opened.number}/#catatan")


@never_cache
@login_required
@require_POST
def reveal(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the reporter's contact once; the look is kept for the auditor."""
    opened = _opened(request, number)
    form = RevealForm(request.POST, auto_id="kontak_%s")
    if not form.is_valid():
        return _page(request, opened, reveal_form=form, status=422)
    reason = form.cleaned_data["reason_to_reveal"]
    look = services.reveal_contact(actor=request.user, report=opened, reason=reason)
    # Shown by the page that follows, so that loading it anew is not another look.
    request.session[REVEALED] = look.pk
    return redirect("desk_report", number=opened.number)
