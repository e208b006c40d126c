"""Forms of the desk: a task, an emergency, a period."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.actions.access import WORDS
from hamroh.accounts.models import BreakGlass, User
from hamroh.accounts.selectors import Period

_DAY = {"type": "date"}
LONGEST = dt.timedelta(days=366)


class DueDate(forms.Form):
    """Until when; not before ``today``."""

    due_date = forms.DateField(
        label=_("Until when?"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2026-11-30.")},
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_date"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day


class NewTask(DueDate):
    words = forms.CharField(
        label=_("What is to be done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only you can read it."),
    )  # fmt: skip
    code = forms.CharField(
        label=_("About which record?"), max_length=40, required=False,
        help_text=_("Its code, if there is one."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    field_order = ["words", "due_date", "code"]


class Emergency(forms.Form):
    """Which record, why, and in her own words."""

    code = forms.CharField(
        label=_("The record’s code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.ChoiceField(label=_("Why now?"), choices=BreakGlass.Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What happens?"), min_length=WORDS, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence of at least 20 characters. A supervisor will read it."),
        error_messages={"min_length": _("Say a little more: at least 20 characters.")},
    )  # fmt: skip


class Counted(forms.Form):
    """A period of at most a year, and whom."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("Everybody")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and not dt.timedelta(0) <= last - first <= LONGEST:
            self.add_error("last", _("Choose a last day that is not before the first, at most a year later."))
        return self.cleaned_data

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
