"""Who tells, what she allows, and that she takes it back."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hamroh.archive import words
from hamroh.directory.forms.fields import TextsField
from hamroh.kernel.consented import Scope

_CUT = re.compile(r"((?:\d+:)?\d{1,2}:\d{2})\s*[-–]\s*((?:\d+:)?\d{1,2}:\d{2})(?:\s+(.*))?")


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class VoiceForm(forms.Form):
    """A narrator. Her name is sealed as soon as it is saved."""

    name = forms.CharField(
        label=_("Her own name"),
        max_length=200,
        help_text=_("It is sealed. You will not see it again; a supervisor may open it."),
    )
    contact = forms.CharField(
        label=_("How she is reached"), max_length=300, required=False, help_text=_("Sealed, too.")
    )
    pseudonyms = TextsField(
        label=_("What she is called in public"),
        help_text=_("A name that she chose, or what she is: “a teacher from the valley”."),
    )
    own_names = TextsField(
        label=_("Her own name in public"),
        required=False,
        help_text=_("Only if she wants it; it is shown once her consent says so."),
    )


class ConsentForm(forms.Form):
    """One answer of a narrator, for everything from now on."""

    scopes = forms.MultipleChoiceField(
        label=_("What she allows"), choices=[(scope.value, title) for scope, title in words.SCOPES.items()], widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    given = forms.DateField(label=_("Given on"), initial=timezone.localdate, widget=_calendar())
    until = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Empty: until she takes it back."), widget=_calendar()
    )
    names_her = forms.BooleanField(label=_("She wants to be called by her own name"), required=False)
    cuts = forms.CharField(
        label=_("Parts that are shut"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: 2:10-3:05. Shut for everybody online, for quotations and for lessons; with the word “catalogue” after it, for the description, too."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language she was asked in"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )
    words = forms.CharField(
        label=_("What she said, and to whom"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed."),
    )
    paper = forms.FileField(
        label=_("The signed paper, or the recording of her consent"), required=False, help_text=_("Sealed, too.")
    )

    def clean_cuts(self) -> list[dict[str, Any]]:
        return [_cut(line.strip()) for line in self.cleaned_data["cuts"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("until") and told.get("given") and told["until"] < told["given"]:
            self.add_error("until", gettext("It would end before it was given."))
        if told.get("given") and told["given"] > timezone.localdate():
            self.add_error("given", gettext("This day is yet to come."))
        return told


def milliseconds(clock: str) -> int:
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total * 1000


def _cut(line: str) -> dict[str, Any]:
    found = _CUT.fullmatch(line)
    if found is None:
        raise ValidationError(gettext("Write a part like this: 2:10-3:05"))
    start, end = milliseconds(found[1]), milliseconds(found[2])
    if end <= start:
        raise ValidationError(gettext("A part has to end after it begins."))
    everywhere = [Scope.CATALOGUE] if (found[3] or "").strip().lower() == "catalogue" else []
    return {"start": start, "end": end, "scopes": [*everywhere, Scope.ONLINE, Scope.QUOTE, Scope.TEACH]}


class WithdrawForm(forms.Form):
    """She takes it back; what becomes of the words and the recording is hers to say, too."""

    what = forms.ChoiceField(
        label=_("What does she want?"), widget=forms.RadioSelect,
        choices=[
            ("close", _("Nothing may be public any more. We keep it closed.")),
            ("erase", _("Erase it: recording, pictures, words, names. Nothing can be brought back.")),
        ],
    )  # fmt: skip
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
