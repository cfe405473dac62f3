"""The check of an "after" photo (reports.domain.proof)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ledger import services as ledger
from live import topics
from live.services import publish_on_commit
from photos.models import Photo, PhotoState
from photos.queries import find_similar
from places.domain.geo import distance_m
from reports.domain.proof import Doubt, Proof, doubts
from reports.domain.workflow import State
from reports.models import PhotoUse, Report, ReportPhoto
from reports.services import common

LOOK_BACK = timedelta(days=365)


def check_proof(*, report: Report) -> tuple[Doubt, ...] | None:
    """Check the photos of a completion once they have been hashed; doubts go to a second person.

    Args:
        report: declared done.

    Returns:
        The doubts; None when there is nothing to check (any more, or yet).
    """
    with transaction.atomic():
        report = common.locked(report)
        if report.state not in (State.DECLARED_DONE, State.CONFIRMED) or report.proof != "checking":
            return None
        photos = _photos_of_completion(report)
        if any(photo.state == PhotoState.RECEIVED for photo in photos):
            return None
        found = doubts([_facts(report, photo, photos) for photo in photos], report.validated_at)
        report.doubts = [doubt.value for doubt in found]
        report.proof = "in_review" if found else "clear"
        report.save(update_fields=["doubts", "proof"])
        ledger.record(
            actor=None,
            verb="report.proof_checked",
            subject_type="report",
            subject_id=report.number,
            payload={"proof": report.proof, "doubts": report.doubts},
        )
        publish_on_commit(topics.report(report.number))
        common.nudge_desks(report)
        return found


def _photos_of_completion(report: Report) -> list[Photo]:
    last = report.steps.filter(name="declare_done").order_by("-seq").first()
    uses = ReportPhoto.objects.filter(report=report, use=PhotoUse.AFTER, step=last).select_related("photo")
    return [use.photo for use in uses]


def _facts(report: Report, photo: Photo, completion: list[Photo]) -> Proof:
    """What is known of one photo; another shot of the same work, or one sent and never used, is no doubt."""
    damage = ReportPhoto.objects.filter(report=report).exclude(use=PhotoUse.AFTER)
    before = set(damage.values_list("photo_id", flat=True))
    ours = before | {other.pk for other in completion}
    alike = find_similar(photo, since=timezone.now() - LOOK_BACK)
    away = None
    if None not in (report.lat, report.lng, photo.taken_lat, photo.taken_lng):
        away = distance_m(report.lat, report.lng, photo.taken_lat, photo.taken_lng)  # type: ignore[arg-type]  # checked above
    return Proof(
        seen_elsewhere=any(other.attached and other.pk not in ours for other in alike),
        like_before=any(other.pk in before for other in alike),
        metres_away=away,
        taken=photo.taken_at,
        readable=photo.state == PhotoState.READY,
    )
