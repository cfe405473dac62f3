"""People for discussions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from discussion import services
from discussion.domain.trust import KNOWN_COMMENTS
from discussion.models import Case, State, ThreadComment
from discussion.services import Draft
from tests.factories.reports import ReportFactory


def known(nickname: str) -> User:
    """Somebody whose comments are shown at once: long a member, some comments that stayed, last week."""
    person = User.objects.create_user(None, nickname=nickname, joined=timezone.now() - timedelta(days=90))
    elsewhere = ReportFactory(public=True)
    for number in range(KNOWN_COMMENTS):
        services.write(actor=person, item=elsewhere, draft=Draft(f"Kabar dulu nomor {number}"))
    Case.objects.filter(comment__author=person).delete()
    week_ago = timezone.now() - timedelta(days=7)
    ThreadComment.objects.filter(author=person).update(state=State.PUBLIC, created=week_ago)
    return person
