"""The list of places, suggestions while somebody types a name, and where a point lies."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.errors import DomainError
from core.requests import HttpRequest
from places import errors, queries, services
from places.forms import PositionForm, SearchForm


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All kelurahan by kota, or those that a search finds."""
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "typed": typed,
        "found": queries.search_regions(typed, limit=40) if typed else [],
        "city": [] if typed else queries.kelurahan_by_kota(),
    }
    return render(request, "places/index.html", context, status=200 if form.is_valid() else 400)


@require_safe
def kelurahan(request: HttpRequest, code: str) -> HttpResponse:
    """One kelurahan: where it lies, which office serves it, and what other apps have to show of it."""
    region = queries.region_by_code(code)
    context = {
        "region": region,
        "office": queries.office_of(region),
        "indicative": queries.boundaries_are_indicative(),
    }
    return render(request, "places/kelurahan.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Kelurahan that a typed text may mean: a list of options for htmx, else JSON."""
    found = queries.search_regions(request.GET.get("q", ""))
    if request.htmx:
        response: HttpResponse = render(request, "places/options.html", {"found": found})
    else:
        response = JsonResponse({"results": [{"code": r.code, "label": r.full_label} for r in found]})
    patch_vary_headers(response, ["HX-Request"])
    return response


@never_cache
@require_safe
def locate(request: HttpRequest) -> HttpResponse:
    """The kelurahan that a point may lie in, best first, as JSON."""
    form = PositionForm(request.GET)
    if not form.is_valid():
        raise DomainError(errors.BAD_POSITION, field="place")
    position = form.cleaned_data
    located = services.locate(position["lat"], position["lng"], position["akurasi"])
    candidates = [{"code": region.code, "label": region.full_label} for region in located.candidates]
    return JsonResponse({"candidates": candidates, "indicative": located.indicative, "doubt": located.doubt})
