"""What everybody reads: the list, the map, a report, its picture for sharing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.requests import HttpRequest
from reports import social
from reports.domain import numbers
from reports.forms.public import AGES, COLOURS, Reading, read_filters
from reports.forms.reporter import WordsForm
from reports.models import Report
from reports.queries import maps, public
from reports.queries.public import Detail
from reports.secrets import held

DAY = 24 * 3600


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The public list, newest first, with its filters in the address."""
    choices = public.category_choices()
    reading = read_filters(request.GET, choices)
    listed = public.list_page(reading.filters, request.GET.get("sesudah", ""))
    context = _filter_context(reading, choices) | {
        "page": listed,
        "next_page": reading.address(sesudah=listed.next_cursor) if listed.next_cursor else "",
        "first_page": "" if listed.is_first else reading.address(),
    }
    return render(request, "reports/list.html", context)


@require_safe
def report_map(request: HttpRequest) -> HttpResponse:
    """The same reports on a map; without JavaScript it is a drawing with the list beside it."""
    choices = public.category_choices()
    reading = read_filters(request.GET, choices)
    listed = public.list_page(reading.filters, request.GET.get("sesudah", ""))
    found = maps.points(reading.filters, maps.POINTS_DRAWN)
    context = _filter_context(reading, choices) | {
        "page": listed,
        "sketch": maps.city(found),
        "version": maps.background_version(),
    }
    return render(request, "reports/map.html", context)


@gzip_page
@require_safe
def map_points(request: HttpRequest) -> HttpResponse:
    """The points of the map as JSON: public positions only, the newest first."""
    found = maps.points(read_filters(request.GET, public.category_choices()).filters)
    rows = [
        [round(point.lat, 5), round(point.lng, 5), point.colour, point.number, point.title, point.icon]
        for point in found.points
    ]
    return JsonResponse({"capped": found.capped, "points": rows}, json_dumps_params={"separators": (",", ":")})


@gzip_page
@require_safe
def map_background(request: HttpRequest, version: str) -> HttpResponse:
    """Shapes of the kelurahan to draw the map on; the version in the address changes with them."""
    current, drawn = maps.background()
    response = JsonResponse(drawn, json_dumps_params={"separators": (",", ":")})
    patch_cache_control(response, public=True, max_age=30 * DAY if version == current else 60)
    return response


@require_safe
def report_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one report; a number typed in another way leads to it."""
    tidied = numbers.tidy(number[:40])
    if not numbers.is_valid(tidied):
        return render(request, "reports/no_such_number.html", {"number": number[:40]}, status=404)
    if tidied != number:
        return HttpResponsePermanentRedirect(f"/laporan/{tidied}/")
    report, secret = visible_report(request, number)
    return detail_page(request, public.detail(report, request.user, holds_secret=bool(secret)))


@require_safe
def report_picture(request: HttpRequest, number: str) -> HttpResponse:
    """The picture that other sites show for a public report."""
    report = public.report_by_number(number) if numbers.is_valid(number) else None
    if report is None or not report.public:
        raise Http404
    response = HttpResponse(social.picture(report), content_type="image/png")
    patch_cache_control(response, public=True, max_age=3600)
    return response


def visible_report(request: HttpRequest, number: str, *, whole: bool = True) -> tuple[Report, str]:
    """A report that this request may see, and the secret that its session holds.

    Args:
        request: whose.
        number: from the address.
        whole: with what its page shows; without, just what the rules ask.

    Raises:
        Http404: there is none, or it is not theirs to see; the answer does not tell which.
    """
    find = public.report_by_number if whole else public.report_to_act_on
    report = find(number) if numbers.is_valid(number) else None
    secret = held(request.session, report) if report else ""
    if report is None or not public.may_see(request.user, report, holds_secret=bool(secret)):
        raise Http404
    return report, secret


def detail_page(
    request: HttpRequest, detail: Detail, *, form: WordsForm | None = None, open_form: str = "", status: int = 200
) -> HttpResponse:
    """Render a report; a live nudge fetches the living part of it alone.

    Args:
        request: of whoever reads.
        detail: what they may see.
        form: the reporter's words that were refused, with what was typed.
        open_form: "reopen" or "answer", whose form it is.
        status: 422 when something was refused.
    """
    context: dict[str, Any] = {
        "detail": detail,
        "report": detail.report,
        "sketch": maps.close_up(detail.report),
        "form": form or WordsForm(initial={"seen": detail.report.steps_taken}),
        "open_form": open_form,
        "photo_errors": form.errors.get("photos", []) if form else [],
        "batch": form.batch_id if form else WordsForm().batch_id,
        "now": timezone.now(),
    }
    template = "reports/detail_live.html" if request.htmx else "reports/detail.html"
    response = render(request, template, context, status=status)
    if not detail.report.public or detail.is_reporter:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _filter_context(reading: Reading, choices: list[public.Choice]) -> dict[str, Any]:
    return {
        "reading": reading,
        "categories": choices,
        "ages": AGES,
        "colours": [(slug, colour, reading.address(warna=slug)) for slug, colour in COLOURS.items()],
        "all_colours": reading.address(warna=""),
        "late": reading.address(terlambat="" if reading.filters.overdue else "ya"),
        "also": reading.address(wilayah=reading.also.code) if reading.also else "",
        "query": reading.address(),
    }
