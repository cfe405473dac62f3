"""What comes with a step, and whether it is enough; which step needs what stands in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from core.errors import DomainError
from photos.models import Photo, PhotoState
from places.models import Agency, Region
from reports import errors
from reports.domain.deadlines import is_plannable
from reports.domain.reasons import Basis, Reason
from reports.domain.workflow import Need, State, Step, hand_over_goes_to_desk
from reports.models import Category, Report, ReportPhoto

TEXT_LENGTH = 10
REPORTERS_TEXT_LENGTH = 6
PHOTOS_AT_MOST = 5


@dataclass(frozen=True)
class Inputs:
    """What comes with a step; which parts are needed stands in the table.

    Args:
        text: for the public, plain.
        reason: a code of reports.domain.reasons, of a refusal or of how the office knows.
        unit: the office that takes over.
        outside: the owner outside the city government.
        original: the report that this one repeats.
        day: of the work.
        photos: uploaded for this step.
        region: where it is, after moving the pin.
        position: latitude and longitude in degrees, after moving the pin.
        category: the right one.
        size: "small" or "large", as found on the spot; empty leaves it.
        seen: how many steps the person saw on the page; None skips the check.
    """

    text: str = ""
    reason: str = ""
    unit: Agency | None = None
    outside: Agency | None = None
    original: Report | None = None
    day: date | None = None
    photos: list[Photo] = field(default_factory=list)
    region: Region | None = None
    position: tuple[float, float] | None = None
    category: Category | None = None
    size: str = ""
    seen: int | None = None


def check(step: Step, report: Report, given: Inputs) -> None:
    """Refuse a step that lacks something; each refusal names its field."""
    for need in step.needs:
        CHECKS[need](report, given)
    if len(given.photos) > PHOTOS_AT_MOST:
        raise DomainError(errors.PHOTO_TOO_MANY, field="photos", most=PHOTOS_AT_MOST)
    if any(_unusable(photo) for photo in given.photos):
        raise DomainError(errors.PHOTO_UNUSABLE, field="photos")
    _keep_confidence(step, report, given)


def _keep_confidence(step: Step, report: Report, given: Inputs) -> None:
    """What was told in confidence stays with its handler and the handler's own sub-agencies."""
    if not report.category.confidential:
        return
    to_desk = step.name == "pass_to_desk" or (step.name == "hand_over" and hand_over_goes_to_desk(report.hand_overs))
    handler = report.category.handler_id
    unit = given.unit if Need.UNIT in step.needs else None
    if to_desk or (unit and handler not in (unit.pk, unit.parent_id)):
        raise DomainError(errors.STAYS_CONFIDENTIAL, field="unit")


def _unusable(photo: Photo) -> bool:
    return photo.state == PhotoState.REFUSED or ReportPhoto.objects.filter(photo=photo).exists()


def _need_text(report: Report, given: Inputs) -> None:
    if len(given.text.strip()) < TEXT_LENGTH:
        raise DomainError(errors.TEXT_MISSING, field="text", length=TEXT_LENGTH)


def _need_reason(report: Report, given: Inputs) -> None:
    if given.reason not in set(Reason):
        raise DomainError(errors.REASON_MISSING, field="reason")


def _need_basis(report: Report, given: Inputs) -> None:
    if given.reason not in set(Basis):
        raise DomainError(errors.BASIS_MISSING, field="basis")


def _need_unit(report: Report, given: Inputs) -> None:
    if given.unit is None or not given.unit.active:
        raise DomainError(errors.UNIT_MISSING, field="unit")


def _need_outside(report: Report, given: Inputs) -> None:
    if given.outside is None or given.outside.kind != "outside":
        raise DomainError(errors.OUTSIDE_MISSING, field="outside")


def _need_original(report: Report, given: Inputs) -> None:
    if given.original is None:
        raise DomainError(errors.ORIGINAL_MISSING, field="original")
    # As it is now and locked, so that two reports cannot be merged into each other at once.
    original = Report.objects.select_for_update().get(pk=given.original.pk)
    if original.pk == report.pk or original.state == State.DUPLICATE or not original.public:
        raise DomainError(errors.ORIGINAL_WRONG, field="original")


def _need_date(report: Report, given: Inputs) -> None:
    today = timezone.localdate()
    if given.day is None:
        raise DomainError(errors.DATE_MISSING, field="day")
    if given.day < today:
        raise DomainError(errors.DATE_PAST, field="day")
    if not is_plannable(given.day, today):
        raise DomainError(errors.DATE_FAR, field="day")


def _need_photo(report: Report, given: Inputs) -> None:
    if not given.photos:
        raise DomainError(errors.PHOTO_MISSING, field="photos")


def _need_text_or_photo(report: Report, given: Inputs) -> None:
    if not given.photos and len(given.text.strip()) < REPORTERS_TEXT_LENGTH:
        raise DomainError(errors.TEXT_OR_PHOTO_MISSING, field="text")


def _need_place(report: Report, given: Inputs) -> None:
    if given.region is None or given.region.level != "kelurahan":
        raise DomainError(errors.PLACE_MISSING, field="place")


def _need_category(report: Report, given: Inputs) -> None:
    if given.category is None or not given.category.active or given.category == report.category:
        raise DomainError(errors.CATEGORY_MISSING, field="category")
    if report.category.confidential and not given.category.confidential:
        raise DomainError(errors.STAYS_CONFIDENTIAL, field="category")


CHECKS: dict[Need, Callable[[Report, Inputs], None]] = {
    Need.TEXT: _need_text,
    Need.REASON: _need_reason,
    Need.BASIS: _need_basis,
    Need.UNIT: _need_unit,
    Need.OUTSIDE: _need_outside,
    Need.ORIGINAL: _need_original,
    Need.DATE: _need_date,
    Need.PHOTO: _need_photo,
    Need.TEXT_OR_PHOTO: _need_text_or_photo,
    Need.PLACE: _need_place,
    Need.CATEGORY: _need_category,
}
