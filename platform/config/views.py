"""Error pages, health, what machines look for, and the refusal of an expired form."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from config import refusals
from core.grown import redis_errors
from core.requests import HttpRequest

# Not for search engines: what is somebody's own, and the endless ways to filter a list (its pages are read on).
PRIVATE = (
    *("/meja/", "/staf/", "/akun/", "/demo/", "/kabar/", "/bahasa/", "/gaya/", "/sehat/"),
    *("/laporan/rahasia/", "/laporan/*/kode/", "/laporan/*/terima-kasih/", "/lapor/?", "/laporan/?", "/laporan/peta/?"),
)
READ_ON = "/laporan/?sesudah="
A_DAY = 24 * 3600


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that is public; nothing of the demo, whose reports are invented."""
    closed = ["/"] if settings.DEMO else PRIVATE
    lines = ["User-agent: *", f"Allow: {READ_ON}", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that do not read the page's own link to the icon."""
    return HttpResponseRedirect(static("design/icons/icon-192.png"))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a hole (RFC 9116).

    Raises:
        Http404: the city has named nobody (SECURITY_CONTACT).
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {timezone.now() + timedelta(days=180):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: id, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness: database and cache answer; 503 names the one that does not."""
    failing = []
    try:
        # A pooled connection may be dead without knowing it; only an answer counts.
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        failing.append("database")
    try:
        cache.get("ready")
    except redis_errors():
        failing.append("cache")
    return JsonResponse({"status": "failing" if failing else "ok", "failing": failing}, status=503 if failing else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is older than the session: show what was typed and offer to send it again with a fresh token.

    Only for a form of our own site; for a foreign one nothing is offered.
    """
    own = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "").netloc == request.get_host()
    context = {
        "sentence": _("This page was open for too long. Nothing is lost: check it and send it again."),
        "code": "form_expired",
        "typed": refusals.typed(request),
        "again": sorted(request.POST.lists()) if own else [],
        "had_files": bool(request.FILES),
        "action": request.get_full_path(),
    }
    if refusals.wants_json(request):
        return JsonResponse({"code": "form_expired", "message": context["sentence"]}, status=403)
    return render(request, "errors/expired.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where more was sent than we take.

    Of two taps on one button the second comes when the first has signed the person in, and so ended the
    session that both were sent with: nothing is wrong, and they are led to where they are now.
    """
    if isinstance(exception, SessionInterrupted):
        return refusals.again(request)
    too_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent"}
    return refusals.plain(request, 413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 from Django or a package; our own refusals come from DomainError."""
    return refusals.plain(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return refusals.plain(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: must not ask the database or the session for anything."""
    return render(request, "errors/500.html", {"plain": True}, status=500)
