"""What the desk looks up: "where would this go?", and for the auditor who looked at a contact."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.actions import allowed, require
from core.requests import SignedInRequest
from places.queries import region_by_code
from reports.domain.routing import Destination, Size
from reports.forms.desk import WhereForm
from reports.models import Category
from reports.queries import desk_choices
from reports.queries.filing import Suggestion, where_to


@never_cache
@login_required
@require_safe
def routing(request: SignedInRequest) -> HttpResponse:
    """Ask the routing table about a case, and read the whole of it."""
    require(request.user, "routing.read")
    asked = bool(request.GET)
    form = WhereForm(request.GET if asked else None)
    answer = _answer(form) if asked and form.is_valid() else None
    table = desk_choices.routing_table()
    context = {
        "form": form,
        "answer": answer,
        "answering": next((row for row in table.rows if answer and row.rule.pk == answer.rule), None),
        "table": table,
        "has_desk": allowed(request.user, "desk.use"),
        "may_edit": allowed(request.user, "tables.edit"),
    }
    return render(request, "desk/routing.html", context, status=400 if asked and answer is None else 200)


def _answer(form: WhereForm) -> Suggestion:
    given = form.cleaned_data
    category = Category.objects.select_related("handler").get(slug=given["kategori"])
    if category.confidential and category.handler:
        return Suggestion(Destination.AGENCY, category.handler, None)
    return where_to(category, region_by_code(given["kelurahan"]), Size(given["ukuran"]))


@never_cache
@login_required
@require_safe
def reveals(request: SignedInRequest) -> HttpResponse:
    """Who looked at a reporter's contact, when and why."""
    require(request.user, "reveals.read")
    shown = desk_choices.reveals(request.user, request.GET.get("after", ""))
    return render(request, "desk/reveals.html", {"page": shown})
