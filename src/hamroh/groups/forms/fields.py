"""Fields that the room's forms share: numbers, partners of the directory, amounts of money, days that are over."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamroh.cases.forms.dates import PartialDateField
from hamroh.directory.models import Party
from hamroh.groups.selectors import parties
from hamroh.web.fields import OFF, choice, whole, without_controls

MOST = Decimal("999999999.99")
#: money that is offered to choose; another one is typed as its three letters
CURRENCIES = ("TJS", "AZN", "RUB", "UZS", "KGS", "USD", "EUR")
NO_PERSON = _("Name no person here.")


def number(label: Any, *, most: int = 10_000, required: bool = True, **more: Any) -> forms.IntegerField:
    return whole(label, most=most, required=required, **more)


def several(label: Any, choices: Any, *, required: bool = False, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, widget=forms.CheckboxSelectMultiple, **more
    )


def amount(label: Any, *, required: bool = False, **more: Any) -> forms.DecimalField:
    """Money, to the hundredth; 12,50 is 12.50."""
    return Amount(label=label, required=required, **more)


class Amount(forms.DecimalField):
    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", **OFF})
        super().__init__(
            max_digits=14, decimal_places=2, min_value=Decimal(0), max_value=MOST, widget=widget,
            error_messages={"invalid": _("Write an amount like 250 or 12.50.")}, **more,
        )  # fmt: skip

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
        return super().to_python(typed)


def currency(label: Any = "", *, required: bool = False) -> forms.ChoiceField:
    return choice(label or _("In which money?"), [(each, each) for each in CURRENCIES], empty="–", required=required)


class PartyField(forms.CharField):
    """A partner: one of the directory by its code, or a name that is written here. The value is the party, or the words."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, max_length=160, widget=forms.TextInput(attrs={"list": "parties", **OFF}), **more)

    def prepare_value(self, value: Any) -> Any:
        return parties.shown(value, get_language() or "en") if isinstance(value, Party) else value

    def clean(self, value: Any) -> Any:
        words = without_controls(super().clean(value) or "")
        return parties.typed(words) or words


class Partial(PartialDateField):
    """A day, a month or a year that is over, as ``2023-05-02``, ``2023-05`` or ``2023``."""

    def prepare_value(self, value: Any) -> Any:
        """Shown as it is typed: the day first."""
        if isinstance(value, str) and value[:4].isdecimal() and "-" in value:
            return ".".join(reversed(value.split("-")))
        return value

    def clean(self, value: Any) -> str:
        told = super().clean(value)
        if not told:
            return ""
        return "-".join(f"{told[part]:02}" for part in ("year", "month", "day") if part in told)
