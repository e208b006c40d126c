"""Forms of records that come and leave as files, and of words that may leave."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases import parcels
from hamroh.cases.models import Lock
from hamroh.tracing.actions.passing import Wish
from hamroh.tracing.models import Pool

LONGEST = 1000
_OFF = {"autocomplete": "off"}
PARTS = [
    ("names", pgettext_lazy("passed on", "Father’s name and other spellings")),
    ("born", pgettext_lazy("passed on", "Year of birth")), ("sex", pgettext_lazy("passed on", "Sex")),
    ("place", pgettext_lazy("passed on", "Home district or village")),
]  # fmt: skip


class RecordsIn(forms.Form):
    """A file of the People Finder Interchange Format for a list."""

    file = forms.FileField(
        label=_("The file"), help_text=_("PFIF 1.1 to 1.4, XML, at most 20,000 people and 20 MB."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )  # fmt: skip
    sign = forms.CharField(
        label=_("How do we know that these people agreed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, **_OFF}),
        help_text=_("The format says nothing of consent. Write who confirmed it to us, how, and on which day."),
        error_messages={"required": _("Without it nobody of the file can be taken in.")},
    )  # fmt: skip

    def __init__(self, *args: Any, needs_sign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_sign:
            del self.fields["sign"]


def _others(house: Organisation, names: Sequence[tuple[Organisation, str]]) -> list[tuple[str, str]]:
    return [(str(each.pk), name) for each, name in names if each.pk != house.pk]


class Whom(forms.Form):
    """To which other organisation."""

    to = forms.ChoiceField(
        label=_("To which organisation?"), error_messages={"required": _("Choose the organisation.")}
    )

    def __init__(
        self, *args: Any, house: Organisation, houses: Sequence[tuple[Organisation, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.houses = {str(each.pk): each for each, _name in houses}
        self.fields["to"].choices = [("", _("Choose")), *_others(house, houses)]  # type: ignore[attr-defined]

    @property
    def organisation(self) -> Organisation:
        return self.houses[self.cleaned_data["to"]]


class Ask(Whom):
    """What is passed on, what for, and how it is locked."""

    words = forms.CharField(
        label=_("What for, and on what agreement?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A second person reads it before many are let go."),
        error_messages={"required": _("Say in a sentence what for, and what was agreed.")},
    )  # fmt: skip
    office_phone = forms.ChoiceField(
        label=_("The office’s telephone in the file"), required=False,
        help_text=_("Only telephones of our entry in the public directory. Nobody’s own number leaves."),
    )  # fmt: skip
    locked_by = forms.ChoiceField(
        label=_("How is it locked?"), choices=Lock.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say how it is locked.")},
    )  # fmt: skip
    recipient = forms.CharField(
        label=_("The recipient’s key"), required=False, max_length=80,
        help_text=_("It begins with age1. Leave it empty for a password."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, phones: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", pgettext_lazy("telephone", "none")), *((each, each) for each in phones)]
        self.fields["office_phone"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("locked_by") == Lock.KEY:
            try:
                parcels.recipient(str(self.cleaned_data.get("recipient", "")))
            except parcels.NoRecipient:
                self.add_error(
                    "recipient", _("This is no key of age: it begins with age1. Ask the recipient for it anew.")
                )
        return self.cleaned_data

    def wish(self, pool: Pool | None) -> Wish:
        told = self.cleaned_data
        return Wish(
            to=self.organisation, words=told["words"], locked_by=told["locked_by"], pool=pool, office_phone=told["office_phone"],
            recipient=told["recipient"].strip() if told["locked_by"] == Lock.KEY else "",
        )  # fmt: skip


class Agreed(Whom):
    """That somebody on a list agreed to be passed on."""

    parts = forms.MultipleChoiceField(
        label=_("What may be told, besides the name?"),
        choices=PARTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sign = forms.CharField(
        label=_("How did he agree to it?"), max_length=120, widget=forms.TextInput(attrs=_OFF),
        help_text=_("By word, by signature, before whom."), error_messages={"required": _("Write how he agreed.")},
    )  # fmt: skip


class Described(forms.Form):
    words = forms.CharField(
        label=_("How may he be recognised?"), min_length=10, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Height, scars, a way of speaking. No place where he may be, no telephone, nothing of whoever asks."),
        error_messages={"min_length": _("Say a little more: at least 10 characters.")},
    )  # fmt: skip


class Printed(forms.Form):
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
