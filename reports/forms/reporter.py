from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from photos.models import Photo
from reports.forms.plain import PlainField

TEXT_LIMIT = 4000


class WordsForm(forms.Form):
    """What the reporter says besides the click: a sentence, photos, or both; the service asks for one of them."""

    text = PlainField(
        label=_("In your words"),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("That is %(show_value)d characters; at most %(limit_value)d fit. Shorten it a little.")
        },
    )
    # The files themselves go to the photos app; here stands what it refused.
    photos = forms.Field(required=False, widget=forms.FileInput)
    seen = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # Those that have arrived: a form that is refused shows them again.
    sent_photos: Sequence[Photo] = ()

    @cached_property
    def batch_id(self) -> UUID:
        """The batch of the photos; a new one where the form came without."""
        found = getattr(self, "cleaned_data", {}).get("batch")
        return found if isinstance(found, UUID) else uuid4()

    def photo_ids(self) -> list[UUID]:
        """Photos that were sent before the form, as far as the ids can be read."""
        found = []
        for text in self.data.getlist("photo_ids")[:20]:  # type: ignore[attr-defined]  # bound to a QueryDict
            try:
                found.append(UUID(text))
            except ValueError:
                continue
        return found


class SwitchForm(forms.Form):
    """On or off, so that a retry is harmless."""

    on = forms.BooleanField(required=False)
