"""Reading a discussion and writing into it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import RoleAssignment, User
from core.errors import SIGN_IN_FIRST, TOO_MANY, DomainError, explanations
from core.forms import answered
from core.limits import allowed
from core.requests import HttpRequest
from discussion import errors, queries, services, subjects
from discussion.forms import CommentForm
from discussion.models import State, ThreadComment, Topic
from discussion.queries import Sort
from discussion.services import Draft
from discussion.subjects import Subject
from discussion.words import for_comments
from live import topics
from photos import access
from photos import queries as photo_queries
from photos import services as photo_services
from photos.models import Photo

# A lively evening is some twenty comments an hour.
RATES = "10/5m/key,60/h/key,600/h/ip"
# Longer numbers are no keys.
MOST_DIGITS = 18
SORTS = (
    (Sort.NEWEST, gettext_lazy("Newest")),
    (Sort.HELPFUL, gettext_lazy("Most helpful")),
    (Sort.OLDEST, gettext_lazy("Oldest")),
    (Sort.OFFICES, gettext_lazy("Only offices")),
    (Sort.QUESTIONS, gettext_lazy("Questions without an answer")),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discussion(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The threads of an item; a POST writes one, or a reply."""
    subject, item = found(request, slug, key)
    if request.method == "POST":
        return _write(request, subject, item)
    topic = queries.topic_of(item)
    if "hitung" in request.GET:
        return _count(request, topic)
    form = CommentForm(office=_office(request, subject, item))
    return _page(request, subject, item, topic, form)


