"""The questions of the alimony page; browsers are asked to remember none of it, and a fault says what to write instead."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.kernel.owed import CURRENCIES, MOST_CHILDREN, Told

ADULT = 18  # only children under this age are asked for; until when he owes it is the law's to say
_YEARS = 60
_MONTH = re.compile(r"([0-9]{1,2})[\s.,/-]+([0-9]{4})")
_SUM = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_FORGET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
MONEY = (
    ("TJS", pgettext_lazy("money", "somoni")),
    ("AZN", pgettext_lazy("money", "manat")),
    ("RUB", pgettext_lazy("money", "Russian rubles")),
    ("KZT", pgettext_lazy("money", "tenge")),
    ("TRY", pgettext_lazy("money", "Turkish lira")),
    ("USD", pgettext_lazy("money", "US dollars")),
    ("EUR", pgettext_lazy("money", "euros")),
)


class _NumbersField(forms.CharField):
    """Numbers with points or commas that may be left empty; ``fault`` says how they are written."""

    fault: Any

    def __init__(self, *, label: Any, **more: Any) -> None:
        widget = forms.TextInput(attrs={**_FORGET, "inputmode": "decimal"})
        faults = {"max_length": self.fault, "null_characters_not_allowed": self.fault}
        super().__init__(label=label, required=False, max_length=20, widget=widget, error_messages=faults, **more)


class MonthField(_NumbersField):
    """A month as ``5.2014``: its first day, or None; never one that is still to come."""

    fault = _("Write the month and the year in numbers, like 5.2014.")

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found, today = _MONTH.fullmatch(text), timezone.localdate()
        if not found or not 1 <= int(found[1]) <= 12 or int(found[2]) < today.year - _YEARS:
            raise forms.ValidationError(self.fault)
        month = dt.date(int(found[2]), int(found[1]), 1)
        if month > today:
            raise forms.ValidationError(_("This month is still to come."))
        return month


class SumField(_NumbersField):
    """A sum of money from nought on, or None."""

    fault = _("Write a sum in numbers, like 1200 or 1200.50.")

    def clean(self, value: Any) -> Any:
        text = re.sub(r"\s", "", super().clean(value))
        if not text:
            return None
        if not (found := _SUM.fullmatch(text)):
            raise forms.ValidationError(self.fault)
        return Decimal(f"{found[1]}.{found[2] or 0}")


class OwedForm(forms.Form):
    """Births of the children, his income, since when too little comes, and what came."""

    i = SumField(
        label=_("How much does he earn a month?"),
        help_text=_("As far as you know. Leave it empty if you do not know, or if he has no work."),
    )
    c = forms.ChoiceField(
        label=_("In which money?"),
        choices=MONEY,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of these.")),
    )
    s = MonthField(
        label=_("Since which month does he send nothing, or too little?"),
        help_text=_("Month and year in numbers, like 5.2014."),
    )
    p = SumField(label=_("How much has he sent since then, all together?"), help_text=_("In the same money."))

    def __init__(self, data: Any = None, *, state: str) -> None:
        super().__init__(data, initial={"c": CURRENCIES[state]}, auto_id="q_%s")
        self.state = state
        for number in range(1, MOST_CHILDREN + 1):
            label = _("Child %(number)s: born in") % {"number": number}
            self.fields[f"b{number}"] = MonthField(label=label)
        self.fields["b1"].required = True
        self.fields["b1"].error_messages["required"] = _("Write when the child was born, like 5.2014.")
        self.order_fields(name for name in sorted(self.fields) if name.startswith("b"))

    @property
    def births(self) -> list[forms.BoundField]:
        return [self[f"b{number}"] for number in range(1, MOST_CHILDREN + 1)]

    def clean(self) -> dict[str, Any]:
        """Children who are grown up are not counted here; an income of nothing is one that is not known."""
        today = timezone.localdate()
        for field in self.births:
            born = self.cleaned_data.get(field.name)
            if born and (today.year - born.year) * 12 + today.month - born.month >= ADULT * 12:
                self.add_error(field.name, _("Only children under 18. For one who is older, ask a lawyer."))
        if self.cleaned_data.get("i") == 0:
            self.add_error("i", _("Leave this empty if he earns nothing or you do not know."))
        return self.cleaned_data

    def told(self) -> Told:
        """What a valid form tells."""
        given = self.cleaned_data
        births = tuple(given[field.name] for field in self.births if given[field.name])
        return Told(self.state, births, given["c"], given["i"], given["s"], given["p"] or Decimal("0.00"))
