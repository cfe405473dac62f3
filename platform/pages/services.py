"""What the pages need of the staff area."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.services import STAFF_GROUP

PAGES = ("add_page", "change_page", "publish_page")
PICTURES = ("add_image", "change_image", "choose_image")


@transaction.atomic
def let_admins_edit_pages(**_signal: Any) -> None:
    """Give the admins' group the pages and their pictures; harmless to repeat. Run after every migrate."""
    group, _made = Group.objects.get_or_create(name=STAFF_GROUP)
    for page in Page.objects.filter(depth=1):
        for right in Permission.objects.filter(codename__in=PAGES, content_type__app_label="wagtailcore"):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)
    for collection in Collection.objects.filter(depth=1):
        for right in Permission.objects.filter(codename__in=PICTURES, content_type__app_label="wagtailimages"):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)
