"""Forms of the work on a case: each asks for one thing that happened or is to happen."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.actions import Done
from hamroh.cases.models import CLINICAL, TOPICS, AgeBand, Discipline, Domain, Help, Outcome, Place

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_ROWS = {"rows": 3}
WORDS = 4000
NO_DAY = {"invalid": _("Write the day as year-month-day, such as 2026-11-30.")}
#: a day of work in minutes, and how far back something may be written down
LONGEST, FURTHEST = 24 * 60, dt.timedelta(days=3660)


def words(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=WORDS, help_text=hint, widget=forms.Textarea(attrs=_ROWS)
    )


class Dated(forms.Form):
    """Something that happened, at the latest ``today``."""

    on_date = forms.DateField(label=_("On which day?"), widget=_DAY, error_messages=NO_DAY)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["on_date"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come. Write what happened until today."))
        if day < self.today - FURTHEST:
            raise forms.ValidationError(_("This day is long ago. Check the year."))
        return day


class Timed(Dated):
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def done(self) -> Done:
        told = self.cleaned_data
        return Done(on_date=told["on_date"], minutes=told["minutes"], words=told.get("words", ""))


class MoveOn(forms.Form):
    """Why a case moves; ``seen`` is the state it was in on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    words = words(_("Why? In a sentence."))

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = asks


class NewNeed(forms.Form):
    domain = forms.ChoiceField(label=_("What is it about?"), choices=Domain.choices, widget=forms.RadioSelect)
    goal = words(
        _("What does she want? In her words."),
        hint=_("It can be written later: then she needs it, and the plan comes."),
    )
    due_date = forms.DateField(
        label=_("Until when, if there is a day?"), required=False, widget=_DAY, error_messages=NO_DAY
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("due_date") and not told.get("goal"):
            self.add_error("goal", _("A day belongs to a goal: write what she wants."))
        return told


class Goal(forms.Form):
    goal = words(_("What does she want? In her words."), required=True)
    due_date = forms.DateField(
        label=_("Until when, if there is a day?"), required=False, widget=_DAY, error_messages=NO_DAY
    )


class WhatBecame(forms.Form):
    outcome = forms.ChoiceField(label=_("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect)
    words = words(_("Anything to add?"))


class GiveService(Timed):
    kind = forms.ChoiceField(label=_("What was done for her?"), choices=Help.choices, widget=forms.RadioSelect)
    need = forms.ChoiceField(label=_("For which goal?"), required=False)
    words = words(_("Anything to add?"))
    field_order = ["kind", "need", "on_date", "minutes", "words"]

    def __init__(self, *args: Any, needs: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [("", _("For none in particular")), *needs]  # type: ignore[attr-defined]


class Met(Timed):
    place = forms.ChoiceField(label=_("Where?"), choices=Place.choices, widget=forms.RadioSelect)
    present = forms.CharField(label=_("Who else was there?"), required=False, max_length=300)
    words = words(_("What was said?"))
    field_order = ["place", "on_date", "minutes", "present", "words"]


class WriteNote(Dated):
    """``disciplines`` are those for which the writer may write, ``people`` those of the case."""

    discipline = forms.ChoiceField(
        label=_("What kind of note?"), widget=forms.RadioSelect,
        help_text=_("A note of the psychologist or of health opens to nobody outside that discipline, not even to a supervisor."),
    )  # fmt: skip
    about = forms.ChoiceField(label=_("About whom?"), required=False)
    words = words(pgettext_lazy("note", "The note"), required=True)
    field_order = ["discipline", "about", "on_date", "words"]

    def __init__(self, *args: Any, disciplines: list[str], people: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(value, label) for value, label in Discipline.choices if value in disciplines]
        self.fields["discipline"].choices = known  # type: ignore[attr-defined]
        self.fields["about"].choices = people  # type: ignore[attr-defined]
        if not set(CLINICAL) & set(disciplines):
            self.fields["discipline"].help_text = ""


class PlaceCase(forms.Form):
    """The district of a case, or that it is not known."""

    district = forms.ChoiceField(
        label=_("Her district"), required=False, help_text=_("For who answers for it, and for counts without names."),
    )  # fmt: skip

    def __init__(self, *args: Any, districts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", _("Not known yet")), *districts]  # type: ignore[attr-defined]


class HandTask(forms.Form):
    """Something to do until a day, for one of those who read the case."""

    words = forms.CharField(
        label=_("What is to be done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only who does it can read it."),
    )  # fmt: skip
    assignee = forms.ChoiceField(label=_("Who does it?"))
    due_date = forms.DateField(label=_("Until when?"), widget=_DAY, error_messages=NO_DAY)

    def __init__(self, *args: Any, today: dt.date, people: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["assignee"].choices = people  # type: ignore[attr-defined]

    def clean_due_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_date"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day


class NewDay(Dated):
    place = forms.CharField(label=_("Which village?"), max_length=120)
    field_order = ["place", "on_date"]


class GiveAdvice(Timed):
    topic = forms.ChoiceField(label=_("What did she ask about?"), choices=TOPICS, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(label=_("How old?"), choices=AgeBand.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Where?"), choices=Place.choices)
    words = words(_("What did you advise?"), hint=_("Without names: this belongs to no case."))
    field_order = ["topic", "age_band", "place", "on_date", "minutes", "words"]


class Tap(forms.Form):
    """One more, or one less."""

    topic = forms.ChoiceField(choices=TOPICS)
    age = forms.ChoiceField(choices=AgeBand.choices)
    by = forms.TypedChoiceField(choices=[(1, "+1"), (-1, "-1")], coerce=int, empty_value=None, required=False)


class Hand(forms.Form):
    """To whom cases go."""

    owner = forms.ChoiceField(label=_("Give them to"))

    def __init__(self, *args: Any, people: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]
