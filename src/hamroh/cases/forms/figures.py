"""Which table somebody wants to see, and for whom it is let out."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.figures import CUTS, MOST_MONTHS, Cut, Event, Wish
from hamroh.vault.models import Audience

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_NO_MONTH = _("Write the month as year-month, such as 2026-01.")


class WhichTable(forms.Form):
    event = forms.ChoiceField(label=pgettext_lazy("figures", "What is counted?"), choices=Event.choices)
    first = forms.CharField(label=_("From which month?"), max_length=7, help_text=_("Such as 2026-01."))
    last = forms.CharField(label=_("To which month?"), max_length=7)
    by = forms.MultipleChoiceField(
        label=_("By what?"), choices=Cut.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("One or two. By matter and by result only closed cases are counted: an open one still changes."),
        error_messages={"required": _("Tick one or two.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for name in ("first", "last"):
            if facts.get(name) and not _MONTH.fullmatch(facts[name]):
                self.add_error(name, _NO_MONTH)
        if len(facts.get("by", ())) > 2:
            self.add_error("by", _("Tick one or two."))
        if not self.errors:
            self._fits(self.wish)
        return facts

    def _fits(self, wish: Wish) -> None:
        if not 1 <= len(wish.months) <= MOST_MONTHS:
            self.add_error("last", _("Choose 1 to 24 months, the first one first."))
        if not set(wish.by) <= set(CUTS[wish.event]):
            self.add_error("by", _("By matter and by result only closed cases are counted."))

    @property
    def wish(self) -> Wish:
        return Wish.of(self.cleaned_data)


class LetOut(forms.Form):
    audience = forms.ChoiceField(
        label=_("Who gets it?"), choices=Audience.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say who gets it.")},
    )  # fmt: skip
    mark = forms.CharField(widget=forms.HiddenInput)
