from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.requests import HttpRequest
from notices import errors, links, services


# Mail programs send the POST without a cookie (RFC 8058); the signed token is the permission.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of a link: asked on GET, because scanners open every link; done on POST."""
    subscription = links.read(token)
    if subscription is None:
        raise DomainError(errors.LINK_UNKNOWN)
    if request.method != "POST":
        return render(request, "notices/unsubscribe.html", {"token": token})
    sentence = services.unsubscribe(subscription=subscription)
    if sentence is None:
        raise DomainError(errors.LINK_UNKNOWN)
    return render(request, "notices/unsubscribed.html", {"sentence": sentence})
