"""Forms of a day of advice: the plan, one talk in codes, and what the evening says."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.cases.models import TOPICS
from hamroh.fieldwork.models import Said

_OFF = {"autocomplete": "off"}


class ADay(forms.Form):
    place = forms.ChoiceField(label=_("District"))
    spot = forms.CharField(
        label=_("Where exactly?"), max_length=200, widget=forms.TextInput(attrs=_OFF),
        help_text=_("Such as: the hall of the school. It is sealed, because who is seen there is not far."),
    )  # fmt: skip
    on_date = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    people = forms.MultipleChoiceField(label=_("Who goes?"), required=False, widget=forms.CheckboxSelectMultiple)
    form = forms.ChoiceField(
        label=_("Which form is filled for a first talk?"), required=False,
        help_text=_("It is filled without a line, and sent when there is one."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, places: Sequence[Any], people: Sequence[Any], choices: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "–"), *places]  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        self.fields["form"].choices = [("", _("none of them")), *choices]  # type: ignore[attr-defined]


class ATalk(forms.Form):
    topic = forms.ChoiceField(label=_("What was it about?"), choices=TOPICS)
    said = forms.MultipleChoiceField(
        label=_("What was said?"), choices=Said.choices, widget=forms.CheckboxSelectMultiple
    )


class Evening(forms.Form):
    words = forms.CharField(
        label=_("Why does it not agree?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, **_OFF}),
        help_text=_("No names. Empty where everything agrees."),
    )  # fmt: skip
