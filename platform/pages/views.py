from __future__ import annotations

import re

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

# Wagtail's renditions: raster formats in one flat folder. Originals stay private.
RENDITION = re.compile(r"^images/[\w.-]+\.(?:jpe?g|png|webp|avif|gif)$", re.ASCII)


@require_safe
@cache_control(public=True, max_age=7 * 24 * 3600)
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture of a page, where a web server in front does not hand it out itself."""
    if not RENDITION.match(path):
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
