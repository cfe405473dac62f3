"""Filing a report: the form, the code, and what is shown afterwards."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import entry
from accounts.models import User
from assistance import presence
from assistance.errors import NOBODY_PRESENT
from assistance.presence import Presence
from assistance.queries import own_kelurahan, ticket_for
from core.errors import NOT_ALLOWED, TOO_MANY, DomainError
from core.limits import allowed
from core.permissions import may
from core.requests import HttpRequest, SignedInRequest
from photos import access
from photos import queries as photo_queries
from photos import services as photo_services
from reports import errors, secrets, services
from reports.domain import numbers
from reports.forms.code import CodeForm
from reports.forms.filing import LONGEST_TEXT, MOST_PHOTOS, FilingForm, key_in
from reports.models import Contact, Report
from reports.queries import filing as queries
from reports.queries import outlines
from reports.queries.lifeline import lifeline
from reports.queries.public import waits_for_code
from reports.services.filing import CODES_SENT

# A device is one person (or the head of an RT who files for a whole alley); an address may be a whole
# neighbourhood behind one mobile gateway.
RATES = {
    "file": "30/h/key,1500/h/ip",
    "help": "120/h/key",
    "photos": "30/10m/key,600/10m/ip",
    "code": "60/h/key,1500/h/ip",
}
MOST_IDS = 50
# The number of the last report from this session, for whoever goes back without a script.
LAST_FILED = "last_filed"


@never_cache
@sensitive_post_parameters("email", "phone")
@require_http_methods(["GET", "HEAD", "POST"])
def report_file(request: HttpRequest) -> HttpResponse:
    """The one form: shown in three steps by its script, whole without it."""
    return _take(request) if request.method == "POST" else _show(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_file_for(request: SignedInRequest) -> HttpResponse:
    """The same form, filled in at a desk for somebody who is present."""
    if not may(request.user, "assistance.help"):
        raise DomainError(NOT_ALLOWED)
    present = presence.of(request.session)
    if present is None:
        raise DomainError(NOBODY_PRESENT)
    return _take(request, present) if request.method == "POST" else _show(request, present)


def _show(request: HttpRequest, present: Presence | None = None) -> HttpResponse:
    text = request.GET.get("teks", "").replace("\0", "").strip()[:LONGEST_TEXT]
    understood = queries.read_text(text)
    initial = {
        "client_key": uuid.uuid4(),
        "description": text,
        "rt": understood.rt,
        "rw": understood.rw,
        "category": next(iter(understood.categories), ""),
    }
    if present and isinstance(request.user, User):
        # Few taps at an assembly: mostly it is about the own kelurahan, and nobody brought a photo.
        region = own_kelurahan(request.user)
        initial |= {"place": region.full_label if region else "", "no_photo": True}
    guest = not request.user.is_authenticated
    return _page(request, FilingForm(initial=initial, guest=guest, guesses=understood.categories), present)


def _page(request: HttpRequest, form: FilingForm, present: Presence | None, status: int = 200) -> HttpResponse:
    areas = reverse("report_map_background", args=[outlines.version()])
    last = "" if present else request.session.get(LAST_FILED, "")
    context = {"form": form, "areas_url": areas, "last": last, "last_spoken": numbers.spoken(last), "present": present}
    return render(request, "reports/file.html", context, status=status)


def _take(request: HttpRequest, present: Presence | None = None) -> HttpResponse:
    key = key_in(request.POST.get("client_key"))
    form = _sent_form(request, key)
    complete = form.is_valid()
    stored = Report.objects.select_related("contact").filter(client_key=key).first() if key else None
    if stored:
        if form.says_the_same(stored.title, stored.description):
            return _go_on(request, stored, key, present)
        return _refuse_other(request, form, stored, present)
    if key is None:
        form.add_error(None, _("Something was missing in what was sent. Check the form, then send it once more."))
    elif complete and not _may(request, "help" if present else "file"):
        form.add_error(None, DomainError(TOO_MANY).sentence)
        return _page(request, form, present, status=429)
    elif complete:
        try:
            person, helper = (present.person, _account(request)) if present else (_account(request), None)
            report, _is_new = services.file_report(actor=person, filing=form.filing(), helper=helper)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return _go_on(request, report, key, present)
    return _page(request, form, present, status=422)


def _sent_form(request: HttpRequest, key: uuid.UUID | None) -> FilingForm:
    """The form with what was sent; photos that came with it are taken, so that none has to be chosen twice."""
    data = request.POST.copy()
    data["client_key"] = str(key or uuid.uuid4())
    ids = [found for value in request.POST.getlist("photo_ids")[:MOST_IDS] if (found := key_in(value))]
    photos = photo_queries.in_batch(key, ids) if key else []
    uploads = request.FILES.getlist("photos")[: MOST_PHOTOS * 2]
    refusals: list[DomainError] = []
    if uploads and key:
        if _may(request, "photos"):
            received = photo_services.receive_all(actor=_account(request), uploads=uploads, batch=key)
            photos = list(dict.fromkeys([*photos, *received.photos]))
            refusals = received.refusals
        else:
            refusals = [DomainError(TOO_MANY)]
    if key and photos:
        access.remember_batch(request.session, key)
    guest = not request.user.is_authenticated
    understood = queries.read_text(data.get("description", "")[:LONGEST_TEXT])
    return FilingForm(data, guest=guest, photos=photos, refusals=refusals, guesses=understood.categories)


def _refuse_other(request: HttpRequest, form: FilingForm, stored: Report, present: Presence | None) -> HttpResponse:
    """The form of a report that was sent before has come back with other words: it may be another report."""
    key = uuid.uuid4()
    form.data["client_key"] = str(key)  # type: ignore[index]  # a copy of POST, made above
    if form.sent_photos:
        photo_services.carry_over(form.sent_photos, batch=key)
        access.remember_batch(request.session, key)
    form.add_error(
        None,
        _("The report sent from this page has arrived: %(number)s. If this is another one, send it once more.")
        % {"number": stored.spoken_number},
    )
    return _page(request, form, present, status=409)


def _go_on(request: HttpRequest, report: Report, key: uuid.UUID | None, present: Presence | None) -> HttpResponse:
    """To the code, or to the page that says what happens next; at a desk to the ticket, without the person's key."""
    if present:
        return redirect("counter_ticket", ticket_for(report.number).pk)
    request.session[LAST_FILED] = report.number
    if key and (report.reporter_id is None or report.reporter_id != request.user.pk):
        secrets.keep(request, report, services.secret_of(key))
    if waits_for_code(report):
        return redirect("report_code", report.number)
    return redirect("report_thanks", report.number)


