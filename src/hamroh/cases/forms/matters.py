"""Forms of a legal matter: one thing each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.cases.models import DeadlineState, DispatchWay, HearingState, MatterKind, Result, StepState
from hamroh.kernel.matters import Term
from hamroh.web.texts import pick

_DAY = {"type": "date"}
NO_DAY = {"invalid": _("Write the day as year-month-day, such as 2026-11-30.")}
WORDS, LINE = 2000, 200
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)
COUNTRIES = [("TJ", _("Tajikistan")), ("AZ", _("Azerbaijan"))]
#: where debtors and relatives are; a way abroad is looked up for these
ABROAD = [
    ("RU", _("Russia")), ("KZ", _("Kazakhstan")), ("TJ", _("Tajikistan")), ("AZ", _("Azerbaijan")), ("UZ", _("Uzbekistan")),
    ("KG", _("Kyrgyzstan")), ("BY", _("Belarus")), ("UA", _("Ukraine")), ("TR", _("Türkiye")), ("EU", _("European Union")),
    ("US", _("United States")),
]  # fmt: skip
#: a paper of which nothing is known
NOT_YET = "not_yet"
PAPERS = [
    (NOT_YET, pgettext_lazy("paper", "Not yet")), ("here", pgettext_lazy("paper", "Here")),
    ("asked", pgettext_lazy("paper", "Asked for")), ("none", pgettext_lazy("paper", "Cannot be had")),
]  # fmt: skip


UNITS = {"days": _("In days"), "months": _("In months"), "years": _("In years")}
#: no law has a longer period; what is longer was mistyped
LONGEST = {"days": 3660, "months": 120, "years": 75}


class Day(forms.DateField):
    """A day within the life of our files; ``to_come`` where it may still be ahead."""

    def __init__(self, *, label: Any, to_come: bool = True, **options: Any) -> None:
        self.to_come = to_come
        widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, error_messages=NO_DAY, **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(_("Check the year of this day."))
        if value and not self.to_come and value > (timezone.now() + dt.timedelta(hours=14)).date():
            raise forms.ValidationError(_("This day has not come yet."))


def _line(label: Any, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=LINE, required=False, widget=widget, **options)


def _words(label: Any, *, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=WORDS, required=required, widget=widget, **options)


class NewMatter(forms.Form):
    kind = forms.ChoiceField(label=_("What is it about?"), choices=MatterKind.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("By the law of which country?"), choices=COUNTRIES, widget=forms.RadioSelect)


class StepDone(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it?"), widget=forms.RadioSelect,
        choices=[(StepState.DONE, StepState.DONE.label), (StepState.NOT_NEEDED, StepState.NOT_NEEDED.label)],
    )  # fmt: skip
    on = Day(label=_("On which day?"), to_come=False)
    words = _words(_("What is to be kept in mind?"))


class StepDecided(forms.Form):
    """What only she decides, after advice."""

    advised_on = Day(label=_("On which day was she told of the consequences?"), to_come=False)
    advice = _words(_("What was she told?"), required=True)
    wants = forms.ChoiceField(
        label=_("What does she want?"), widget=forms.RadioSelect,
        choices=[("yes", StepState.WANTED.label), ("no", StepState.UNWANTED.label)],
    )  # fmt: skip
    said = _words(_("In her words"), required=True)


class Court(forms.Form):
    court = _line(_("Court or office"))
    number = _line(_("Number there"))
    judge = _line(_("Judge or officer"))
    costs = _words(_("Costs: duty, experts, journeys, and who paid"))


class PaperState(forms.ChoiceField):
    """What became of a paper; one that is not told of is not there yet."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or NOT_YET)


