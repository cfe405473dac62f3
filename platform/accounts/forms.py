from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.forms import AddEmailForm, ConfirmEmailVerificationCodeForm, ConfirmLoginCodeForm, LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import entry
from accounts.domain.nicknames import LONGEST
from accounts.models import Role, RoleAssignment, User
from accounts.queries import own_staff
from accounts.rules import is_admin
from core.errors import TOO_MANY, DomainError
from core.forms import CodeField
from places.models import Agency

_ADDRESS = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}

_ADDRESS_ERRORS = {
    "required": _("Write your e-mail address."),
    "invalid": _("This is not a whole e-mail address. It looks like this: name@example.com."),
}


class EntryForm(forms.Form):
    """One address; a code goes there."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs=_ADDRESS),
        error_messages=_ADDRESS_ERRORS,
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Lower case, and one turn of this address or device is taken."""
        email: str = self.cleaned_data["email"].lower()
        if not entry.take_turn(self.request, email):
            raise forms.ValidationError(DomainError(TOO_MANY).sentence, code=TOO_MANY)
        return email

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Called by allauth's view: send the code."""
        return entry.send_code(request, email=self.cleaned_data["email"], next_url=redirect_url or "")


class PasswordEntryForm(LoginForm):
    """Address and password, for who has set one."""

    def _setup_password_field(self) -> None:
        # allauth takes the field away where people sign up without a password.
        _prepare_address(self.fields["login"], _("E-mail address"))
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail."""

    code = CodeField()


class EmailCodeForm(ConfirmEmailVerificationCodeForm):
    """The same, for a new address of an account."""

    code = CodeField()


class AddressForm(AddEmailForm):
    """Another address for an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _prepare_address(self.fields["email"], _("New e-mail address"))


class ProfileForm(forms.Form):
    """What a person tells about themselves; only the nickname is public."""

    nickname = forms.CharField(
        label=_("Nickname"),
        # The rule knows the real bounds and says them in our words.
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": LONGEST}),
        help_text=_("Everybody sees this name beside what you write."),
        error_messages={"required": _("Write a nickname, for example Warga Melati.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only you see it. You may leave it empty."),
    )
    language = forms.ChoiceField(
        label=_("Language of pages and e-mails"), choices=[("id", "Bahasa Indonesia"), ("en", "English")]
    )


class PasswordForm(forms.Form):
    """A password beside the codes."""

    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words that do not belong together are good."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Checked by the site's password rules."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


def _prepare_address(field: forms.Field, label: str | Promise) -> None:
    field.label = label  # type: ignore[assignment]  # the stubs know a lazy text by another name
    field.widget.attrs = dict(_ADDRESS)
    field.error_messages |= _ADDRESS_ERRORS


class AppointForm(forms.ModelForm[RoleAssignment]):
    """An office and the person who gets it, in the staff area."""

    user = forms.CharField(
        label=_("Person"), max_length=254, help_text=_("The public nickname or the e-mail address of the account.")
    )

    class Meta:
        model = RoleAssignment
        fields = ("user", "role", "agency", "region", "title", "starts", "ends")
        help_texts = {
            "agency": _("For officers, section heads, agency officers and the province desk."),
            "region": _("For facilitators, moderators, admins and auditors."),
            "title": _("As the public reads it before the unit's name, e.g. Kasi Ekbang."),
            "ends": _("The first day on which the office no longer holds. Empty: until it is ended."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A year is the rule; somebody who wants less or more says so.
        self.fields["ends"].initial = timezone.localdate() + timedelta(days=365)

    def narrow(self, appointing: User) -> None:
        """A section head is asked for no more than there is to choose: the staff of the own unit."""
        if is_admin(appointing):
            return
        units, roles = own_staff(appointing)
        fields: dict[str, Any] = self.fields
        fields["agency"].help_text = ""
        fields["agency"].queryset = Agency.objects.filter(pk__in=[unit.pk for unit in units])
        fields["role"].choices = [(role, Role(role).label) for role in roles]
        del fields["region"]
        if len(units) == 1:
            fields["agency"].empty_label = None

    def clean_user(self) -> User:
        """The open account with this nickname or address."""
        typed = self.cleaned_data["user"].strip()
        found = User.objects.filter(Q(nickname__iexact=typed) | Q(email=typed.lower()), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has an account with this name or address. Ask them to sign in once."))
        return found

    def _post_clean(self) -> None:
        # Scope, days and who may do it are the service's to judge, with sentences of our own.
        return


class EndForm(forms.ModelForm[RoleAssignment]):
    """The day on which an office ends."""

    ends = forms.DateField(
        label=_("No longer from"), help_text=_("The first day on which the office no longer holds; today: at once.")
    )

    class Meta:
        model = RoleAssignment
        fields = ("ends",)

    def _post_clean(self) -> None:
        # The service changes the row; the form only brings the day.
        return