def _account(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _may(request: HttpRequest, action: str) -> bool:
    device = str(request.user.pk or request.META.get("CSRF_COOKIE") or "-")
    return allowed(request, f"reports.{action}", RATES[action], key=device)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_code(request: HttpRequest, number: str) -> HttpResponse:
    """Where a guest types the code from the mail, or asks for another."""
    report = _own_report(request, number)
    contact = Contact.objects.filter(report=report).exclude(email="").first()
    if report.confirmed or contact is None:
        return redirect("report_thanks", report.number)
    resend = request.POST.get("action") == "resend"
    form = CodeForm(request.POST if request.method == "POST" and not resend else None)
    status, sent = 422 if form.is_bound else 200, False
    try:
        if request.method == "POST" and not _may(request, "code"):
            raise DomainError(TOO_MANY)
        if resend:
            services.send_code(report=report)
            contact.refresh_from_db()
            sent = True
        elif form.is_valid():
            services.confirm_by_code(report=report, code=form.cleaned_data["code"])
            return redirect("report_thanks", report.number)
    except DomainError as refusal:
        status = refusal.status
        form = form if form.is_bound else CodeForm({"code": ""})
        form.errors.clear()
        form.add_error("code", refusal.sentence)
    may_resend = contact.codes_sent < CODES_SENT
    context = {"report": report, "email": contact.email, "form": form, "sent": sent, "may_resend": may_resend}
    return render(request, "reports/code.html", context, status=status)


@never_cache
@require_safe
def report_thanks(request: HttpRequest, number: str) -> HttpResponse:
    """The ticket: its number, the reporter's own link, what is next by whom and until when."""
    report = _own_report(request, number)
    token = secrets.held(request.session, report)
    contact = None if report.reporter_id else Contact.objects.filter(report=report).first()
    link = request.build_absolute_uri(reverse("report_secret", args=[report.number, token])) if token else ""
    context = {
        "report": report,
        "line": lifeline(report),
        "link": link if report.reporter_id is None else "",
        "waits_for_code": waits_for_code(report),
        "has_address": bool(contact and contact.email),
        "offers_account": bool(contact and contact.email and report.confirmed and _account(request) is None),
    }
    return render(request, "reports/thanks.html", context)


@require_POST
def report_account(request: HttpRequest, number: str) -> HttpResponse:
    """Open an account with the address of a confirmed report; the report comes along by its claim."""
    report = _own_report(request, number)
    contact = Contact.objects.filter(report=report, report__confirmed=True).exclude(email="").first()
    if contact is None:
        return redirect("report_thanks", report.number)
    return entry.begin(request, email=contact.email, next_url=report.get_absolute_url())


def _own_report(request: HttpRequest, number: str) -> Report:
    """The visitor's own report, by account or by the link that the session keeps.

    Raises:
        DomainError: not the reporter; the same whether there is such a report or not.
    """
    rows = Report.objects.select_related("category", "region__parent__parent", "unit")
    report = rows.filter(number=number).first() if numbers.is_valid(number) else None
    if report:
        mine = report.reporter_id is not None and report.reporter_id == request.user.pk
        if mine or secrets.held(request.session, report):
            return report
    raise DomainError(errors.NOT_THE_REPORTER)
