"""Forms of mediation and of living together again: one thing each."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.casework import NO_DAY, Dated, Timed, words
from hamroh.cases.models import Kept, WishAnswer
from hamroh.cases.states import MediationLife

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINE = 200
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
Choices = Sequence[tuple[str, Any]]


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LINE, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options
    )


def _yes_no(label: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, **options)


class BeginMediation(forms.Form):
    whom = _line(_("With whom?"))
    mediator = _line(_("Who mediates?"))
    wants = words(_("What does she want from it? In her words."), required=True)
    matter = forms.ChoiceField(label=_("Which matter does it belong to?"), required=False)
    told = forms.BooleanField(
        label=_("She was asked alone. She knows that she need not come, and that she may stop at any moment."),
        error_messages={"required": _("Ask her alone first, and tell her that she may stop at any moment.")},
    )

    def __init__(self, *args: Any, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [("", _("To none")), *matters]  # type: ignore[attr-defined]


class WriteWish(Dated):
    """Her writing, among the evidence or copied in words."""

    evidence = forms.ChoiceField(label=_("Which paper is it?"), required=False)
    words = words(
        _("What did she write?"), hint=_("Word for word. It may stay empty where the paper is among the evidence.")
    )

    def __init__(self, *args: Any, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = _("Which day does it bear?")
        self.fields["evidence"].choices = [("", _("It is not among the evidence")), *papers]  # type: ignore[attr-defined]


class AnswerWish(forms.Form):
    answer = forms.ChoiceField(label=_("Do you sign?"), choices=WishAnswer.choices, widget=forms.RadioSelect)
    words = words(
        _("Why? And what keeps her safe before, during and after it?"), required=True,
        hint=_("Speak with her alone first. Ask whether anybody told her to ask for it."),
    )  # fmt: skip


class HoldSession(Timed):
    present = _line(_("Who was there?"))
    words = words(_("What was said?"))
    field_order = ["on_date", "minutes", "present", "words"]


class AgreeTerm(forms.Form):
    who = _line(_("Who does it?"))
    what = words(_("What was agreed?"), required=True)
    due_date = forms.DateField(
        label=_("Until when, if there is a day?"), required=False, widget=_DAY, error_messages=NO_DAY,
        help_text=_("A task reminds you on that day."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_date"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day


class SettleTerm(forms.Form):
    kept = forms.ChoiceField(label=_("Was it done?"), choices=Kept.choices, widget=forms.RadioSelect)
    words = words(_("Anything to add?"))


class EndMediation(forms.Form):
    state = forms.ChoiceField(
        label=_("How did it end?"), widget=forms.RadioSelect,
        choices=[(name, MediationLife.states[name].label) for name in MediationLife.moves(MediationLife.initial)],
    )  # fmt: skip
    words = words(_("Anything to add?"))


class BeginTogether(Dated):
    whom = _line(_("With whom?"))
    wants = words(_("What does she say about it? In her words."), required=True)
    field_order = ["on_date", "whom", "wants"]


class MakeCheck(forms.Form):
    """Whether she can talk now comes first: where she cannot, nothing more is asked."""

    talks = _yes_no(_("Can she talk now, alone and unheard?"))
    together = _yes_no(_("Do they still live together?"), required=False)
    violence = _yes_no(_("Was there violence or a threat since they came together?"), required=False)
    words = words(pgettext_lazy("check", "What does she say?"))

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("talks") == "yes":
            for name in ("together", "violence"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Ask her this, too."))
        return told


class Part(Dated):
    words = words(_("Anything to add?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = _("Since which day do they live apart?")