@never_cache
@require_safe
def thread(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """One thread with its replies, and the form for another one (`?balas=` says to which)."""
    subject, item = found(request, slug, key)
    topic = queries.topic_of(item)
    comment = queries.comment_of(topic, pk, request.user)
    if comment is None:
        raise Http404
    if comment.root_id:
        after = queries.before(comment)
        return redirect(f"{thread_url(subject, item, comment.root_id)}{after}#{comment.anchor}")
    above = _above(request, topic, request.GET.get("balas", "")) or comment
    form = CommentForm(above=above, office=_office(request, subject, item))
    return thread_page(request, subject, item, comment, form)


def found(request: HttpRequest, slug: str, key: str) -> tuple[Subject, Any]:
    """The item of an address.

    Raises:
        Http404: there is none, or it is not this request's to read; the answer does not tell which.
    """
    subject = subjects.by_slug(slug)
    item = subject.find(request, key) if subject else None
    if subject is None or item is None:
        raise Http404
    return subject, item


def thread_url(subject: Subject, item: Any, root: int) -> str:
    """The address of a thread."""
    return reverse("discussion_thread", args=[subject.slug, subject.key(item), root])


def _write(request: HttpRequest, subject: Subject, item: Any) -> HttpResponse:
    if not isinstance(request.user, User):
        form = CommentForm(request.POST)
        form.is_valid()
        form.add_error("text", str(explanations()[SIGN_IN_FIRST].sentence))
        return _page(request, subject, item, queries.topic_of(item), form, status=403)
    replies, speaks = request.POST.get("above", ""), bool(request.POST.get("for_office"))
    above = _above(request, queries.topic_of(item), replies) if replies else None
    office = _office(request, subject, item) if speaks else None
    form = CommentForm(request.POST, above=above, office=office)
    if form.is_valid() and not allowed(request, "discussion.write", RATES, key=str(request.user.pk)):
        form.add_error("text", forms.ValidationError(str(explanations()[TOO_MANY].sentence), code=TOO_MANY))
    photo = _photo(request, form) if form.is_valid() else None
    if form.is_valid():
        written = answered(form, partial(_written, request, item, form, photo))
        if written:
            return _after(request, subject, item, *written)
    if above and (root := queries.comment_of(above.topic, above.root_id or above.pk, request.user)):
        return thread_page(request, subject, item, root, form, status=_status(form))
    return _page(request, subject, item, queries.topic_of(item), form, status=_status(form))


def _written(
    request: HttpRequest, item: Any, form: CommentForm, photo: Photo | None
) -> tuple[ThreadComment, bool] | None:
    if not isinstance(request.user, User):
        return None
    if form.cleaned_data["above"] and form.replied_to is None:
        raise DomainError(errors.REPLY_GONE, field="text")
    draft = Draft(
        text=form.cleaned_data["text"],
        kind=form.chosen_kind,
        above=form.replied_to,
        client_key=form.key,
        photo=photo,
        for_office=form.cleaned_data["for_office"],
    )
    return services.write(actor=request.user, item=item, draft=draft)


def _status(form: CommentForm) -> int:
    return 429 if form.has_error("text", TOO_MANY) else 422


def _after(request: HttpRequest, subject: Subject, item: Any, comment: ThreadComment, is_new: bool) -> HttpResponse:
    if not is_new:
        messages.info(request, _("This comment had already arrived; it stands there once."))
    elif comment.state == State.WAITING:
        messages.info(request, _("Thank you. A moderator reads your comment first; until then only you see it."))
    else:
        messages.success(request, _("Thank you. Your comment stands on the page."))
    return redirect(f"{thread_url(subject, item, comment.pk)}#{comment.anchor}")


def _above(request: HttpRequest, topic: Topic, text: str) -> ThreadComment | None:
    """The comment that is replied to, as far as it can be read."""
    if not (text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS):
        return None
    found = queries.comment_of(topic, int(text), request.user)
    return found if found and found.state == State.PUBLIC else None


def _office(request: HttpRequest, subject: Subject, item: Any) -> RoleAssignment | None:
    return subject.office_of(request.user, item) if isinstance(request.user, User) else None


def _photo(request: HttpRequest, form: CommentForm) -> Photo | None:
    """The photo that came before the form or with it; what was refused stands in the form."""
    batch = form.cleaned_data["batch"]
    if batch is None:
        return None
    access.remember_batch(request.session, batch)
    photos = photo_queries.in_batch(batch, form.photo_ids())
    files = request.FILES.getlist("photos")[:1]
    if files and not photos:
        actor = request.user if isinstance(request.user, User) else None
        received = photo_services.receive_all(actor=actor, uploads=files, batch=batch)
        photos = received.photos
        for refusal in received.refusals:
            form.add_error("photos", refusal.sentence)
    form.sent_photos = photos[:1]
    return photos[0] if photos else None


def _count(request: HttpRequest, topic: Topic) -> JsonResponse:
    """How many comments there are, for a page that was opened earlier (`?hitung=` says how many it knows)."""
    text = request.GET["hitung"]
    known = int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0
    new = max(0, topic.comments - known)
    words = ngettext("%(new)s new comment", "%(new)s new comments", new) % {"new": new}
    return JsonResponse({"new": new, "words": words})


def _page(
    request: HttpRequest, subject: Subject, item: Any, topic: Topic, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    sort = queries.read_sort(request.GET.get("urut", ""))
    context = _about(request, subject, item, topic) | {
        "threads": queries.threads(topic, request.user, sort=sort, after=request.GET.get("sesudah", "")),
        "form": form,
        "writes": form.is_bound or "tulis" in request.GET,
        "sorts": SORTS,
        "follows": queries.follows(topic, request.user),
    }
    template = "discussion/live.html" if request.htmx else "discussion/threads.html"
    return render(request, template, context, status=status)


def thread_page(
    request: HttpRequest, subject: Subject, item: Any, root: ThreadComment, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    """One thread with its form."""
    context = _about(request, subject, item, root.topic) | {
        "thread": queries.thread(root, request.user, after=request.GET.get("sesudah", "")),
        "form": form,
    }
    return render(request, "discussion/thread.html", context, status=status)


def _about(request: HttpRequest, subject: Subject, item: Any, topic: Topic) -> dict[str, Any]:
    key = subject.key(item)
    return for_comments() | {
        "subject": subject,
        "key": key,
        "title": subject.title(item),
        "item_url": subject.url(item),
        "address": reverse("discussion", args=[subject.slug, key]),
        "topic": topic,
        "live_topic": topics.talk(topic.content_type_id, topic.object_id),
        "may_write": subject.may_write(item) and not topic.locked,
    }
