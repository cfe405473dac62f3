"""Sending a photo, looking at one, asking how far it is."""

from __future__ import annotations

from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from core.errors import TOO_MANY, DomainError
from core.limits import allowed
from core.requests import HttpRequest
from photos import access, errors, queries, services
from photos.domain import limits
from photos.forms import BatchForm, UploadKeysForm
from photos.models import Photo, PhotoState

# An address may be a whole neighbourhood behind one mobile gateway; a device is one person.
RATES = {"upload": "60/10m/key,600/10m/ip"}
_FORM_AROUND_FILE = 64 * 1024
_A_YEAR = 365 * 24 * 3600


@csrf_exempt  # only until the length is known to be bearable: checking the token reads the whole body
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file of a form (multipart: file, batch, client_key); answers JSON."""
    if _length(request) > limits.MAX_BYTES + _FORM_AROUND_FILE:
        raise DomainError(errors.TOO_LARGE, field=errors.FIELD, name=_("The photo"), limit=limits.MAX_BYTES // 2**20)
    return _receive(request)


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    device = str(request.user.pk or request.META.get("CSRF_COOKIE") or "-")
    if not allowed(request, "photos.upload", RATES.get("upload", ""), key=device):
        raise DomainError(TOO_MANY, field=errors.FIELD)
    form = UploadKeysForm(request.POST)
    if not form.is_valid():
        raise DomainError(errors.BAD_KEYS, field=errors.FIELD)
    file = request.FILES.get("file")
    if file is None:
        raise DomainError(errors.NO_FILE, field=errors.FIELD)
    actor = request.user if request.user.is_authenticated else None
    photo = services.receive(actor=actor, upload=file, **form.cleaned_data)
    access.remember_batch(request.session, photo.batch)
    return JsonResponse(_state(photo), status=201)


@require_POST
def recall(request: HttpRequest) -> HttpResponse:
    """The photos that were sent for a form which was left; whoever has its key has sent them, in whatever session."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        raise DomainError(errors.BAD_KEYS, field=errors.FIELD)
    photos = queries.unfinished(form.cleaned_data["batch"])
    if photos:
        access.remember_batch(request.session, photos[0].batch)
    return JsonResponse({"photos": [_state(photo) for photo in photos]})


@require_safe
def show(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """One size of a photo as JPEG; 404 for those who may not see it, and while it is being prepared."""
    photo = get_object_or_404(Photo, pk=pk)
    # A public photo is answered without a look at the session, so that caches may keep it for everybody.
    if not photo.public and not access.may_see(request.user, photo, request.session):
        raise Http404
    if photo.state == PhotoState.RECEIVED:
        return HttpResponse(status=404, headers={"Retry-After": "2", "Cache-Control": "no-store"})
    if photo.state == PhotoState.REFUSED:
        raise Http404
    return _picture(photo.small if size == "kecil" else photo.large, f"foto-{photo.pk.hex[:8]}-{size}.jpg", photo)


@require_safe
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the preparation is, for those who may see the photo."""
    photo = get_object_or_404(Photo, pk=pk)
    if not access.may_see(request.user, photo, request.session):
        raise Http404
    return JsonResponse(_state(photo), headers={"Cache-Control": "no-store"})


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a photo that its sender took out of the form again; what is kept by now is left alone."""
    photo = get_object_or_404(Photo, pk=pk)
    if not access.is_own(photo, request.session):
        raise Http404
    services.discard(batch=photo.batch, photo_id=photo.pk)
    return HttpResponse(status=204)


def _picture(file: FieldFile, name: str, photo: Photo) -> HttpResponse:
    try:
        with file.open("rb") as opened:
            data = opened.read()
    except FileNotFoundError as error:
        raise Http404 from error
    cache = f"public, max-age={_A_YEAR}, immutable" if photo.public else "private, no-store"
    return HttpResponse(
        data,
        content_type="image/jpeg",
        headers={
            "Cache-Control": cache,
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _state(photo: Photo) -> dict[str, str]:
    answer = {"id": str(photo.pk), "state": photo.state, "small_url": photo.small_url}
    if photo.state == PhotoState.REFUSED:
        refusal = DomainError(photo.refusal, name=_("The photo"), limit=limits.MAX_PIXELS // 10**6)
        answer |= {"code": photo.refusal, "message": refusal.sentence, "field": errors.FIELD}
    return answer


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() and len(text) < 16 else 0
