"""The form by which somebody asks for the bulletin."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.web.texts import pick

_SALT = "bulletins.ask"
#: seconds between the form and its sending: nobody types an address faster, and a form lies open a day at most
FASTEST, OLDEST = 2, 86_400
_LANGUAGES = [("en", "English"), ("az", "Azərbaycanca"), ("ru", "Русский"), ("tg", "Тоҷикӣ")]


def stamp() -> str:
    """The moment at which a form was made, so that nobody can set it back."""
    return signing.dumps(int(time.time()), salt=_SALT)


class AskForm(forms.Form):
    to = forms.ChoiceField(label=_("Whose bulletin?"), widget=forms.RadioSelect)
    address = forms.EmailField(
        label=_("Your e-mail address"), max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One that only you read."),
        error_messages={"required": _("Write your e-mail address."), "invalid": _("This is no e-mail address.")},
    )  # fmt: skip
    lang = forms.ChoiceField(label=pgettext_lazy("bulletin", "In which language?"), choices=_LANGUAGES)
    #: people do not see it and leave it empty
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    made = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, houses: list[Organisation], lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.code, str(pick(each.names, lang) or each.code)) for each in houses]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["to"].widget, self.fields["to"].initial = forms.HiddenInput(), choices[0][0]
        self.fields["lang"].initial, self.fields["made"].initial = lang, stamp()

    def clean_address(self) -> str:
        """What mail travels by is plain letters before the @; signs that a letter's head is made of never pass."""
        typed = str(self.cleaned_data["address"])
        if not typed.isascii() or any(sign in typed for sign in "\r\n,;<>\"'()"):
            raise forms.ValidationError(said("This is no e-mail address."))
        return typed

    def clean(self) -> dict[str, Any]:
        try:
            since = time.time() - float(signing.loads(self.cleaned_data.get("made", ""), salt=_SALT, max_age=OLDEST))
        except signing.BadSignature:
            since = 0
        if since < FASTEST:
            raise forms.ValidationError(said("Please look through what you wrote and send it once more."))
        return self.cleaned_data

    def once_more(self) -> "AskForm":
        """What was typed stays; a stamp that was not ours is made anew, so that sending it again helps."""
        if self.non_field_errors():
            again: Any = self.data.copy()  # type: ignore[attr-defined]  # what was posted is a QueryDict
            again["made"] = self.fields["made"].initial
            self.data = again
        return self

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))
