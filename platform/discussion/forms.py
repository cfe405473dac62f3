from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from discussion.domain.cases import Decision, Reason
from discussion.domain.kinds import LONGEST, OF_CITIZENS, Kind
from discussion.models import KIND_LABELS, REASON_CHOICES, ThreadComment
from discussion.services import Verdict
from photos.models import Photo

# Longer than a comment, so that the rule itself says by how much.
ROOM = 20_000


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where it is only shown. An empty form that was sent is one."""
    return request.POST if request.method == "POST" else None


class TextForm(forms.Form):
    """A comment's text; the service says what is wrong with it."""

    text = forms.CharField(
        label=_("Your comment"),
        strip=False,
        max_length=ROOM,
        widget=forms.Textarea(attrs={"rows": 4, "data-count": str(LONGEST)}),
        error_messages={
            "required": _("Nothing is written yet. Write at least one word."),
            "max_length": _("This is far too long to be read. Shorten it to what matters most."),
            "null_characters_not_allowed": _("Something in this text cannot be read. Type it again."),
        },
    )


class CommentForm(TextForm):
    """A new comment."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, KIND_LABELS[kind]) for kind in OF_CITIZENS],
        initial=Kind.INFORMATION.value,
        error_messages={
            "required": _("Choose one of the kinds in the list."),
            "invalid_choice": _("Choose one of the kinds in the list."),
        },
    )
    above = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    for_office = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # The files themselves go to the photos app; here stands what it refused.
    photos = forms.Field(required=False, widget=forms.FileInput)
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)

    sent_photos: Sequence[Photo] = ()

    def __init__(
        self, *args: Any, above: ThreadComment | None = None, office: RoleAssignment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.replied_to, self.office = above, office
        if not self.is_bound:
            self.initial.update(client_key=uuid4(), batch=uuid4(), above=above.pk if above else None)
            self.initial.update(for_office=office is not None)
        self.fields["kind"].required = not (above or office)
        if above:
            self.fields["text"].label = _("Your reply")
        if office:
            self.fields["text"].label = _("Answer of the office")

    @property
    def key(self) -> UUID:
        """The key of this form; a new one where it came without."""
        found = self.cleaned_data.get("client_key")
        return found if isinstance(found, UUID) else uuid4()

    def photo_ids(self) -> list[UUID]:
        """Photos that were sent before the form, as far as the ids can be read."""
        found = []
        for text in self.data.getlist("photo_ids")[:5]:  # type: ignore[attr-defined]  # bound to a QueryDict
            with contextlib.suppress(ValueError):
                found.append(UUID(text))
        return found

    @property
    def chosen_kind(self) -> Kind:
        """Why somebody writes."""
        return Kind(self.cleaned_data.get("kind") or Kind.INFORMATION)


class FlagForm(forms.Form):
    """Why a moderator should look."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=REASON_CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is wrong with it."),
            "invalid_choice": _("Choose what is wrong with it."),
        },
    )


class AppealForm(forms.Form):
    """Why it should stay."""

    plea = forms.CharField(
        label=_("Why should it stay?"),
        max_length=1000,
        help_text=_("Another moderator reads this together with your comment and decides for good."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write why it should stay, in a sentence or two."),
            "max_length": _("This is too long. Use at most 1,000 characters."),
        },
    )


class VerdictForm(forms.Form):
    """What a moderator decides."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(Decision.SHOWN.value, _("Everybody may read it")), (Decision.HIDDEN.value, _("Hide it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Only when it is hidden")), *REASON_CHOICES],
        required=False,
        error_messages={"invalid_choice": _("Choose a reason out of the list.")},
    )
    sentence = forms.CharField(
        label=_("To the author"),
        required=False,
        max_length=500,
        help_text=_("Needed when it is hidden. What is wrong, and how could it be said instead?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("This is too long. Use at most 500 characters.")},
    )
    lock = forms.BooleanField(label=_("Close the thread: nobody can answer there any more"), required=False)
    mute_hours = forms.TypedChoiceField(
        label=_("The author may write again"),
        choices=[(0, _("at once")), (24, _("after a day")), (72, _("after three days")), (168, _("after a week"))],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose a time out of the list.")},
    )

    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def verdict(self) -> Verdict:
        """What was filled in."""
        chosen = self.cleaned_data
        return Verdict(
            decision=Decision(chosen["decision"]),
            reason=Reason(chosen["reason"]) if chosen["reason"] else None,
            sentence=chosen["sentence"],
            lock=chosen["lock"],
            mute_hours=chosen["mute_hours"] or 0,
            seen=chosen["seen"],
        )


class SwitchForm(forms.Form):
    """On or off, so that a retry is harmless."""

    on = forms.BooleanField(required=False)
