"""The web app's manifest, its service worker and offline page, and the style guide."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.permissions import may
from core.requests import HttpRequest
from design import gallery

# What a phone keeps so that the offline page looks as it should.
KEPT = (
    "design/css/rembuk.css",
    "design/icons.svg",
    "design/js/app.js",
    "design/js/drafts.js",
    "design/icons/icon.svg",
)


@require_safe
@cache_control(max_age=3600, public=True)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put Rembuk on its home screen, in the reader's language."""
    icons = [
        {"src": static("design/icons/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("design/icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("design/icons/icon-maskable.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    body = {
        "id": "/",
        "name": "Rembuk",
        "short_name": "Rembuk",
        "description": _("Report what is broken, propose what is better, decide together, and see it delivered."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f9f5ec",
        "theme_color": "#0a3142",
        "icons": icons,
        "shortcuts": [
            {"name": _("Report a problem"), "url": "/lapor/"},
            {"name": _("Reports"), "url": "/laporan/"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
@cache_control(max_age=0, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may serve the whole site.

    Its text names the hashed files, so a new release is a new worker.
    """
    kept = [static(name) for name in KEPT]
    version = hashlib.sha256("|".join(kept).encode()).hexdigest()[:12]
    context = {
        "kept": [reverse("offline"), *kept],
        "version": version,
        "offline": reverse("offline"),
        "icon": static("design/icons/icon-192.png"),
        "inbox": reverse("notices"),
    }
    response = render(request, "design/sw.js", context, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when there is no connection. Kept on the phone, so it names nobody."""
    return render(request, "offline.html", {"plain": True})


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; for admins, and for everybody in the demo and in development.

    Raises:
        Http404: in production for everybody else.
    """
    if not (settings.DEMO or settings.DEBUG or may(request.user, "design.read_style_guide")):
        raise Http404
    return render(request, "design/gaya.html", gallery.context(request))
