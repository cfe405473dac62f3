"""How a refusal looks: a page, an htmx fragment or JSON, and nothing that was typed is lost."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core import errors
from core.errors import DomainError
from core.requests import HttpRequest

# Secrets, and what a page wrote into its own form.
NEVER_SHOWN = (
    *("csrfmiddlewaretoken", "password", "code", "secret", "client_key"),
    *("batch", "photo_ids", "region", "category", "lat", "lng", "accuracy"),
)
STYLED = {400, 403, 404, 405, 409, 413, 422, 429}
# What is told when a status comes from Django or a package, without a reason of ours.
REASONS = {
    400: errors.BAD_REQUEST,
    403: errors.NOT_ALLOWED,
    404: errors.NOT_FOUND,
    405: errors.WRONG_METHOD,
    413: errors.TOO_MUCH,
    429: errors.TOO_MANY,
}


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The response to a refusal.

    Args:
        request: decides the form: JSON where it was asked for, a fragment for htmx, else a page.
        error: what was refused.

    Returns:
        A response with the status registered for the error's code.
    """
    context = {"sentence": error.sentence, "code": error.code, "typed": typed(request), "way": _way(error)}
    if wants_json(request):
        body = {"code": error.code, "message": error.sentence, "field": error.field}
        return JsonResponse(body, status=error.status)
    # Read here: a host or a body may be refused before django-htmx has seen the request.
    if request.headers.get("HX-Request") == "true":
        response = render(request, "errors/fragment.html", context, status=error.status)
        response.headers["HX-Retarget"] = "[data-refusals]"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    template = f"errors/{error.status if error.status in STYLED else 422}.html"
    return render(request, template, context, status=error.status)


def _way(error: DomainError) -> dict[str, str] | None:
    """The link to where a refusal can be mended."""
    found = errors.way_of(error.code)
    return {"words": str(found[0]), "url": reverse(found[1])} if found else None


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """The response to a refusal of which only the status is known."""
    return answer(request, DomainError(REASONS[status]))


def again(request: HttpRequest) -> HttpResponse:
    """Back to the page that the request came from, as it is now; a program hears that something has changed."""
    if wants_json(request) or request.headers.get("HX-Request") == "true":
        return answer(request, DomainError(errors.CHANGED_MEANWHILE))
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(came_from if ours else request.get_full_path())


def dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A refusal that a decorator or a package answered without a word, made like the others; its headers stay."""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code not in REASONS or not is_html or not isinstance(response, HttpResponse) or response.content:
        return response
    told = plain(request, response.status_code)
    for name, value in response.headers.items():
        told.headers.setdefault(name, value)
    told.cookies.update(response.cookies)
    return told


def wants_json(request: HttpRequest) -> bool:
    """Whether the client would rather read JSON than HTML."""
    return not request.accepts("text/html") or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had typed, to be shown back for copying: (field, text) of every longer text."""
    if request.method != "POST":
        return []
    try:
        fields = request.POST.items()
    except (SuspiciousOperation, MultiPartParserError, OSError):
        # What could not be read the first time cannot be shown back either.
        return []
    return [
        (name, value)
        for name, value in fields
        if isinstance(value, str) and len(value.strip()) > 2 and not name.startswith(NEVER_SHOWN)
    ]
