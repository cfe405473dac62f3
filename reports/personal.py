"""What reports hold about people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import personal
from core.personal import Fate, File, Mend, Row, Use
from photos.models import Photo
from reports.models import Contact, Follow, Note, PhotoUse, Report, ReportPhoto, ReportStep, Reveal
from reports.services import withdraw_reports

ROWS_AT_ONCE = 200


def register_all() -> None:
    """Fill the registry; called once at start."""
    personal.holds(
        "reports.Report",
        "reporter",
        fate=Fate.UNNAMED,
        what=_("Reports that you filed, with place and photos; in public without your name"),
    )
    personal.holds("reports.Report", "validated_by", "declared_by", fate=Fate.UNNAMED)
    personal.holds("reports.ReportStep", "actor", fate=Fate.UNNAMED, what=_("Steps that you took in reports"))
    personal.holds("reports.Follow", "user", fate=Fate.GOES, mend=Mend.SELF, what=_("Reports that you follow"))
    personal.holds("reports.Note", "author", fate=Fate.UNNAMED, what=_("Internal notes that you wrote for your office"))
    personal.holds("reports.Reveal", "actor", fate=Fate.UNNAMED, what=_("Contacts that you looked at for your office"))
    personal.exports("reports", _("Reports that you filed"), _reports)
    personal.exports("steps", _("Steps that you took in reports"), _steps)
    personal.exports("following", _("Reports that you follow or support"), _following)
    personal.exports("notes", _("Internal notes that you wrote for your office"), _notes)
    personal.exports("looks", _("Contacts that you looked at for your office"), _looks)
    personal.uses(_reveals)
    personal.exports_files(_photos)
    personal.before_leaving(_withdraw)


def _withdraw(person: User, remove_content: bool) -> None:
    withdraw_reports(actor=person, unhandled=remove_content)


def _reports(person: User) -> Iterator[Row]:
    rows = Report.objects.filter(reporter=person).select_related("category", "region").order_by("created")
    phones = dict(Contact.objects.filter(report__reporter=person).exclude(phone="").values_list("report_id", "phone"))
    for report in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield {
            "number": report.number,
            "created": report.created,
            "category": report.category.name,
            "title": report.title,
            "description": report.description,
            "kelurahan": report.region.label,
            "rt": report.rt,
            "rw": report.rw,
            "landmark": report.landmark,
            "lat": report.lat,
            "lng": report.lng,
            "accuracy": report.accuracy,
            "at_home": report.at_home,
            "state": report.state,
            "public": report.public,
            "phone": phones.get(report.pk, ""),
        }


def _steps(person: User) -> Iterator[Row]:
    rows = ReportStep.objects.filter(actor=person).select_related("report").order_by("at", "pk")
    for step in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield {"report": step.report.number, "step": step.name, "at": step.at, "office": step.office, "text": step.text}


def _following(person: User) -> Iterator[Row]:
    for follow in Follow.objects.filter(user=person).select_related("report").order_by("created"):
        yield {"report": follow.report.number, "title": follow.report.title, "since": follow.created}


def _notes(person: User) -> Iterator[Row]:
    for note in Note.objects.filter(author=person).select_related("report").order_by("created"):
        yield {"report": note.report.number, "office": note.office, "text": note.text, "created": note.created}


def _looks(person: User) -> Iterator[Row]:
    for look in Reveal.objects.filter(actor=person).select_related("report").order_by("at"):
        yield {"report": look.report.number, "office": look.office, "reason": look.reason, "at": look.at}


def _photos(person: User) -> Iterator[File]:
    """The photos of one's own reports, as they are shown: the originals' metadata is not kept."""
    uses = ReportPhoto.objects.filter(report__reporter=person, use=PhotoUse.BEFORE).select_related("photo", "report")
    for use in uses.order_by("report__created", "position"):
        photo: Photo = use.photo
        if photo.large:
            yield f"foto/{use.report.number}-{use.position}.jpg", partial(photo.large.open, "rb")


def _reveals(person: User, limit: int | None) -> Iterator[Use]:
    rows = Reveal.objects.filter(report__reporter=person).select_related("report").order_by("-at", "-pk")
    for look in rows[:limit]:
        yield Use(
            at=look.at,
            what=_("How you can be reached was looked at"),
            office=look.office,
            why=_("to handle your report"),
            about=look.report.number,
            oneself=look.actor_id == person.pk,
        )
