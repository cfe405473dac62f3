"""What becomes of reports when their reporter's account is erased."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from photos import services as photo_services
from photos.models import Photo
from reports.domain.workflow import State
from reports.models import Contact, Follow, Report
from reports.services.common import digest_of
from support import queries as support


@transaction.atomic
def withdraw_reports(*, actor: User, unhandled: bool) -> int:
    """Part the reports of a person from the person: no telephone, no link of one's own any more.

    What is public or in an office's hands stays without a name, because others build on it.

    Args:
        actor: whose account is about to go.
        unhandled: whether to remove those that no office has touched and nobody else follows or supports.

    Returns:
        How many were removed.
    """
    mine = Report.objects.select_for_update(of=("self",)).filter(reporter=actor)
    Contact.objects.filter(report__in=mine.values("pk")).delete()
    reports = list(mine.order_by("pk"))
    for report in reports:
        report.secret_digest = digest_of(secrets.token_urlsafe(32))
    Report.objects.bulk_update(reports, ["secret_digest"])
    if not unhandled:
        return 0
    others = Follow.objects.filter(report=OuterRef("pk")).exclude(user=actor)
    alone = list(mine.filter(~Exists(others), state=State.RECEIVED, public=False, duplicates=None).order_by("pk"))
    supporters, own = support.counts(alone), support.supported_by(actor, alone)
    gone = [report for report in alone if supporters[report.pk] <= (report.pk in own)]
    photos = list(Photo.objects.filter(report_photo__report__in=gone))
    Report.objects.filter(pk__in=[report.pk for report in gone]).delete()
    photo_services.remove(photos)
    return len(gone)
