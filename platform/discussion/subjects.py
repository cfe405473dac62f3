"""What can be talked about: a higher app registers its items by one call.

subjects.register(Subject(slug="laporan", model=Report, find=..., url=..., title=..., may_write=..., office_of=...))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from accounts.models import RoleAssignment
from core.requests import HttpRequest


@dataclass(frozen=True)
class Subject:
    """A kind of item with comments.

    Args:
        slug: the kind in the address, "laporan".
        model: its model; the key is a whole number.
        find: the item of a key in the address, or None when this request may not see it.
        key: of an item, as `find` knows it.
        title: of an item, for people.
        may_read: whether a person may read the discussion of an item; find() asks it for a request.
        url: of the item's own page.
        may_write: whether comments are taken there.
        unit: key of the agency that has an item; None for none.
        region: official code of the region that an item lies in, for its moderators.
        office_of: the office in whose name the person answers there; None for everybody else.
    """

    slug: str
    model: type[Model]
    find: Callable[[HttpRequest, str], Any]
    key: Callable[[Any], str]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    may_read: Callable[[Any, Any], bool]
    may_write: Callable[[Any], bool]
    unit: Callable[[Any], int | None]
    region: Callable[[Any], str]
    office_of: Callable[[Any, Any], RoleAssignment | None]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let items of a kind be talked about."""
    _subjects[subject.slug] = subject


def by_slug(slug: str) -> Subject | None:
    """The kind of an address; None when nobody registered it."""
    return _subjects.get(slug)


def of(item: Model) -> Subject:
    """The kind of an item.

    Raises:
        KeyError: nobody registered it.
    """
    return next(subject for subject in _subjects.values() if isinstance(item, subject.model))


def of_type(content_type: ContentType) -> Subject | None:
    """The kind of items of a content type."""
    return next((one for one in _subjects.values() if content_type.model_class() is one.model), None)


def item_of(content_type: ContentType, object_id: int) -> Any:
    """The item of a topic; None when it is gone or nobody registered its kind."""
    subject = of_type(content_type)
    return subject.model._default_manager.filter(pk=object_id).first() if subject else None
