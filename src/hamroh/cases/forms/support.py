"""Forms of applications for support of the state: one thing each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.actions.deadlines import Stated
from hamroh.cases.actions.support import Filed, Said
from hamroh.cases.forms.casework import words
from hamroh.cases.forms.matters import LONGEST, UNITS, Day

LINE = 200
#: what is asked for where no rule is known
OTHER = "other"
Choices = Sequence[tuple[str, Any]]
_ANSWERS = ("granted", "refused", "silent")


def _line(label: Any, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=LINE, required=False, widget=widget, **options)


def _ask_on() -> Day:
    return Day(
        label=_("On which day do we ask, if nothing comes?"), required=False,
        help_text=_("On this day you are reminded to ask. It is our own day: no law sets it."),
    )  # fmt: skip


class NewApplication(forms.Form):
    """``support`` is one of the guide's, or something for which we know no rule."""

    support = forms.ChoiceField(
        label=_("What is asked for?"), widget=forms.RadioSelect,
        error_messages={"required": _("Write what is asked for.")},
    )  # fmt: skip
    asked = _line(
        _("What exactly?"), help_text=_("Needed where we know of no rule: as the office calls it. Promise her nothing.")
    )
    authority = forms.ChoiceField(label=_("Which office?"), required=False)
    office = _line(_("The office as it is called"), help_text=_("Where it is not in the list, or its desk."))

    def __init__(self, *args: Any, supports: Choices, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["support"].choices = [*supports, (OTHER, _("Something else: we know of no rule"))]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [("", _("It is not in the directory")), *offices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("support") == OTHER and not told.get("asked"):
            self.add_error("asked", _("Write what is asked for."))
        if "authority" not in self.errors and not told.get("authority") and not told.get("office"):
            self.add_error("office", _("Choose the office, or write what it is called."))
        return told

    def support_code(self) -> str:
        code: str = self.cleaned_data["support"]
        return "" if code == OTHER else code

    def told(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("asked", "authority", "office")}


class Papers(forms.MultipleChoiceField):
    """Papers that were handed in, by their codes."""

    widget = forms.CheckboxSelectMultiple


class HandIn(forms.Form):
    on = Day(label=_("On which day was it handed in?"), to_come=False)
    number = _line(_("Number there"))
    papers = Papers(label=_("Which papers were handed in?"), required=False)
    words = words(_("What is to be kept in mind?"))
    ask_on = _ask_on()

    def __init__(self, *args: Any, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = papers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        _after(self, "ask_on")
        return self.cleaned_data

    def filed(self) -> Filed:
        told = self.cleaned_data
        stated = Stated(told["value"], told["article"]) if told.get("value") else None
        return Filed(told["on"], told["number"], tuple(told["papers"]), told["words"], stated, told["ask_on"])


class HandInStated(HandIn):
    """The same for a lawyer, who may state the office's period under her name."""

    value = forms.IntegerField(
        label=_("The period for the answer, as you state it"), min_value=1, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), help_text=UNITS["days"],
    )  # fmt: skip
    article = _line(_("Act and article that you stand on"))
    field_order = ["on", "number", "papers", "words", "value", "article", "ask_on"]

    def clean_value(self) -> int | None:
        value: int | None = self.cleaned_data["value"]
        if value and value > LONGEST["days"]:
            raise forms.ValidationError(_("This is longer than any period of a law. Check the number."))
        return value

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if bool(told.get("value")) != bool(told.get("article")) and "value" not in self.errors:
            missing = "article" if told.get("value") else "value"
            self.add_error(missing, _("A period stands with its act and article, or not at all."))
        return told


class Answer(forms.Form):
    """What the office answered; ``states`` are those that may come now."""

    state = forms.ChoiceField(label=_("What did the office answer?"), widget=forms.RadioSelect)
    on = Day(label=_("On which day?"), to_come=False)
    amount = _line(_("The amount, as it is printed"), help_text=_("With its currency and for how long."))
    number = _line(_("Number of the answer"))
    words = words(_("What does it say? Why?"))

    def __init__(self, *args: Any, states: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [each for each in states if each[0] in _ANSWERS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("amount") and told.get("state") in ("refused", "silent"):
            self.add_error("amount", _("An amount belongs to what was granted."))
        return told

    def said(self) -> Said:
        return Said(self.cleaned_data["on"], {name: self.cleaned_data[name] for name in ("amount", "number", "words")})


class Contest(forms.Form):
    on = Day(label=_("On which day was it contested?"), to_come=False)
    where = _line(pgettext_lazy("support", "Before whom?"))
    number = _line(_("Number there"))
    words = words(_("Why is it contested?"), required=True)
    ask_on = _ask_on()

    def clean(self) -> dict[str, Any]:
        _after(self, "ask_on")
        return self.cleaned_data

    def said(self) -> Said:
        told = {name: self.cleaned_data[name] for name in ("where", "number", "words")}
        return Said(self.cleaned_data["on"], told, self.cleaned_data["ask_on"])


class Withdraw(forms.Form):
    on = Day(label=_("On which day?"), to_come=False)
    words = words(_("Why? In her words."), required=True)

    def said(self) -> Said:
        return Said(self.cleaned_data["on"], {"words": self.cleaned_data["words"]})


def _after(form: forms.Form, name: str) -> None:
    on: dt.date | None = form.cleaned_data.get("on")
    day: dt.date | None = form.cleaned_data.get(name)
    if on and day and day <= on:
        form.add_error(name, _("Choose a day after the one on which it was handed in."))
