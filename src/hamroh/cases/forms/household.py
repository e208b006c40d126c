"""The form of a household and of what comes to it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.dates import PartialDateField, as_typed
from hamroh.kernel.households import Remittance

CURRENCIES = [(code, code) for code in ("RUB", "TJS", "AZN", "USD", "EUR", "KZT", "UZS")]
OFTEN = [
    ("", _("Not known yet")), ("12", pgettext_lazy("often", "Every month")), ("6", pgettext_lazy("often", "Every second month")),
    ("4", pgettext_lazy("often", "Four times a year")), ("2", pgettext_lazy("often", "Twice a year")),
    ("1", pgettext_lazy("often", "Once a year")), ("0", pgettext_lazy("often", "Nothing ever came")),
]  # fmt: skip


class Household(forms.Form):
    """Who lives in the house, who decides there, and what money came from abroad."""

    members = forms.MultipleChoiceField(
        label=_("Who of the case lives in the house?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.IntegerField(
        label=_("How many others live there?"), required=False, min_value=0, max_value=60,
        error_messages={"invalid": _("Write a whole number."), "min_value": _("Write 0 or more."), "max_value": _("Write at most 60.")},
    )  # fmt: skip
    head = forms.CharField(
        label=_("Who decides in the house?"), required=False, max_length=120,
        help_text=_("Such as: mother-in-law. No name is needed."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Whose house is it, and in which village?"), required=False, max_length=200,
        help_text=_("Write no street and no house number here."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("How much came each time?"), required=False, min_value=0, max_value=Decimal(999999999), decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), localize=False,
        error_messages={
            "invalid": _("Write an amount in digits, such as 3000."), "min_value": _("Write 0 or more."),
            "max_value": _("This is more than anybody sends. Check the amount."),
            "max_decimal_places": _("Write at most two digits after the point."),
        },
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("In which currency?"), choices=CURRENCIES, required=False)
    often = forms.ChoiceField(label=_("How often?"), choices=OFTEN, required=False)
    stopped = PartialDateField(
        label=_("Since when does nothing come any more?"),
        help_text=_("A month and its year, such as 02.2026. Leave it empty if money still comes."),
    )
    rate = forms.DecimalField(
        label=_("How much of this currency is one US dollar?"), required=False, min_value=Decimal("0.0001"),
        max_value=Decimal(1000000), decimal_places=4, localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write a rate in digits, such as 90.5."), "min_value": _("A rate is more than 0."),
            "max_value": _("This rate is too high. Check it."), "max_decimal_places": _("Write at most four digits after the point."),
        },
    )  # fmt: skip
    rate_date = PartialDateField(label=_("The rate of which day?"))

    def __init__(self, data: Any = None, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(_with_points(data), *args, **kwargs)
        self.fields["members"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("rate") and not told.get("rate_date"):
            self.add_error("rate_date", _("Write the day of the rate."))
        if told.get("stopped") and "month" not in told["stopped"]:
            self.add_error("stopped", _("Write the month, too, as well as it is known."))
        return told

    def facts(self) -> dict[str, Any]:
        """What is stored: amounts as text, for JSON knows no decimals."""
        told = self.cleaned_data
        found = {key: str(value) if isinstance(value, Decimal) else value for key, value in told.items()}
        return {key: value for key, value in found.items() if value not in (None, "", [])}


def _with_points(data: Any) -> Any:
    """Decimals typed with a comma count as well, and spaces between thousands."""
    if data is None:
        return None
    copied = data.copy()
    for name in ("amount", "rate"):
        if name in copied:
            copied[name] = "".join(copied[name].split()).replace(",", ".")
    return copied


def initial_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form of a household that is known."""
    return {**facts, "stopped": as_typed(facts.get("stopped")), "rate_date": as_typed(facts.get("rate_date"))}


def remittance_of(facts: Mapping[str, Any]) -> Remittance:
    """The facts of a household as the kernel reckons with them."""
    stopped = facts.get("stopped")
    return Remittance(
        amount=Decimal(facts["amount"]) if facts.get("amount") else None, currency=facts.get("currency", ""),
        times_a_year=int(facts["often"]) if facts.get("often") else None,
        per_usd=Decimal(facts["rate"]) if facts.get("rate") else None,
        stopped=dt.date(stopped["year"], stopped.get("month", 1), 1) if stopped else None,
    )  # fmt: skip
