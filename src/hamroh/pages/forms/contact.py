"""The form of a letter to an organisation, and how machines are told from people without anybody else's help."""

import re
import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.web.texts import pick

_FORGET = {"autocomplete": "off", "spellcheck": "false"}
_SALT = "pages.letter"
#: seconds between the form and the letter: nobody writes faster, and a form lies open a day at most
FASTEST, OLDEST = 4, 86_400
MOST_LINKS = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def stamp() -> str:
    """The moment at which a form was made, so that nobody can set it back."""
    return signing.dumps(int(time.time()), salt=_SALT)


def age(stamped: str) -> float | None:
    """Seconds since the form was made; None where the stamp is not ours or too old."""
    try:
        return time.time() - float(signing.loads(stamped, salt=_SALT, max_age=OLDEST))
    except signing.BadSignature:
        return None


class LetterForm(forms.Form):
    """What is written, a way to answer, and to whom where there are several."""

    to = forms.ChoiceField(label=pgettext_lazy("letter", "To"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Your letter"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8, **_FORGET}),
        help_text=gettext_lazy("Write no names, no address and nothing that you would not say on the telephone."),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )  # fmt: skip
    way_back = forms.CharField(
        label=gettext_lazy("How can we answer? A telephone number or an e-mail address that only you read."),
        max_length=200, required=False, widget=forms.TextInput(attrs=_FORGET),
    )  # fmt: skip
    #: people do not see it and leave it empty
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    made = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, houses: list[Organisation], lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.code, str(pick(each.names, lang) or each.code)) for each in houses]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["to"].widget = forms.HiddenInput()
            self.fields["to"].initial = choices[0][0]
        self.fields["made"].initial = stamp()

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if len(_LINK.findall(words)) > MOST_LINKS:
            raise forms.ValidationError(_("Letters with many links are not taken."))
        return words

    def clean(self) -> dict[str, Any]:
        since = age(self.cleaned_data.get("made", ""))
        if since is None or since < FASTEST:
            raise forms.ValidationError(_("Please look through your letter and send it once more."))
        return self.cleaned_data

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))
