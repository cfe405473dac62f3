"""What the reporter does on the page, by account or by the own link; supporting and following."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.forms import answered
from core.requests import HttpRequest
from photos import access
from photos import queries as photo_queries
from photos import services as photo_services
from photos.models import Photo
from reports import services
from reports.domain import numbers
from reports.forms.reporter import SwitchForm, WordsForm
from reports.models import Report
from reports.queries import public
from reports.secrets import keep
from reports.services import Inputs
from reports.views.public import detail_page, visible_report


@never_cache
@require_safe
def report_secret(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """The reporter's own link: the session keeps the token, the address no longer shows it. Changes nothing else."""
    report = public.report_by_number(number) if numbers.is_valid(number) else None
    if report is None or not keep(request, report, token):
        raise Http404
    return redirect("report_detail", number=number)


@require_POST
def report_confirm(request: HttpRequest, number: str) -> HttpResponse:
    """ "Sudah beres": again is harmless."""
    report, secret = visible_report(request, number)
    services.take_step(actor=_actor(request), report=report, name="confirm", secret=secret)
    messages.success(request, _("Thank you. Your report counts as confirmed: done."))
    return redirect("report_detail", number=number)


@require_POST
def report_reopen(request: HttpRequest, number: str) -> HttpResponse:
    """ "Belum": with a sentence or a photo, the report is open again at once."""
    return _speak(request, number, "reopen", _("Thank you. The report is open again and its office has been told."))


@require_POST
def report_answer(request: HttpRequest, number: str) -> HttpResponse:
    """The answer to the office's question."""
    return _speak(request, number, "answer", _("Thank you. Your answer stands on the page, and the work goes on."))


def _speak(request: HttpRequest, number: str, name: str, thanks: str) -> HttpResponse:
    report, secret = visible_report(request, number)
    form = WordsForm(request.POST)
    if form.is_valid() and public.was_taken(report, name, after=form.cleaned_data["seen"]):
        return redirect("report_detail", number=number)
    # A photo that is refused puts its sentence into the form.
    form.sent_photos = _photos(request, form)
    if form.is_valid():
        inputs = Inputs(text=form.cleaned_data["text"], photos=form.sent_photos)
        act = partial(services.take_step, actor=_actor(request), report=report, name=name, inputs=inputs, secret=secret)
        if answered(form, act):
            messages.success(request, thanks)
            return redirect("report_detail", number=number)
    detail = public.detail(report, request.user, holds_secret=bool(secret))
    return detail_page(request, detail, form=form, open_form=name, status=422)


def _photos(request: HttpRequest, form: WordsForm) -> list[Photo]:
    """The photos that came before the form and with it; what was refused of them stands in the form."""
    batch = form.batch_id
    access.remember_batch(request.session, batch)
    found = photo_queries.in_batch(batch, form.photo_ids())
    files = request.FILES.getlist("photos")
    if files:
        received = photo_services.receive_all(actor=_actor(request), uploads=files, batch=batch)
        found += [photo for photo in received.photos if photo.pk not in {one.pk for one in found}]
        for refusal in received.refusals:
            form.add_error("photos", refusal.sentence)
    return found


@require_POST
def report_support(request: HttpRequest, number: str) -> HttpResponse:
    """Support a report, or take it back; visitors sign in first and come back to the page."""
    report, _secret = visible_report(request, number, whole=bool(request.htmx))
    if not isinstance(request.user, User):
        return _to_sign_in(request, report)
    services.set_support(actor=request.user, report=report, on=_wanted(request.POST))
    return _actions(request, report)


@require_POST
def report_follow(request: HttpRequest, number: str) -> HttpResponse:
    """Hear of every public step by e-mail, or no longer."""
    report, _secret = visible_report(request, number, whole=bool(request.htmx))
    if not isinstance(request.user, User):
        return _to_sign_in(request, report)
    services.set_follow(actor=request.user, report=report, on=_wanted(request.POST))
    return _actions(request, report)


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _wanted(posted: QueryDict) -> bool:
    form = SwitchForm(posted)
    return form.is_valid() and bool(form.cleaned_data["on"])


def _actions(request: HttpRequest, report: Report) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{report.get_absolute_url()}#aksi")
    return render(request, "reports/actions.html", {"detail": public.detail(report, request.user), "report": report})


def _to_sign_in(request: HttpRequest, report: Report) -> HttpResponse:
    query = QueryDict(mutable=True)
    query["next"] = f"{report.get_absolute_url()}#aksi"
    url = f"{reverse('account_login')}?{query.urlencode(safe='/')}"
    messages.info(request, _("Sign in, so that every person counts once. Then press the button again."))
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
