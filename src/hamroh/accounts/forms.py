"""Forms of the door: one question each, answers that say what to do and never which half was wrong."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Membership, Role, User

WRONG = _("User name and password do not fit together. Check both and try again.")
TOO_MANY = _(
    "Too many tries. Wait a few minutes. A passkey works at once, and so does a device on which you signed in before."
)
WRONG_CODE = _("The code does not fit, or was used before. Wait for the next one and type it again.")
WRONG_PASSKEY = _("The passkey was not accepted. Try again, or choose another way.")
WRONG_PASSWORD = _("This is not your password. Type it again.")
UNIT = re.compile(r"^[a-z]{2}(-[a-z0-9]+)*$")


class SignIn(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username webauthn"})
    )
    password = forms.CharField(
        label=pgettext_lazy("door", "Password"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class Code(forms.Form):
    """A code of the app, or one of the printed ones."""

    code = forms.CharField(
        label=_("Code"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class Password(forms.Form):
    """The password that one has."""

    password = forms.CharField(
        label=_("Your password"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class Click(forms.Form):
    """Nothing to type."""


class Address(forms.Form):
    """Where letters with a link go."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class PasskeyName(forms.Form):
    """What the person calls the passkey."""

    name = forms.CharField(
        label=_("What do you call it?"), max_length=60, required=False,
        help_text=_("Such as: my phone, the blue key."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class NewPassword(forms.Form):
    """A new password, typed once and shown on request by the browser."""

    password = forms.CharField(
        label=pgettext_lazy("door", "New password"), strip=False, max_length=256,
        help_text=_("At least 15 characters. Four or five words that you make up are good and easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            password_validation.validate_password(password, self.user)
        return password


class Accept(NewPassword):
    """A new account by an invitation."""

    display_name = forms.CharField(
        label=_("Your name, as colleagues see it"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.SlugField(
        label=_("User name"), max_length=60, help_text=_("Letters and digits, without spaces. You sign in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"invalid": _("Use only letters of the Latin alphabet, digits, hyphen and underscore.")},
    )  # fmt: skip
    field_order = ["display_name", "username", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False
        self.fields["password"].label = pgettext_lazy("door", "Password")

    def clean(self) -> dict[str, Any]:
        """The password is weighed against the names that she has just chosen."""
        given = self.cleaned_data
        if given.get("password") and "username" in given and "display_name" in given:
            self._weigh(given["password"], User(username=given["username"], display_name=given["display_name"]))
        return given

    def _weigh(self, password: str, user: User) -> None:
        try:
            password_validation.validate_password(password, user)
        except forms.ValidationError as fault:
            self.add_error("password", fault)

    def clean_password(self) -> str:
        return str(self.cleaned_data["password"])

    def clean_username(self) -> str:
        username = str(User.normalize_username(self.cleaned_data["username"])).lower()
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Somebody has this user name. Choose another one."))
        return username


class Forgot(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )


class RoleFields(forms.Form):
    """Which role, where, until when."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices], widget=forms.Select)
    area = forms.CharField(
        label=_("Only in these places"), required=False, max_length=400,
        help_text=_("Keys of places as in the directory, with a comma between them. Empty: everywhere."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Role ends on"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day. Empty: until it is ended."),
    )  # fmt: skip

    def clean_area(self) -> tuple[str, ...]:
        keys = tuple(key for key in re.split(r"[,\s]+", self.cleaned_data["area"].strip().lower()) if key)
        wrong = [key for key in keys if not UNIT.match(key)]
        if wrong:
            raise forms.ValidationError(_("This is no key of a place: %(key)s"), params={"key": wrong[0]})
        return keys

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day is not None and day < timezone.now().date():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last day."""
        day = self.cleaned_data["until"]
        return datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone()) if day else None

    @classmethod
    def of(cls, membership: Membership) -> "RoleFields":
        until = membership.expires_at.date() if membership.expires_at else None
        return cls(initial={"role": membership.role, "area": ", ".join(membership.area), "until": until})


class Invite(RoleFields):
    for_whom = forms.CharField(
        label=_("For whom?"), max_length=120, help_text=_("The person's name. She chooses her user name herself.")
    )
    field_order = ["for_whom", "role", "area", "until"]


def say(form: forms.Form, fault: str | Promise, field: str | None = None) -> None:
    """Put a fault above the form, or beside one field."""
    form.add_error(field, str(fault))
