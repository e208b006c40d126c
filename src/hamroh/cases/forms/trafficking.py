"""Forms of trafficking in a case: who is asked about, one group of questions, what followed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.casework import NO_DAY, Dated, words
from hamroh.cases.forms.safety import SAID
from hamroh.cases.models import Aid, As, Basis
from hamroh.kernel.trafficking import Tool

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINE, LONGEST = 200, 365
Choices = Sequence[tuple[str, Any]]
#: what who states a length says of it
LACKS = {"days": _("Say how many days."), "article": _("Say in which act and article that stands.")}
AGES = [
    ("adult", pgettext_lazy("age", "18 or older")),
    ("child", pgettext_lazy("age", "under 18")),
    ("unknown", _("Perhaps under 18: counts as a child until it is known")),
]


class OfPerson(forms.Form):
    """Something about one person of the case."""

    person = forms.ChoiceField(
        label=_("About whom is it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose about whom it is.")}
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class BeginAsking(OfPerson):
    age = forms.ChoiceField(
        label=_("How old was this person when it happened?"), choices=AGES, widget=forms.RadioSelect
    )


class Group(forms.Form):
    """The questions of one group; any may be left open."""

    def __init__(self, *args: Any, tool: Tool, group: str, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in tool.of(group):
            label = each.texts.get(lang) or each.texts["en"]
            self.fields[each.code] = forms.ChoiceField(
                label=label, choices=SAID, required=False, widget=forms.RadioSelect
            )

    def answers(self) -> dict[str, str]:
        return {code: said for code, said in self.cleaned_data.items() if said}


class NewIdentified(OfPerson, Dated):
    """People identified somebody; answers alone never do."""

    by = forms.CharField(label=_("Who identified this person?"), max_length=LINE)
    as_ = forms.ChoiceField(label=_("As what?"), choices=As.choices, widget=forms.RadioSelect)
    grounds = words(_("On what grounds?"), required=True)
    words = words(_("Anything to add?"))
    field_order = ("person", "by", "on_date", "as_", "grounds", "words")


class NewRecovery(OfPerson, Dated):
    """From where the length is known decides what else is asked."""

    basis = forms.ChoiceField(
        label=_("From where is its length known?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose from where its length is known.")},
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("How many days?"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("Where a lawyer states it."),
    )
    article = forms.CharField(
        label=_("Act and article"), required=False, max_length=LINE, help_text=_("Where a lawyer states it.")
    )
    last_date = forms.DateField(
        label=_("Until which day?"),
        required=False,
        widget=_DAY,
        error_messages=NO_DAY,
        help_text=_("Where a paper says it."),
    )
    words = words(_("Anything to add?"))
    field_order = ("person", "on_date", "basis", "last_date", "days", "article", "words")

    def __init__(self, *args: Any, may_state: bool, rule_days: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule_days = rule_days
        self.fields["on_date"].label = _("Since which day?")
        known = {Basis.RULE: rule_days is not None, Basis.STATED: may_state, Basis.PAPER: True}
        self.fields["basis"].choices = [(code, label) for code, label in Basis.choices if known[Basis(code)]]  # type: ignore[attr-defined]
        if not may_state:
            del self.fields["days"], self.fields["article"]

    def clean(self) -> dict[str, Any]:
        told, basis = self.cleaned_data, self.cleaned_data.get("basis")
        if basis == Basis.STATED:
            for name, lacks in LACKS.items():
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, lacks)
        if basis == Basis.PAPER and told.get("on_date") and "last_date" not in self.errors:
            self._check_last(told)
        return told

    def _check_last(self, told: dict[str, Any]) -> None:
        last = told.get("last_date")
        if last is None:
            self.add_error("last_date", _("Write the day that stands in the paper."))
        elif not told["on_date"] < last <= told["on_date"] + dt.timedelta(days=LONGEST):
            self.add_error("last_date", _("It ends after the day on which it begins, and within a year."))

    @property
    def length(self) -> int:
        """Days that count: the one on which it begins does not."""
        told = self.cleaned_data
        if told["basis"] == Basis.PAPER:
            return int((told["last_date"] - told["on_date"]).days)
        return int(told["days"] if told["basis"] == Basis.STATED else self.rule_days or 0)


class EndRecovery(forms.Form):
    words = words(_("How does it end? What does she want now?"), required=True)


class GiveHelp(OfPerson, Dated):
    kind = forms.ChoiceField(label=_("What is she given?"), choices=Aid.choices, widget=forms.RadioSelect)
    whom = forms.CharField(
        label=_("By whom?"), max_length=LINE, help_text=_("Names of the directory are offered. Never write an address here."),
        widget=forms.TextInput(attrs={"list": "helpers", "autocomplete": "off"}),
    )  # fmt: skip
    to_date = forms.DateField(
        label=_("Until which day, if it ended?"), required=False, widget=_DAY, error_messages=NO_DAY
    )
    words = words(_("Anything to add?"))
    field_order = ("person", "kind", "whom", "on_date", "to_date", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = _("Since which day?")

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("to_date") and told.get("on_date") and told["to_date"] < told["on_date"]:
            self.add_error("to_date", _("It ends before it begins. Check both days."))
        return told


class EndHelp(Dated):
    words = words(_("Anything to add?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = _("Until which day?")


class DecidePolice(Dated):
    """Advice first, then her decision."""

    advice = words(
        _("What was she told about what may follow?"), required=True,
        hint=_("That an investigation may begin and cannot be stopped at will, who will learn of it, how she is kept safe, and that help does not depend on it."),
    )  # fmt: skip
    wants = forms.ChoiceField(
        label=_("What does she decide?"), widget=forms.RadioSelect,
        choices=[("yes", _("The police is told")), ("no", _("The police is not told"))],
        error_messages={"required": _("Choose what she decides.")},
    )  # fmt: skip
    said = words(_("In her words"), required=True)
    alone = forms.BooleanField(
        label=_("She was asked alone, without hurry, and knows that she may change her mind."),
        error_messages={"required": _("Ask her alone first.")},
    )
    field_order = ("on_date", "advice", "wants", "said", "alone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].label = _("On which day was she told?")
