"""The form by which a citizen files a report."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from photos.models import Photo
from places.models import Region
from reports import errors
from reports.domain.intake import fold, rt_number, rw_number, title_of, understand
from reports.forms.plain import PlainField
from reports.forms.where import Place, PlaceUnclearError, find_place
from reports.models import Category
from reports.queries.filing import categories
from reports.services import Filing

MOST_PHOTOS = 5
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LANDMARK = 120, 4000, 160
NOT_SURE = "lainnya"
NUMBER = re.compile(r"^0*[1-9][0-9]{0,2}$")
PHONE = re.compile(r"^\+?[0-9][0-9 ().-]{6,18}$")
STEPS = (
    ("description", "title", "category"),
    ("place", "region", "rt", "rw", "landmark", "at_home", "lat", "lng", "accuracy"),
    ("photos", "no_photo", "email", "phone"),
)


class CategorySelect(forms.Select):
    """A select whose options carry what the script draws: icon, everyday words, what is special."""

    def __init__(self, by_slug: dict[str, Category]) -> None:
        super().__init__()
        self.by_slug = by_slug

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option with its data attributes."""
        option = super().create_option(name, value, *args, **kwargs)
        category = self.by_slug.get(str(value))
        if category:
            option["attrs"] |= {
                "data-icon": category.icon,
                "data-words": "|".join(fold(word) for word in (*category.keyword_list, category.name)),
            }
            marks = {
                "data-emergency": category.emergency,
                "data-confidential": category.confidential,
                "data-no-photo": category.photo_optional,
            }
            option["attrs"] |= {mark: str(value) for mark, value in marks.items() if value}
        return option


def _hidden_text() -> forms.CharField:
    # Not type="hidden": what is kept on the phone as a draft is what a person could have typed.
    return forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))


