"""What this app tells the apps below it."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from core import panels
from core.permissions import may
from discussion import actions, news, personal, subjects
from discussion.models import Case, ThreadComment
from ledger import scopes
from live import sources
from photos import access
from photos.models import Photo


def register_all() -> None:
    """Fill the registries; called once at start."""
    personal.register_all()
    actions.register_all()
    news.register_all()
    access.register(may_see_photo)
    sources.register("talk", may_watch)
    panels.register("account", work_panel)
    scopes.register("comment", _("Comment"), within=comments_in)


def comments_in(code: str) -> Any:
    """Keys of the comments that moderators of a region have had before them."""
    inside = Q(region=code) | Q(region__startswith=f"{code}.")
    return Case.objects.filter(inside).order_by().values(key=Cast("comment_id", CharField()))


def work_panel(account: Any, viewer: Any) -> panels.Panel | None:
    """On a moderator's account page: the way to the queue."""
    return panels.Panel("discussion/account.html", {}, order=15) if may(viewer, "discussion.moderate") else None


def may_see_photo(viewer: Any, photo: Photo, session: SessionBase) -> bool:
    """The photo of a comment that is not public is seen by its author and by moderators."""
    if not viewer.is_authenticated:
        return False
    comments = ThreadComment.objects.filter(photo=photo)
    return comments.filter(author=viewer).exists() or (may(viewer, "discussion.moderate") and comments.exists())


def may_watch(user: Any, key: str) -> bool:
    """Whoever may read a discussion may hear that there is more of it."""
    kind, _, number = key.partition("x")
    if not (kind.isdecimal() and number.isdecimal()) or len(key) > 30:
        return False
    content_type = ContentType.objects.filter(pk=int(kind)).first()
    subject = subjects.of_type(content_type) if content_type else None
    item = subject.model._default_manager.filter(pk=int(number)).first() if subject else None
    return subject is not None and item is not None and subject.may_read(user, item)
