"""How the list of cases is looked at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.cases.models import Risk
from hamroh.cases.selectors.team import OPEN, WHOSE
from hamroh.cases.states import CaseLife


class LookAt(forms.Form):
    """Asks by the address, so that a way of looking can be kept."""

    state = forms.ChoiceField(
        label=_("How far"), required=False,
        choices=[("", _("All")), (OPEN, _("All that are open")), *CaseLife.choices()],
    )  # fmt: skip
    risk = forms.ChoiceField(label=_("Danger"), required=False, choices=[("", _("All")), *Risk.choices])
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=[("", _("All")), *WHOSE.items()])
    late = forms.BooleanField(label=_("Overdue"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"}))
    nowhere = forms.BooleanField(
        label=_("Without a district"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )
