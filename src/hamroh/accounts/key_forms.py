"""Forms of one's own key."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import User

WRONG_PASSPHRASE = _("This is not the passphrase of your key. Type it again.")
NO_SUCH_PASSKEY = _("This passkey does not open your key. Take another one, or your passphrase.")
TOO_MANY_TRIES = _("Too many tries. Wait five minutes. A passkey that opens your key works at once.")


def _line(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=256, widget=widget, **more)


class Open(forms.Form):
    """The passphrase of one's own key. Its name is its own, so that it can travel beside another form's fields."""

    own_key_passphrase = _line(_("Passphrase of your key"), "off")


class NewPassphrase(forms.Form):
    """A passphrase, twice, since nobody can set a forgotten one anew."""

    passphrase = _line(
        _("New passphrase"), "off",
        help_text=_("At least 15 characters, and not your password. Five words that you make up are good."),
    )  # fmt: skip
    again = _line(_("The same once more"), "off")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        password_validation.validate_password(passphrase, self.user)
        if self.user.check_password(passphrase):
            raise forms.ValidationError(
                _("This is your password. Choose another one here: who learns the one must not have the other.")
            )
        return passphrase

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "passphrase" in given and "again" in given and given["passphrase"] != given["again"]:
            self.add_error("again", _("The two are not alike. Type the passphrase once more."))
        return given


class ChangePassphrase(NewPassphrase):
    """Another passphrase for the same key."""

    old = _line(_("Your passphrase until now"), "off")
    field_order = ["old", "passphrase", "again"]


class MakeAnew(NewPassphrase):
    """A new key in the place of one that no longer opens."""

    sure = forms.BooleanField(
        label=_("I know: records that only my old key opened stay shut until two recovery papers are typed in.")
    )