class FilingForm(forms.Form):
    """What, where, photos and contact; every sentence stands beside its field."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    description = PlainField(
        label=_("What needs to be put right?"),
        help_text=_("A line is enough. Example: “Drain clogged at the end of the alley, water runs into houses.”"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "enterkeyhint": "enter"}),
        error_messages={
            "required": _("Tell in a sentence what needs to be put right."),
            "max_length": _("That is %(show_value)d characters; at most %(limit_value)d fit. Shorten the text."),
        },
    )
    title = PlainField(
        label=_("Title"),
        help_text=_("Empty: we take your first sentence."),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": _("That is %(show_value)d characters; at most %(limit_value)d fit. Shorten the title.")
        },
    )
    category = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose a category. “Other / not sure” is fine."),
            "invalid_choice": _("Choose a category from the list. “Other / not sure” is fine."),
        },
    )
    lat, lng, accuracy = _hidden_text(), _hidden_text(), _hidden_text()
    place = PlainField(
        label=_("Name of the kelurahan"),
        help_text=_("For example Slipi. Two words help: Menteng Dalam."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}),
    )
    region = PlainField(label=_("Which kelurahan?"), required=False, max_length=20)
    rt = PlainField(
        label="RT", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    rw = PlainField(
        label="RW", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    landmark = PlainField(
        label=_("Landmark"),
        help_text=_("What can be seen from there? For example: in front of warung Bu Tini."),
        required=False,
        max_length=LONGEST_LANDMARK,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": _("That is %(show_value)d characters; at most %(limit_value)d fit. Shorten it a little.")
        },
    )
    at_home = forms.BooleanField(
        label=_("This is at my home: blur the spot"),
        help_text=_("The public sees the spot only to about 30 metres. Officers see it exactly."),
        required=False,
    )
    photos = forms.Field(label=_("Photos"), required=False)
    no_photo = forms.BooleanField(label=_("This cannot be photographed"), required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": _("This is not a whole e-mail address. It looks like this: name@example.com."),
            "max_length": _("This address is too long. Check it, or leave it empty."),
        },
    )
    phone = PlainField(
        label=_("Phone number"),
        help_text=_("Only for questions of the officer. Every look at it is recorded."),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(
        self,
        *args: Any,
        guest: bool,
        photos: Sequence[Photo] = (),
        refusals: Sequence[DomainError] = (),
        guesses: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        """
        Args:
            guest: whether a contact is asked for.
            photos: those that have arrived for this form.
            refusals: of photos that came with the form and could not be taken.
            guesses: slugs of categories to offer first.
        """
        super().__init__(*args, **kwargs)
        self.sent_photos, self.photo_refusals = list(photos), list(refusals)
        self.region_choices: tuple[Region, ...] = ()
        self.chosen_place: Place | None = None
        self.by_slug = {category.slug: category for category in categories()}
        self.guesses = [slug for slug in guesses if slug in self.by_slug]
        field = self.fields["category"]
        field.widget = CategorySelect(self.by_slug)
        field.choices = self._choices()  # type: ignore[attr-defined]  # the stubs know only Field here
        if not guest:
            del self.fields["email"], self.fields["phone"]

    def _choices(self) -> list[tuple[Any, Any]]:
        def row(category: Category) -> tuple[str, str]:
            confidential = _("%(name)s (confidential)") % {"name": category.name}
            return category.slug, confidential if category.confidential else category.name

        groups = groupby(self.by_slug.values(), key=lambda category: category.group)
        listed: list[tuple[Any, Any]] = [(str(group), [row(one) for one in its]) for group, its in groups]
        guessed = [row(self.by_slug[slug]) for slug in self.guesses]
        first = [(_("From your words"), guessed)] if guessed else []
        return [("", _("Choose…")), *first, *listed]

    # --- What each field makes of what was typed
    def clean_category(self) -> Category:
        """The category itself."""
        return self.by_slug[self.cleaned_data["category"]]

    def clean_rt(self) -> str:
        """Three digits; empty stays empty."""
        return rt_number(self._number("rt", _("Write the RT as a number, for example 4 or 004.")))

    def clean_rw(self) -> str:
        """Two digits; empty stays empty."""
        return rw_number(self._number("rw", _("Write the RW as a number, for example 6 or 06.")))

    def _number(self, name: str, sentence: Any) -> str:
        typed: str = re.sub(rf"^{name}\W*", "", self.cleaned_data[name], flags=re.IGNORECASE)
        if typed and not (NUMBER.match(typed) and len(typed) <= 4):
            raise forms.ValidationError(sentence)
        return typed.lstrip("0")

    def clean_phone(self) -> str:
        """Digits with a plus sign, as typed."""
        phone: str = self.cleaned_data["phone"]
        if phone and not PHONE.match(phone):
            raise forms.ValidationError(_("Write the number with digits, for example 0812 3456 7890."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Place and photos, which take several fields together."""
        self._read_rt_rw()
        self._clean_place()
        self._clean_photos()
        return self.cleaned_data

    def _read_rt_rw(self) -> None:
        """Who wrote RT and RW in the text does not have to write them again."""
        if self.cleaned_data.get("rt") == "" == self.cleaned_data.get("rw"):
            understood = understand(self.cleaned_data.get("description", ""), {})
            self.cleaned_data |= {"rt": understood.rt, "rw": understood.rw}

    def _clean_place(self) -> None:
        texts = {name: self.cleaned_data.get(name, "") for name in ("lat", "lng", "accuracy", "place", "region")}
        try:
            self.chosen_place = find_place(
                lat=texts["lat"],
                lng=texts["lng"],
                accuracy=texts["accuracy"],
                code=texts["region"],
                name=texts["place"],
            )
        except PlaceUnclearError as unclear:
            self.region_choices = unclear.choices
            self.add_error("region" if unclear.choices else "place", unclear.sentence)
        else:
            self.region_choices = (self.chosen_place.region,)

    def _clean_photos(self) -> None:
        for refusal in self.photo_refusals:
            self.add_error("photos", refusal.sentence)
        category = self.cleaned_data.get("category")
        if len(self.sent_photos) > MOST_PHOTOS:
            self.add_error("photos", DomainError(errors.PHOTO_TOO_MANY, most=MOST_PHOTOS).sentence)
            return
        optional = self.cleaned_data.get("no_photo") or (category is not None and category.photo_optional)
        if not (optional or self.sent_photos or self.photo_refusals):
            self.add_error("photos", _("Add at least one photo, or tick “This cannot be photographed”."))

    # --- For the page
    @property
    def category_now(self) -> Category | None:
        """The category that is chosen on the page as it is shown."""
        return self.by_slug.get(str(self["category"].value() or ""))

    @property
    def region_now(self) -> str:
        """The code of the kelurahan that is chosen on the page as it is shown."""
        chosen = self.chosen_place.region.code if self.chosen_place else ""
        return chosen or str(self["region"].value() or "")

    @property
    def step_now(self) -> int:
        """The step that is open first: the first one with an error, from 1."""
        return next((number for number, names in enumerate(STEPS, 1) if any(n in self.errors for n in names)), 1)

    def filing(self) -> Filing:
        """What the service takes; only when the form is valid."""
        data, where = self.cleaned_data, self.chosen_place
        assert where is not None  # noqa: S101  a valid form has a place
        return Filing(
            client_key=data["client_key"],
            category=data["category"],
            title=data["title"] or title_of(data["description"]) or data["category"].name,
            description=data["description"],
            region=where.region,
            rt=data["rt"],
            rw=data["rw"],
            landmark=data["landmark"],
            lat=where.lat,
            lng=where.lng,
            accuracy=where.accuracy,
            at_home=data["at_home"],
            photos=self.sent_photos,
            email=data.get("email", ""),
            phone=data.get("phone", ""),
        )

    def says_the_same(self, title: str, description: str) -> bool:
        """Whether the form tells what a stored report tells: then it is the same one, sent again."""
        return bool(self.cleaned_data.get("description") == description and (self.data.get("title") or title) == title)


def key_in(value: Any) -> uuid.UUID | None:
    """A key as a form sent it; None when it is none."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None