class Papers(forms.Form):
    """A state for each paper that the matter asks for."""

    def __init__(self, *args: Any, lines: Iterable[tuple[str, Mapping[str, str], str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, state in lines:
            label = pick(name, get_language() or "en").text
            self.fields[code] = PaperState(label=label, choices=PAPERS, initial=state or NOT_YET)

    @property
    def told(self) -> dict[str, str]:
        """The papers of which something is known."""
        return {code: state for code, state in self.cleaned_data.items() if state != NOT_YET}


class End(forms.Form):
    result = forms.ChoiceField(label=_("What did she get?"), choices=Result.choices, widget=forms.RadioSelect)
    on = Day(label=_("On which day?"), to_come=False)
    words = _words(_("How did it end?"))


class Count(forms.Form):
    """From which day a term is counted; ``unit`` is that of its period."""

    base = Day(label=_("On which day was this?"))

    def __init__(self, *args: Any, event: Mapping[str, str], unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].help_text = pick(event, get_language() or "en").text
        self.unit = unit


class CountStated(Count):
    """The same for a lawyer, who may state the period where nobody has seen it."""

    value = forms.IntegerField(
        label=_("The period, as you state it"), min_value=1, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    article = _line(_("Act and article that you stand on"))
    field_order = ["base", "value", "article"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = UNITS[self.unit]

    def clean_value(self) -> int | None:
        value: int | None = self.cleaned_data["value"]
        if value and value > LONGEST[self.unit]:
            raise forms.ValidationError(_("This is longer than any period of a law. Check the number."))
        return value

    def clean(self) -> dict[str, Any]:
        value, article = self.cleaned_data.get("value"), self.cleaned_data.get("article")
        if bool(value) != bool(article) and "value" not in self.errors:
            missing = "article" if value else "value"
            self.add_error(missing, _("A period stands with its act and article, or not at all."))
        return self.cleaned_data


class WhichTerm(forms.Form):
    """Which term of the law is counted."""

    def __init__(self, *args: Any, terms: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        choices = [(term.code, f"{pick(term.rule.names, lang).text}: {pick(term.event, lang).text}") for term in terms]
        choices.append(("own", str(_("A reminder of our own"))))
        self.fields["term"] = forms.ChoiceField(label=_("Which day?"), choices=choices, widget=forms.RadioSelect)


class Reminder(forms.Form):
    due = Day(label=_("On which day?"))
    words = _words(_("What is to be done?"), required=True)


class Settle(forms.Form):
    state = forms.ChoiceField(choices=[(state, state.label) for state in (DeadlineState.DONE, DeadlineState.DROPPED)])


class NewHearing(forms.Form):
    """When and where; the clock is that of the organisation."""

    on = Day(label=_("On which day?"))
    at = forms.TimeField(
        label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 10:30.")},
    )  # fmt: skip
    court = _line(_("Court or office"))
    room = _line(_("Court room"))
    words = _words(_("What to bring, what was said"))


class ChangeHearing(NewHearing):
    state = forms.ChoiceField(label=_("What became of it?"), choices=HearingState.choices, widget=forms.RadioSelect)
    field_order = ["state", "on", "at", "court", "room", "words"]


class NewDispatch(forms.Form):
    way = forms.ChoiceField(label=_("Sent or received?"), choices=DispatchWay.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("To or from which country?"), choices=ABROAD)
    on = Day(label=_("On which day?"), to_come=False)
    whom = _line(_("Which authority?"))
    number = _line(_("Number there"))
    words = _words(_("Which papers?"))
    alarm = Day(
        label=_("Until when may they be silent?"), required=False,
        help_text=_("On this day you are reminded to ask. It is our own day: no law sets it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        on, alarm = self.cleaned_data.get("on"), self.cleaned_data.get("alarm")
        if on and alarm and alarm <= on:
            self.add_error("alarm", _("Choose a day after the one on which it was sent."))
        return self.cleaned_data


class Way(forms.Form):
    """From which country to which a judgment goes."""

    origin = forms.ChoiceField(label=_("From which country?"), choices=COUNTRIES)
    to = forms.ChoiceField(label=_("To which country?"), choices=ABROAD)
