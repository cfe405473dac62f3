"""The small form of one step: just the fields that the step's needs ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.formats import long_date
from photos.models import Photo
from places import services as places
from places.domain import geo
from places.errors import BAD_POSITION
from places.models import Agency
from places.queries import holidays, province_desk, region_by_code
from reports import errors
from reports.domain import numbers
from reports.domain.deadlines import DayDoubt, doubts_about, is_plannable, latest_plannable
from reports.domain.replies import is_unchanged
from reports.domain.workflow import Need, Step, hand_over_goes_to_desk
from reports.forms.desk import SIZES, grouped
from reports.forms.plain import PlainField
from reports.models import Category, ReplyTemplate, Report
from reports.queries.desk_choices import (
    kelurahan_choices,
    other_categories,
    outside_owners,
    templates_for,
    unit_choices,
)
from reports.queries.lifeline import KNOWN_BECAUSE, REFUSED_BECAUSE
from reports.services.needs import TEXT_LENGTH, Inputs

CHOOSE = ("", _("Choose …"))
# Corrections are told by themselves; every other step may say something to the public.
SILENT = {"move_pin", "recategorise"}
TEXT_LABELS = {
    "accept_proof": _("Why do you accept the photos in spite of the doubt?"),
    "reject_proof": _("What is missing, and what does the photo have to show?"),
}
AGAINST_THE_DAY = {
    DayDoubt.WEEKEND: _("%(day)s is not a working day."),
    DayDoubt.HOLIDAY: _("%(day)s is a public holiday."),
    DayDoubt.AFTER_DUE: _("It comes after the promised day, %(due)s."),
}
# What to say beside an empty field.
MISSING = {
    "text": errors.TEXT_MISSING,
    "reason": errors.REASON_MISSING,
    "basis": errors.BASIS_MISSING,
    "unit": errors.UNIT_MISSING,
    "outside": errors.OUTSIDE_MISSING,
    "day": errors.DATE_MISSING,
    "category": errors.CATEGORY_MISSING,
}


class StepForm(forms.Form):
    """What an officer fills in for a step.

    Args (beside those of a form):
        report: with category, region and unit.
        step: of the table.
        near: open reports nearby that this one may repeat.
        template: the reply template to start from.
        photos: those that were uploaded for this form.
    """

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        report: Report,
        step: Step,
        near: list[Report],
        template: ReplyTemplate | None = None,
        photos: list[Photo] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.step, self.near = report, step, near
        # Not "photos": a template would find the field of that name first.
        self.sent_photos = photos or []
        self.templates = templates_for(report, step.name) if step.name not in SILENT else []
        self._agencies: dict[str, Agency] = {}
        self._categories: dict[str, Category] = {}
        for need in step.needs:
            ADD[need](self)
        if step.name == "validate":
            self.fields["size"] = forms.ChoiceField(
                label=_("How large is the work?"), choices=SIZES, initial=report.size, widget=forms.RadioSelect
            )
        if step.name not in SILENT:
            self._add_text(template)
        for name, refusal in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = DomainError(refusal, length=TEXT_LENGTH).sentence

    # --- fields ---------------------------------------------------------------------------------
    def _add_text(self, template: ReplyTemplate | None) -> None:
        self.fields["text"] = PlainField(
            label=TEXT_LABELS.get(self.step.name, _("For the reporter and everybody")),
            required=Need.TEXT in self.step.needs,
            max_length=4000,
            initial=template.text if template else "",
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Public, in the name of your office. Write as you would say it at the counter."),
        )

    def _add_reason(self) -> None:
        choices = [(code, label) for code, (label, _next) in REFUSED_BECAUSE.items()]
        self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=[CHOOSE, *choices])

    def _add_basis(self) -> None:
        choices = [(code, label) for code, (label, _told) in KNOWN_BECAUSE.items()]
        self.fields["basis"] = forms.ChoiceField(
            label=_("How do you know that it is true?"),
            choices=choices,
            widget=forms.RadioSelect,
            help_text=_("Everybody reads it."),
        )

    def _add_unit(self) -> None:
        if self.goes_to_desk:
            return
        groups = unit_choices(self.report, self.step.name)
        self._agencies = {unit.code: unit for _title, units in groups for unit in units}
        choices = [(str(title), [(unit.code, unit.name) for unit in units]) for title, units in groups]
        # The routing table's answer stands first.
        first = groups[0][1][0].code if groups and groups[0][1] and self.step.name != "hand_over" else ""
        self.fields["unit"] = forms.ChoiceField(label=_("Office"), choices=[CHOOSE, *choices], initial=first)

    def _add_outside(self) -> None:
        owners = outside_owners()
        self._agencies = {owner.code: owner for owner in owners}
        choices = [CHOOSE, *((owner.code, owner.name) for owner in owners)]
        self.fields["outside"] = forms.ChoiceField(label=_("Responsible owner"), choices=choices)

    def _add_original(self) -> None:
        if self.near:
            choices = [(other.number, f"{other.spoken_number} · {other.title}") for other in self.near]
            self.fields["original_near"] = forms.ChoiceField(
                label=_("Is it one of these nearby?"), choices=choices, widget=forms.RadioSelect, required=False
            )
        self.fields["original"] = forms.CharField(
            label=_("Number of the earlier report"),
            max_length=20,
            required=False,
            help_text=_("For example K7M2-9QXD."),
        )

    def _add_day(self) -> None:
        today = timezone.localdate()
        limits = {"min": today.isoformat(), "max": latest_plannable(today).isoformat()}
        self.fields["day"] = forms.DateField(
            label=_("Day of the work"),
            initial=self.report.scheduled_for,
            widget=forms.DateInput(attrs={"type": "date", **limits}, format="%Y-%m-%d"),
            help_text=_("The whole work is promised for %(due)s.") % {"due": long_date(self.report.due)},
        )

    def _check_day(self, day: date) -> None:
        """A day that is unusual is taken only when it was asked for knowingly; another day is asked about anew."""
        today = timezone.localdate()
        if not is_plannable(day, today) or self.data.get("day_anyway") == day.isoformat():
            return
        doubts = doubts_about(day, self.report.due, today, holidays())
        if not doubts:
            return
        self.fields["day_anyway"] = forms.BooleanField(
            label=_("Schedule it for %(day)s all the same") % {"day": long_date(day)},
            required=False,
            widget=forms.CheckboxInput(attrs={"value": day.isoformat()}, check_test=lambda value: False),
        )
        self.order_fields(["day", "day_anyway"])
        known = {"day": long_date(day), "due": long_date(self.report.due)}
        told = [str(AGAINST_THE_DAY[doubt]) % known for doubt in doubts]
        self.add_error("day", " ".join([*told, gettext("Choose another day, or say below that it is meant so.")]))

    def _add_photos(self) -> None:
        # Drawn by the upload component; here so that a refusal has its field.
        self.fields["photos"] = forms.Field(label=_("Photo after the work"), required=False)

    def _add_place(self) -> None:
        self.fields["place"] = forms.ChoiceField(
            label=_("Kelurahan"), choices=[CHOOSE, *kelurahan_choices()], initial=self.report.region.code
        )
        for name, label, value in (
            ("lat", _("Latitude"), self.report.lat),
            ("lng", _("Longitude"), self.report.lng),
        ):
            shown = "" if value is None else f"{value:.6f}"
            # Text, not a number field: the point of a coordinate must not become a comma.
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=20,
                initial=shown,
                widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
            )

    def _add_category(self) -> None:
        rows = other_categories(self.report)
        self._categories = {row.slug: row for row in rows}
        self.fields["category"] = forms.ChoiceField(label=_("Category"), choices=[CHOOSE, *grouped(rows)])

    # --- cleaning -------------------------------------------------------------------------------
    @property
    def goes_to_desk(self) -> bool:
        """Whether this hand-over is the third one, which goes to the province desk."""
        return self.step.name == "hand_over" and hand_over_goes_to_desk(self.report.hand_overs)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Each reason with what the reporter is told to do next."""
        return [(str(label), str(after)) for label, after in REFUSED_BECAUSE.values()]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        started = ReplyTemplate.objects.values_list("text", flat=True) if text else ()
        if is_unchanged(text, started):
            raise forms.ValidationError(DomainError(errors.TEMPLATE_UNCHANGED).sentence)
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "place" in self.fields and given.get("place"):
            self._clean_position(given)
        if given.get("day"):
            self._check_day(given["day"])
        return given

    def _clean_position(self, given: dict[str, Any]) -> None:
        """Both numbers or none; and they lie in the chosen kelurahan."""
        try:
            given["region"] = region_by_code(given["place"])
            position = given["position"] = read_position(given.get("lat", ""), given.get("lng", ""))
            if position:
                located = places.locate(*position)
                if not located.indicative and given["region"] not in located.candidates:
                    text = _("This spot lies in %(found)s. Choose that kelurahan, or correct the numbers.")
                    self.add_error("place", text % {"found": located.candidates[0].full_label})
        except DomainError as error:
            self.add_error("place" if error.field == "place" else "lat", error.sentence)

    def inputs(self) -> Inputs:
        """What the step gets."""
        given = self.cleaned_data
        return Inputs(
            text=given.get("text", ""),
            reason=given.get("reason") or given.get("basis", ""),
            unit=province_desk() if self.goes_to_desk else self._agencies.get(given.get("unit", "")),
            outside=self._agencies.get(given.get("outside", "")),
            original=self._original(given.get("original") or given.get("original_near") or ""),
            day=given.get("day"),
            photos=self.sent_photos,
            region=given.get("region"),
            position=given.get("position"),
            category=self._categories.get(given.get("category", "")),
            size=given.get("size", ""),
            # A form that does not say what it saw saw nothing.
            seen=-1 if given.get("seen") is None else given["seen"],
        )

    def _original(self, number: str) -> Report | None:
        return Report.objects.filter(number=numbers.tidy(number)).first() if number else None


def read_position(lat: str, lng: str) -> tuple[float, float] | None:
    """Two typed numbers as a position; a comma is read as a point.

    Raises:
        DomainError: bad_position, also when one of the two is missing.
    """
    if not lat.strip() and not lng.strip():
        return None
    try:
        position = float(lat.replace(",", ".")), float(lng.replace(",", "."))
    except ValueError:
        raise DomainError(BAD_POSITION, field="lat") from None
    if not geo.is_position(*position):
        raise DomainError(BAD_POSITION, field="lat")
    return position


def _nothing(form: StepForm) -> None:
    """The text has its own place at the end of every form."""


ADD: dict[Need, Callable[[StepForm], None]] = {
    Need.TEXT: _nothing,
    Need.TEXT_OR_PHOTO: _nothing,
    Need.REASON: StepForm._add_reason,
    Need.BASIS: StepForm._add_basis,
    Need.UNIT: StepForm._add_unit,
    Need.OUTSIDE: StepForm._add_outside,
    Need.ORIGINAL: StepForm._add_original,
    Need.DATE: StepForm._add_day,
    Need.PHOTO: StepForm._add_photos,
    Need.PLACE: StepForm._add_place,
    Need.CATEGORY: StepForm._add_category,
}
