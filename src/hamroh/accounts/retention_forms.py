"""Forms of retention: a record's code, a reason out of a list, a day, a length."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.desk_forms import DueDate
from hamroh.accounts.retention_words import WHY, WHY_PERIOD
from hamroh.kernel.retention import Rule, Unit

#: nobody prolongs for longer than this at once
LONGEST = dt.timedelta(days=5 * 366)


def _why(words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Why?"), choices=list(words.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )  # fmt: skip


class Longer(DueDate):
    """Why a record is kept, and until when; ``today`` is no day for it any more."""

    why = _why(WHY)
    field_order = ["code", "why", "due_date"]

    def clean_due_date(self) -> dt.date:
        day = super().clean_due_date()
        if day > self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day within five years: then it is looked at again."))
        return day


class NewHold(Longer):
    """The same about one record, by its code; the day is when the hold is looked at again."""

    code = forms.CharField(
        label=_("The record’s code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_date"].label = _("When is it looked at again?")


class Asked(forms.Form):
    """Whose record, and that it is she who asks."""

    code = forms.CharField(
        label=_("The record’s code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    is_she = forms.BooleanField(
        label=_("I have made sure that it is she who asks, and that nobody makes her."),
        error_messages={"required": _("Make sure of it first: somebody else may want the record gone.")},
    )


class Objection(forms.Form):
    why = _why(WHY)


class Period(forms.Form):
    """How long, in the unit of the rule, within its bounds."""

    why = _why(WHY_PERIOD)
    field_order = ["length", "why"]

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["length"] = forms.IntegerField(
            label=_("How many days?") if rule.unit is Unit.DAYS else _("How many months?"),
            min_value=rule.shortest, max_value=rule.longest,
            help_text=_("From %(shortest)d to %(longest)d.") % {"shortest": rule.shortest, "longest": rule.longest},
        )  # fmt: skip
        self.order_fields(self.field_order)
