"""A workshop is opened, and a household shares with it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.cases.forms.rights import MONEY
from hamroh.kernel.budgets import LADDER, Shared

NUMBER = _("Write a number from 5 to 200.")


class OpenForm(forms.Form):
    """How many households take part, and for how long the code holds."""

    expected = forms.IntegerField(
        label=_("How many households take part?"), min_value=5, max_value=200,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NUMBER),
        help_text=_("No more than these can share. Totals are shown from five households on."),
    )  # fmt: skip
    hours = forms.TypedChoiceField(
        label=_("For how long does the code hold?"), coerce=int, initial=3,
        choices=[(3, _("three hours")), (8, _("a day of work")), (24, _("until tomorrow"))],
    )  # fmt: skip


class ShareForm(forms.Form):
    """Classes of sums and a code; whatever else is sent is not read."""

    code = forms.CharField(max_length=24)
    currency = forms.ChoiceField(choices=MONEY)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for measure in Shared:
            self.fields[measure.value] = forms.IntegerField(min_value=0, max_value=len(LADDER) - 1)

    def clean_code(self) -> str:
        return re.sub(r"[\s-]", "", self.cleaned_data["code"])

    def classes(self) -> dict[str, int]:
        return {measure.value: self.cleaned_data[measure.value] for measure in Shared}
