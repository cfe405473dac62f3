from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.requests import HttpRequest
from ledger import queries, subjects
from ledger.domain.chain import content
from ledger.models import Entry

METHOD = (
    "digest = SHA-256 of `content` as JSON in UTF-8: no spaces, keys of objects in order, letters beyond ASCII as "
    "they are. `content` begins with the digest before it, 64 zeros at the first entry. `actor` stands for the "
    "account: a SHA-256 with a secret salt of this entry alone."
)


@never_cache
@require_safe
def chain(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The proof of one subject: every entry, and whether the chain holds now; JSON by ?format=json."""
    kind = subjects.kind(slug)
    subject = kind.find(request, key) if kind else None
    found = queries.chain_of(kind.name, subject.key) if kind and subject else None
    if kind is None or subject is None or found is None:
        raise Http404
    if request.GET.get("format") == "json":
        return JsonResponse(_as_json(subject, found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    rows = [{"entry": entry, "words": kind.words.get(entry.verb, entry.verb)} for entry in found.entries]
    return render(request, "ledger/chain.html", {"subject": subject, "found": found, "rows": rows})


def _as_json(subject: subjects.Subject, found: queries.ChainView) -> dict[str, Any]:
    return {
        "subject": subject.key,
        "holds": found.broken is None,
        "broken_at": found.broken.seq if found.broken else None,
        "head": found.head,
        "method": METHOD,
        "entries": [_entry_as_json(entry) for entry in found.entries],
    }


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    sealed = entry.sealed()
    return {"seq": entry.seq, "content": content(sealed.link, sealed.previous), "digest": sealed.digest}
