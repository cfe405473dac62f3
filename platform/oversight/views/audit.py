"""The ledger: look through it, check it, take it along."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.actions import allowed, require
from core.requests import SignedInRequest
from core.streams import csv_download, download
from ledger import queries as ledger
from oversight import queries
from oversight.forms import AuditForm
from oversight.queries import Line
from oversight.services import checking, exporting

HEAD = ("at", "kind", "key", "seq", "act", "office", "actor", "payload", "digest")


@never_cache
@require_safe
@login_required
def audit(request: SignedInRequest) -> HttpResponse:
    """Entries of the ledger by subject, person, office, act and time, newest first."""
    require(request.user, "ledger.read")
    form = AuditForm(request.GET)
    valid = form.is_valid()
    wanted = form.wanted() if valid else queries.Wanted()
    page = queries.entries_page(request.user, wanted, after=request.GET.get("sesudah", "")) if valid else None
    whole = ledger.chain_of(wanted.kind, wanted.key) if page and page.rows and wanted.kind and wanted.key else None
    context = {
        "form": form,
        "page": page,
        "lines": queries.lines(page.rows) if page else [],
        "chain": whole,
        "asked": _asked(request.GET).urlencode(),
        "given": list(_asked(request.GET).items()),
        "check": queries.latest_check(),
        "may_check": allowed(request.user, "ledger.check"),
    }
    return render(request, "oversight/audit.html", context, status=200 if valid else 422)


@require_POST
@login_required
def export(request: SignedInRequest) -> HttpResponseBase:
    """All of a filter as a table or as JSON; the ledger remembers who took it."""
    require(request.user, "ledger.read")
    form = AuditForm(request.POST)
    if not form.is_valid():
        return redirect(f"../?{_asked(request.POST).urlencode()}")
    wanted = form.wanted()
    as_json = request.POST.get("format") == "json"
    exporting.record_export(actor=request.user, wanted=wanted, as_json=as_json)
    lines = queries.export_lines(request.user, wanted)
    name = f"audit-{timezone.localtime():%Y-%m-%d-%H%M}"
    if as_json:
        return download(request, f"{name}.json", "application/json", _as_json(lines))
    return csv_download(request, name, HEAD, (list(_cells(line).values()) for line in lines))


@require_POST
@login_required
def check(request: SignedInRequest) -> HttpResponse:
    """Have every chain recomputed."""
    checking.ask_for_check(actor=request.user)
    messages.success(request, _("Every chain is being recomputed. You can leave this page; the result stands here."))
    return redirect("audit")


@never_cache
@require_safe
@login_required
def progress(request: SignedInRequest) -> HttpResponse:
    """How far the check is; the page asks for this part until it is done."""
    require(request.user, "ledger.read")
    return render(request, "oversight/check.html", {"check": queries.latest_check()})


def _asked(given: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in AuditForm.base_fields:
        if value := given.get(name):
            kept[name] = value
    return kept


def _cells(line: Line) -> dict[str, Any]:
    entry = line.entry
    payload = json.dumps(entry.payload, ensure_ascii=False, sort_keys=True)
    subject = (entry.at.isoformat(), entry.subject_type, entry.subject_id, entry.seq)
    return dict(zip(HEAD, (*subject, entry.verb, entry.office, line.actor, payload, entry.digest), strict=True))


def _as_json(lines: Iterable[Line]) -> Iterator[str]:
    yield "["
    for place, line in enumerate(lines):
        cells = _cells(line) | {"payload": line.entry.payload}
        yield (",\n" if place else "\n") + json.dumps(cells, ensure_ascii=False)
    yield "\n]\n"
