"""Forms of an act of violence: who told of it and when, one question, a mistake."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.casework import Dated, words
from hamroh.cases.forms.dates import PartialDateField
from hamroh.cases.forms.trafficking import OfPerson
from hamroh.kernel.incidents import UNSAID, Question, span
from hamroh.web.texts import pick

BOTH = _("Choose what was done, or that she does not wish to say: not both.")


class BeginIncident(OfPerson, Dated):
    happened = PartialDateField(
        label=_("When did it happen?"),
        help_text=_("As far as she knows: 2026, 03.2026 or 14.03.2026. It may be left open."),
    )
    field_order = ("person", "happened", "on_date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("To whom did it happen?")
        self.fields["on_date"].label = _("On which day did she tell of it?")

    def clean(self) -> dict[str, Any]:
        told, days = self.cleaned_data, span(self.cleaned_data.get("happened"))
        on: dt.date | None = told.get("on_date")
        if days and on and days[0] > on:
            self.add_error("happened", _("She told of it before it happened. Check both days."))
        return told


class Answer(forms.Form):
    """One question; it may be left open, and she may not wish to say."""

    def __init__(self, *args: Any, question: Question, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        choices = [(code, pick(texts, lang).text) for code, texts in question.answers.items()]
        choices += [(UNSAID, str(pgettext_lazy("incident", "She does not wish to say")))]
        kind: Any = forms.MultipleChoiceField if question.many else forms.ChoiceField
        widget: Any = forms.CheckboxSelectMultiple if question.many else forms.RadioSelect
        self.fields["said"] = kind(
            label=pick(question.texts, lang).text, choices=choices, required=False, widget=widget,
            help_text=pick(question.hint, lang).text if question.hint else "",
        )  # fmt: skip

    def clean_said(self) -> list[str]:
        told = self.cleaned_data["said"]
        said = list(told) if self.question.many else [told] if told else []
        if UNSAID in said and len(said) > 1:
            raise forms.ValidationError(BOTH)
        return said


class SetAside(forms.Form):
    words = words(_("Why? In a sentence."), required=True)
