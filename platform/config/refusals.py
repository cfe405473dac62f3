"""How a refusal looks: a page, an htmx fragment or JSON, and nothing that was typed is lost."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from core.errors import DomainError
from core.requests import HttpRequest

NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "code", "secret", "client_key")
STYLED = {400, 403, 404, 409, 413, 429}


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The response to a refusal.

    Args:
        request: decides the form: JSON where it was asked for, a fragment for htmx, else a page.
        error: what was refused.

    Returns:
        A response with the status registered for the error's code.
    """
    context = {"sentence": error.sentence, "code": error.code, "typed": typed(request)}
    if wants_json(request):
        body = {"code": error.code, "message": error.sentence, "field": error.field}
        return JsonResponse(body, status=error.status)
    if request.htmx:
        response = render(request, "errors/fragment.html", context, status=error.status)
        response.headers["HX-Retarget"] = "[data-refusals]"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    template = f"errors/{error.status}.html" if error.status in STYLED else "errors/409.html"
    return render(request, template, context, status=error.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether the client would rather read JSON than HTML."""
    return not request.accepts("text/html") or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had typed, to be shown back for copying: (field, text) of every longer text."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, value in request.POST.items()
        if isinstance(value, str) and len(value.strip()) > 2 and not name.startswith(NEVER_SHOWN)
    ]
